"""Files of results: whatever the format, what becomes of the rows is what becomes of the same rows in JSON."""

from typing import Any

import pytest

from tests.exams import make, sheets
from tests.exams.desk import Desk
from x_pilot_api.core.workbooks import MEDIA_TYPE as XLSX

Json = dict[str, Any]


def _of_every_kind(desk: Desk, plan: make.Plan) -> list[Json]:
    """Write a row for each of many outcomes."""
    return [
        desk.row(plan, 0),
        desk.row(plan, 1, **make.FAILED),
        desk.row(plan, 2, activity="absent", components={}, total=None, passed=None),
        desk.row(plan, 3, passed=False),
        desk.row(plan, 4, total="70.00"),
        desk.row(plan, 5, admission_number="nobody"),
        desk.row(plan, 6, document_number=desk.world.schools[0].documents[0]),
        desk.row(plan, 7, components=make.scores("180.00", "80.00")),
        desk.row(plan, 8, components=make.scores("-1.00", "80.00"), total=None, passed=None),
        desk.row(plan, 0, org_result_id="R-again"),
        desk.row(plan, 9, components={"theory": "80.00"}),
        desk.row(plan, 9, activity="asleep"),
        desk.row(plan, 9, grading="perhaps"),
        desk.row(plan, 9, total="eighty"),
        desk.row(plan, 9, components=make.scores("80.125", "80.00")),
        desk.row(plan, 9, revision=0),
        desk.row(plan, 9, certificate_number="XP-mine"),
    ]


def _plain(outcome: Json) -> tuple[object, ...]:
    return tuple(outcome[name] for name in ("org_result_id", "outcome", "code", "detail"))


@pytest.mark.parametrize("kind", sheets.FORMATS)
async def test_a_file_comes_to_what_the_same_rows_in_json_come_to(desk: Desk, kind: str) -> None:
    plan = await desk.plan()
    rows = _of_every_kind(desk, plan)
    in_json = (await desk.send(plan, *rows, query="?validate_only=true")).json()
    media, write = sheets.FORMATS[kind]
    answer = await sheets.send(desk, plan, write(rows), media=media, validate_only="true")
    assert answer.status_code == 200, answer.text
    in_file = answer.json()
    counted = ("rows", "accepted", "unchanged", "corrected", "quarantined", "rejected", "codes", "downstream")
    assert {name: in_file[name] for name in counted} == {name: in_json[name] for name in counted}
    assert [_plain(it) for it in in_file["row_outcomes"]] == [_plain(it) for it in in_json["row_outcomes"]]
    assert {it["code"] for it in in_file["row_outcomes"]} >= {"unknown_candidate", "score_malformed", "total_disagrees"}


@pytest.mark.parametrize("kind", sheets.FORMATS)
async def test_a_file_is_the_same_content_as_json_so_that_sending_both_changes_nothing(desk: Desk, kind: str) -> None:
    await desk.rule()
    plan = await desk.plan()
    await desk.open_accounts()
    rows = [desk.row(plan, index) for index in range(10)]
    media, write = sheets.FORMATS[kind]
    answer = await sheets.send(desk, plan, write(rows), media=media)
    assert answer.status_code == 201, answer.text
    batch = await desk.get(answer.headers["Location"], who="machine")
    assert (batch["state"], batch["accepted"], batch["downstream"]["awards_issued"]) == ("taken_in", 10, 10)
    assert (await desk.push(plan, *rows))["unchanged"] == 10
    assert (await desk.account())["accumulated"] == "3.00"


async def test_a_row_error_names_row_and_header_of_the_sheet_that_was_sent(desk: Desk) -> None:
    plan = await desk.plan()
    rows = [
        desk.row(plan, 0),
        desk.row(plan, 1, components=make.scores("80.00", "180.00")),
        desk.row(plan, 2, admission_number="nobody"),
        desk.row(plan, 3, revision=None),
    ]
    answer = await sheets.send(desk, plan, sheets.xlsx(rows, titles=2), media=XLSX)
    found = await desk.rows_of(answer.json())
    assert [(it["row"], it["column"], it["code"]) for it in found] == [
        (4, None, None),
        (5, "实操", "score_out_of_range"),
        (6, "准考证号", "unknown_candidate"),
        (7, "版本号", "row_malformed"),
    ]


async def test_an_atomic_file_with_a_bad_row_leaves_nothing_and_names_the_cell(desk: Desk) -> None:
    plan = await desk.plan()
    rows = [desk.row(plan, 0), desk.row(plan, 1, components=make.scores("180.00", "80.00"))]
    before = await desk.sizes()
    answer = await sheets.send(desk, plan, sheets.csv(rows), media="text/csv", atomic="true")
    assert (answer.status_code, answer.json()["code"]) == (409, "batch_refused")
    assert [(it["row"], it["column"]) for it in answer.json()["errors"]] == [(3, "理论")]
    assert await desk.sizes() == before


async def test_a_line_that_is_no_json_harms_no_other(desk: Desk) -> None:
    plan = await desk.plan()
    body = b"{not json\n\n" + sheets.ndjson([desk.row(plan, 0)]) + b"\n[1]\n" + b"[" * 5000
    answer = await sheets.send(desk, plan, body, media="application/x-ndjson")
    assert [(it["row"], it["outcome"]) for it in await desk.rows_of(answer.json())] == [
        (1, "rejected"),
        (3, "accepted"),
        (4, "rejected"),
        (5, "rejected"),
    ]


@pytest.mark.parametrize(
    ("media", "body", "refused"),
    [
        ("application/x-ndjson", b"", (422, "table_empty")),
        ("application/x-ndjson", b"\xff\xfe", (400, "malformed")),
        ("text/csv", b"a,b\n1,2\n", (422, "header_not_found")),
        (XLSX, b"PK\x03\x04", (422, "file_broken")),
        ("application/pdf", b"%PDF", (400, "malformed")),
    ],
)
async def test_a_file_that_is_none_is_refused_as_a_whole(
    desk: Desk, media: str, body: bytes, refused: tuple[int, str]
) -> None:
    plan = await desk.plan()
    answer = await sheets.send(desk, plan, body, media=media)
    assert (answer.status_code, answer.json()["code"]) == refused


async def test_the_template_has_the_components_of_the_plan_and_can_be_sent_back(desk: Desk) -> None:
    plan = await desk.plan()
    answer = await desk.client.get(
        f"/v1/partner/exam-plans/{plan.id}/results-template", headers=desk.sign_in("machine")
    )
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    header = sheets.first_row(answer.content)
    assert [str(cell).rstrip("*") for cell in header] == [
        "成绩编号", "版本号", "准考证号", "证件号码", "证件类型", "考核情况", "成绩性质", "实操", "理论", "总分",
        "是否合格", "证书编号", "更正原因",
    ]  # fmt: skip
    sent = await sheets.send(desk, plan, answer.content, media=XLSX)
    assert (sent.status_code, sent.json()["code"]) == (422, "table_empty")
