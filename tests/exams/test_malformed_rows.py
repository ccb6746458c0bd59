"""Rows that do not follow the schema: each is rejected by itself, whatever is in it."""

import json
from typing import Any

import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json

NUL, SURROGATE, TURN_AROUND = "\x00", "\ud800", "\u202e"
REQUIRED = ("org_result_id", "revision", "admission_number", "document_number", "activity", "grading")

MISTAKES: tuple[tuple[Json, str], ...] = (
    ({"revision": "1"}, "revision"),
    ({"revision": 1.0}, "revision"),
    ({"revision": True}, "revision"),
    ({"revision": 0}, "revision"),
    ({"revision": 2**31}, "revision"),
    ({"revision": 10**30}, "revision"),
    ({"passed": "true"}, "passed"),
    ({"passed": 1}, "passed"),
    ({"total": 80}, "total"),
    ({"admission_number": 7}, "admission_number"),
    ({"admission_number": ""}, "admission_number"),
    ({"document_number": "1" * 65}, "document_number"),
    ({"components": {"theory": 80, "practical": "80"}}, "components.theory"),
    ({"components": None}, "components"),
    ({"components": ["80"]}, "components"),
    ({"components": {str(at): "1" for at in range(21)}}, "components"),
    ({"reason": "x" * 2_001}, "reason"),
    ({"remark": "not asked for"}, "remark"),
    ({"org_result_id": f"R{NUL}1"}, "org_result_id"),
    ({"org_result_id": f"R{SURROGATE}"}, "org_result_id"),
    ({"reason": f"because{NUL}"}, "reason"),
    ({"activity": SURROGATE}, "activity"),
    ({"certificate_number": "a\nb"}, "certificate_number"),
)


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    return await desk.plan()


def without(row: Json, name: str) -> Json:
    return {key: value for key, value in row.items() if key != name}


async def rejected(desk: Desk, plan: make.Plan, rows: list[Any]) -> list[Json]:
    """Push bad rows between two good ones, which are taken, and read what became of the bad."""
    first, *found, last = await desk.outcomes(plan, desk.row(plan, 8), *rows, desk.row(plan, 9))
    assert [first["outcome"], last["outcome"]] == ["accepted", "accepted"]
    assert {row["outcome"] for row in found} == {"rejected"}
    assert len(found) == len(rows)
    return found


async def test_a_missing_field_is_named(desk: Desk, plan: make.Plan) -> None:
    found = await rejected(desk, plan, [without(desk.row(plan), name) for name in REQUIRED])
    assert [(row["code"], row["column"]) for row in found] == [("row_malformed", name) for name in REQUIRED]
    assert {row["detail"] for row in found} == {"该行格式不正确：Field required"}


async def test_a_field_of_another_kind_is_named(desk: Desk, plan: make.Plan) -> None:
    found = await rejected(desk, plan, [desk.row(plan, **change) for change, _ in MISTAKES])
    for row, (change, column) in zip(found, MISTAKES, strict=True):
        assert (row["code"], row["column"]) == ("row_malformed", column), change
        assert row["detail"].startswith("该行格式不正确：")


async def test_whatever_a_field_is_called_it_harms_no_other_row(desk: Desk, plan: make.Plan) -> None:
    names = (f"x{NUL}y", SURROGATE, "x" * 5_000, TURN_AROUND)
    fields = [desk.row(plan) | {name: "1"} for name in names]
    components = [desk.row(plan, components={name: "1"}) for name in names[:3]]
    found = await rejected(desk, plan, [*fields, *components])
    assert {row["code"] for row in found} == {"row_malformed"}
    assert all(len(row["column"]) <= 100 and row["column"].isprintable() for row in found)


async def test_what_is_no_row_at_all_is_rejected(desk: Desk, plan: make.Plan) -> None:
    found = await rejected(desk, plan, [None, 7, "row", [], {}, [{}], NUL])
    assert {row["code"] for row in found} == {"row_malformed"}
    assert {row["org_result_id"] for row in found} == {None}


async def test_a_malformed_row_does_not_use_up_the_result_id_of_a_good_one(desk: Desk, plan: make.Plan) -> None:
    good = desk.row(plan)
    found = await desk.outcomes(plan, without(good, "revision"), good | {"total": "many"}, good, {})
    assert [row["code"] for row in found] == ["row_malformed", "score_malformed", None, "row_malformed"]
    assert [row["org_result_id"] for row in found] == [*[good["org_result_id"]] * 3, None]


async def test_a_score_is_a_plain_decimal(desk: Desk, plan: make.Plan) -> None:
    scores = ("eighty", "80.001", "8e1", " 80", "80,5", "+80", "1000000", "NaN", "８０", "--1", ".", "80.")
    rows = [desk.row(plan, components=make.scores(score, "80")) for score in scores]
    found = await rejected(desk, plan, [*rows, desk.row(plan, total="80.005")])
    assert {row["code"] for row in found} == {"score_malformed"}
    assert [row["column"] for row in found] == [*["components"] * len(scores), "total"]
    assert all("86.50" in row["detail"] for row in found)


async def test_an_unknown_word_is_told_back(desk: Desk, plan: make.Plan) -> None:
    words = [("activity", "asleep"), ("grading", "secret"), ("grading", "FINAL"), ("activity", "{0.__class__}")]
    found = await rejected(desk, plan, [desk.row(plan) | {field: word} for field, word in words])
    for row, (field, word) in zip(found, words, strict=True):
        assert (row["code"], row["column"]) == (f"unknown_{field}", field)
        assert word in row["detail"]


async def test_a_body_that_is_no_batch_is_refused_whole(desk: Desk, plan: make.Plan) -> None:
    good = json.dumps({"exam_plan_id": str(plan.id), "rows": [desk.row(plan)]})
    headers = desk.sign_in("machine") | {"Idempotency-Key": "k", "Content-Type": "application/json"}
    for body, status in (
        (good[:-1], 400),
        (b"\xff\xfe", 400),
        ("[]", 422),
        (good.replace("exam_plan_id", "plan"), 422),
        (good.replace('"rows"', '"rows": [], "more"'), 422),
        (good.replace('"rows"', '"\\ud800": 1, "rows"'), 422),
        (good.replace(str(plan.id), "nobody"), 422),
    ):
        answer = await desk.client.post("/v1/partner/result-batches", content=body, headers=headers)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    assert await desk.awards(None) == []
