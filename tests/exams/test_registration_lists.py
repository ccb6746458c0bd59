"""Lists: a cohort, a file, social candidates; and reading registrations page by page."""

import io
from datetime import timedelta
from typing import Any

import httpx
import pytest
import python_calamine
import xlsxwriter

from tests.canaries import EAR
from tests.exams import make
from tests.exams.desk import Desk, Json, set_clock
from tests.exams.hall import IN_MAY, Hall, codes
from tests.world import identity_number

HEADERS = ("学号", "证书等级", "证书名称", "场次编号")


@pytest.fixture
def hall(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Hall:
    set_clock(monkeypatch, IN_MAY)
    return Hall(desk)


def cohort(hall: Hall, **changes: Any) -> Json:  # noqa: ANN401
    return {
        "programme_id": str(hall.desk.world.schools[0].programmes[0]),
        "entry_year": 2024,
        "certificate_level_id": str(hall.level()),
    } | changes


async def test_of_a_cohort_everybody_who_may_be_is_registered_and_the_others_are_told_why(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=6)
    async with hall.desk.service.database.transaction() as session:
        await make.let_leave(session, hall.desk.world, 5)
    await hall.registered(plan, 3)
    path = f"/exam-plans/{plan['id']}/registrations:cohort"
    told = await hall.done(f"{path}?validate_only=true", cohort(hall))
    assert (told["asked"], told["accepted"], told["waiting"], told["validate_only"]) == (10, 5, 3, True)
    assert await hall.states(plan) == ["accepted"]
    done = await hall.done(path, cohort(hall))
    students = [str(each) for each in hall.desk.world.schools[0].students]
    assert (done["accepted"], done["waiting"]) == (5, 3)
    assert [(each["student_id"], each["code"]) for each in done["refused"]] == [
        (students[3], "already_registered"),
        (students[5], "student_not_enrolled"),
    ]
    assert await hall.drift() == []
    assert (await hall.done(path, cohort(hall, class_name="无此班")))["asked"] == 0
    assert (await hall.post(path, cohort(hall), who="sibling_coordinator")).status_code == 404


def workbook(*rows: tuple[str, ...], headers: tuple[str, ...] = HEADERS) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((headers, *rows)):
            for position, cell in enumerate(row):
                sheet.write_string(number, position, cell)
    return written.getvalue()


async def send(hall: Hall, plan: Json, data: bytes, *, query: str = "") -> httpx.Response:
    path = f"/v1/exam-plans/{plan['id']}/registrations:file{query}"
    return await hall.desk.client.post(path, content=data, headers=hall.desk.sign_in("coordinator"))


async def test_a_file_is_registered_whole_from_its_template(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=2)
    template = await hall.desk.client.get("/v1/registration-template", headers=hall.desk.sign_in("coordinator"))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(template.content))
    assert book.get_sheet_by_index(0).to_python()[0] == ["学号*", "证书等级*", "证书名称", "场次编号"]
    data = workbook(("202401001", "中级", "", "S1"), ("202401000", "2", "智能财税1", ""), ("202401002", "中级", "", ""))
    told = (await send(hall, plan, data, query="?validate_only=true")).json()
    assert (told["accepted"], told["waiting"], told["refused"]) == (2, 1, [])
    assert await hall.states(plan) == []
    done = await send(hall, plan, data)
    assert done.status_code == 200, done.text
    students = [str(each) for each in hall.desk.world.schools[0].students]
    assert [each["student_id"] for each in done.json()["registrations"]] == [students[1], students[0], students[2]]
    csv = "学号,证书等级\n202401003,中级\n".encode("gb18030")
    assert (await send(hall, plan, csv)).json()["waiting"] == 1


async def test_a_file_with_one_bad_row_registers_nobody_and_names_row_column_and_code(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.registered(plan, 0)
    data = workbook(
        ("202401001", "中级", "", ""),
        ("202401000", "中级", "", ""),
        ("999", "中级", "", ""),
        ("202401002", "初级", "", ""),
        ("202401003", "特级", "", ""),
        ("202401004", "中级", "", "S9"),
    )
    refused = await send(hall, plan, data)
    assert (refused.status_code, refused.json()["code"]) == (409, "registrations_refused")
    assert [(it["row"], it["column"], it["code"]) for it in refused.json()["errors"]] == [
        (3, "学号", "already_registered"),
        (4, "学号", "student_unknown"),
        (5, "证书等级", "level_not_examined"),
        (6, "证书等级", "choice_unknown"),
        (7, "场次编号", "sitting_unknown"),
    ]
    assert await hall.states(plan) == ["accepted"]
    told = (await send(hall, plan, data, query="?validate_only=true")).json()
    assert (told["asked"], told["accepted"], len(told["refused"])) == (6, 1, 5)
    assert await hall.states(plan) == ["accepted"]
    empty = await send(hall, plan, workbook())
    assert empty.json()["code"] == "table_empty"


def person(hall: Hall, serial: int, **changes: Any) -> Json:  # noqa: ANN401
    return {
        "name": f"社会{serial}",
        "document_number": identity_number(700 + serial),
        "employer": "某企业",
        "certificate_level_id": str(hall.level()),
    } | changes


async def social(hall: Hall, plan: Json, *people: Json, who: str = "coordinator") -> httpx.Response:
    body = {"college_id": str(hall.desk.world.schools[0].colleges[0]), "candidates": list(people)}
    return await hall.post(f"/exam-plans/{plan['id']}/registrations:social", body, who=who)


async def test_social_candidates_take_no_quota_and_are_shown_masked(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.quota(0)
    made = (await social(hall, plan, person(hall, 1), person(hall, 2))).json()["registrations"]
    assert [each["state"] for each in made] == ["accepted", "accepted"]
    told = await hall.read(made[0]["id"])
    assert (told["channel"], told["student_id"], told["employer"]) == ("social", None, "某企业")
    assert told["masked_document_number"].startswith("320102********")
    assert codes(await social(hall, plan, person(hall, 3), person(hall, 1))) == ["already_registered"]
    assert codes(await social(hall, plan, person(hall, 3), person(hall, 3))) == ["named_twice", "named_twice"]
    assert (await social(hall, plan, person(hall, 3), who="sibling_coordinator")).status_code == 404
    assert await hall.drift() == []


async def test_a_wrong_document_number_is_named_and_a_student_is_known_as_one(hall: Hall) -> None:
    plan = await hall.plan()
    wrong = await social(hall, plan, person(hall, 1, document_number="320102200501017010"))
    assert codes(wrong) == ["identity_number_check"]
    assert wrong.json()["errors"][0]["pointer"] == "/candidates/0/document_number"
    student = person(hall, 4, document_number=hall.desk.world.schools[0].documents[0])
    assert codes(await social(hall, plan, student)) == ["social_channel_not_needed"]
    assert EAR.faults() == []


async def test_registrations_are_read_page_by_page_and_by_what_changed(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, other = await hall.plan(), await hall.plan("1")
    made = await hall.registered(plan, 0, 1, 2)
    await hall.registered(other, 3, certificate_level_id=str(hall.level("1")))
    listed = f"/v1/registrations?exam_plan_id={plan['id']}&page_size=2&include=total"
    first = await hall.desk.get(listed, who="org_staff")
    rest = await hall.desk.get(f"{listed}&page_token={first['next_page_token']}", who="org_staff")
    ids = [each["id"] for each in (*first["items"], *rest["items"])]
    assert (ids, first["total"], rest["next_page_token"]) == ([each["id"] for each in made], 3, None)
    assert (await hall.desk.get("/v1/registrations"))["total"] is None
    nameless = await hall.desk.client.get("/v1/registrations", headers=hall.desk.sign_in("org_staff"))
    assert (nameless.status_code, nameless.json()["code"]) == (400, "malformed")
    later = IN_MAY + timedelta(hours=1)
    set_clock(monkeypatch, later)
    await hall.done(f"/registrations/{made[1]['id']}:withdraw", {"reason": "转学"})
    changed = await hall.desk.get("/v1/registrations", modified_since=later.isoformat())
    assert [(each["id"], each["state"]) for each in changed["items"]] == [(made[1]["id"], "withdrawn")]
    for filters, number in (
        ({"state": "accepted"}, 3),
        ({"student_id": str(hall.desk.world.schools[0].students[0])}, 1),
        ({"channel": "social"}, 0),
        ({"certificate_level_id": str(hall.level("1"))}, 1),
        ({"college_id": str(hall.desk.world.schools[0].colleges[1])}, 0),
    ):
        assert len((await hall.desk.get("/v1/registrations", **filters))["items"]) == number, filters
    assert len((await hall.desk.get("/v1/registrations", who="student"))["items"]) == 1
    assert (await hall.desk.get("/v1/registrations", who="sibling_coordinator"))["items"] == []
