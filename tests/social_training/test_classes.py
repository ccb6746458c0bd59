"""Classes through HTTP: given, filled within their places, begun, finished, and the exams they lead to."""

import io
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import xlsxwriter
from sqlalchemy import text

from tests.exams import make
from tests.exams.desk import Json, set_clock
from tests.social_training.make import YEAR, Academy
from tests.world import identity_number


async def test_a_class_goes_its_way_and_offers_only_what_can_be_done(
    academy: Academy, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted = await academy.drafted(starts_on="2026-05-11")
    assert (drafted["state"], drafted["allowed_deeds"]) == ("draft", ["open", "cancel", "change"])
    assert [each["staff_number"] for each in drafted["teachers"]] == ["S1", "S2"]
    opened = await academy.done(f"/social-classes/{drafted['id']}:open")
    assert opened["allowed_deeds"] == ["cancel", "change", "enrol", "withdraw_participant"]
    early = await academy.post(f"/social-classes/{drafted['id']}:start")
    assert (early.status_code, early.json()["code"]) == (409, "social_class_not_begun")
    set_clock(monkeypatch, datetime(2026, 5, 10, 16, 0, tzinfo=UTC))
    empty = await academy.post(f"/social-classes/{drafted['id']}:start")
    assert (empty.status_code, empty.json()["code"]) == (409, "social_class_empty")
    assert (await academy.enrol(drafted, academy.person(1))).status_code == 201
    assert "start" in (await academy.read(drafted))["allowed_deeds"]
    running = await academy.done(f"/social-classes/{drafted['id']}:start")
    assert (running["state"], running["missing_results"], "finish" in running["allowed_deeds"]) == ("running", 1, False)
    unfinished = await academy.post(f"/social-classes/{drafted['id']}:finish")
    assert (unfinished.status_code, unfinished.json()["code"]) == (409, "social_class_results_missing")
    (person,) = await academy.people(drafted)
    row = {"participant_id": person["id"], "attended_tenths": 240, "result": "passed"}
    assert (await academy.attend(drafted, row)).json() == {"recorded": 1}
    finished = await academy.done(f"/social-classes/{drafted['id']}:finish")
    assert finished["allowed_deeds"] == ["record_attendance", "register_for_exam", "log_workload"]
    again = await academy.post(f"/social-classes/{drafted['id']}:cancel", {"reason": "-"})
    assert (again.status_code, again.json()["code"]) == (409, "deed_not_allowed")


async def test_places_are_never_given_twice_and_every_row_is_told(academy: Academy) -> None:
    opened = await academy.opened(places=2)
    bad = (
        academy.person(1),
        academy.person(1),
        academy.person(2, document_number="11010519491231002"),
        academy.person(3, employer=None),
        academy.person(4, social_group="low_income", employer=None),
        academy.person(5, consented_on="2026-05-11"),
        academy.person(6),
    )
    told = (await academy.enrol(opened, *bad, query="?validate_only=true")).json()
    assert [(it["row"], it["code"]) for it in told["refused"]] == [
        (2, "social_participant_repeated"),
        (3, "identity_number_malformed"),
        (4, "social_participant_employer_missing"),
        (6, "social_participant_consent_later"),
        (7, "social_class_full"),
    ]
    assert [it["outcome"] for it in told["outcomes"]] == ["added"] + ["refused"] * 3 + ["added"] + ["refused"] * 2
    refused = await academy.enrol(opened, *bad)
    assert (refused.status_code, refused.json()["code"]) == (409, "social_participants_refused")
    assert refused.json()["errors"][0]["pointer"] == "/participants/1/document_number"
    assert (await academy.read(opened))["taken"] == 0
    made = await academy.enrol(opened, academy.person(1), academy.person(4, social_group="low_income", employer=None))
    assert (made.status_code, made.json()["added"]) == (201, 2)
    people = await academy.people(opened)
    assert [it["masked_document_number"] for it in people] == [
        f"{number[:6]}********{number[-4:]}" for number in (identity_number(601), identity_number(604))
    ]
    known = await academy.enrol(opened, academy.person(1))
    assert known.json()["errors"][0]["code"] == "social_participant_known"
    assert (await academy.enrol(opened, academy.person(7))).json()["errors"][0]["code"] == "social_class_full"


async def test_who_leaves_frees_a_place_and_can_come_back(academy: Academy) -> None:
    opened = await academy.opened(places=1)
    await academy.enrol(opened, academy.person(1))
    (person,) = await academy.people(opened)
    assert person["allowed_deeds"] == ["withdraw"]
    gone = await academy.done(f"/social-participants/{person['id']}:withdraw", {"reason": "调岗"})
    assert (gone["state"], gone["reason"], gone["allowed_deeds"]) == ("withdrawn", "调岗", [])
    twice = await academy.post(f"/social-participants/{person['id']}:withdraw", {"reason": "调岗"})
    assert (twice.status_code, twice.json()["code"]) == (409, "deed_not_allowed")
    assert (await academy.enrol(opened, academy.person(2))).status_code == 201
    assert (await academy.enrol(opened, academy.person(1))).json()["errors"][0]["code"] == "social_class_full"
    other = next(it for it in await academy.people(opened) if it["state"] == "enrolled")
    await academy.done(f"/social-participants/{other['id']}:withdraw", {"reason": "-"})
    back = (await academy.enrol(opened, academy.person(1, employer="另一公司"))).json()
    assert (back["added"], back["rejoined"]) == (0, 1)
    assert {(it["id"], it["state"], it["employer"]) for it in await academy.people(opened)} == {
        (person["id"], "enrolled", "另一公司"),
        (other["id"], "withdrawn", "淮安某公司"),
    }
    assert (await academy.read(opened))["taken"] == 1


def workbook(*rows: tuple[str, ...]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()  # pyright: ignore[reportUnknownMemberType] - it ships partial types
        for number, row in enumerate((("姓名", "证件号码", "群体", "单位", "同意日期"), *rows)):
            for position, cell in enumerate(row):
                sheet.write_string(number, position, cell)
    return written.getvalue()


async def test_a_file_is_taken_whole_or_told_row_by_row(academy: Academy) -> None:
    opened = await academy.opened()
    path = f"/v1/social-classes/{opened['id']}/participants:file"
    headers = academy.desk.sign_in("coordinator")
    good = ("王一", identity_number(601), "企业职工", "淮安某公司", "2026-03-01")
    bad = workbook(
        good, ("李二", "123", "就业重点群体", "", "2026-03-01"), ("赵三", identity_number(603), "其他", "", "三月")
    )
    told = (await academy.desk.client.post(f"{path}?validate_only=true", content=bad, headers=headers)).json()
    assert [(it["row"], it["column"], it["code"]) for it in told["refused"]] == [
        (3, "证件号码", "identity_number_malformed"),
        (4, "群体", "choice_unknown"),
        (4, "同意日期", "not_a_date"),
    ]
    refused = await academy.desk.client.post(path, content=bad, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "social_participants_refused")
    fine = workbook(good, ("李二", identity_number(602), "就业重点群体", "", "2026-03-01"))
    made = await academy.desk.client.post(path, content=fine, headers=headers)
    assert (made.status_code, made.json()["added"]) == (201, 2)
    again = await academy.desk.client.post(path, content=fine, headers=headers)
    assert {it["code"] for it in again.json()["errors"]} == {"social_participant_known"}
    template = await academy.desk.client.get("/v1/social-participant-template", headers=headers)
    assert template.content[:2] == b"PK"


async def test_numbers_are_sealed_and_shown_nowhere(academy: Academy) -> None:
    opened = await academy.opened()
    await academy.enrol(opened, academy.person(1))
    school_id = academy.desk.world.schools[0].id
    async with academy.desk.service.database.transaction(institution_id=school_id) as session:
        rows = await session.execute(
            text(
                "SELECT masked_number, sealed_number FROM identity_documents WHERE id IN (SELECT identity_document_id"
                " FROM social_participants)"
            )
        )
        ((masked, sealed),) = rows.all()
    number = identity_number(601)
    assert (number not in masked, number.encode() not in sealed) == (True, True)
    async with academy.desk.service.database.transaction(institution_id=uuid4()) as session:
        assert (await session.scalar(text("SELECT count(*) FROM social_participants"))) == 0


async def test_attendance_is_recorded_for_all_or_none_and_within_the_hours(academy: Academy) -> None:
    running = await academy.running(1, 2)
    one, two = await academy.people(running)
    rows = [
        {"participant_id": one["id"], "attended_tenths": 240, "result": "passed"},
        {"participant_id": two["id"], "attended_tenths": 241, "result": None},
        {"participant_id": running["id"], "attended_tenths": 0, "result": None},
    ]
    refused = await academy.attend(running, *rows)
    assert [(it["pointer"], it["code"]) for it in refused.json()["errors"]] == [
        ("/rows/1/attended_tenths", "social_attendance_beyond_hours"),
        ("/rows/2/participant_id", "social_participant_unknown"),
    ]
    assert {it["attended_tenths"] for it in await academy.people(running)} == {0}
    assert (await academy.attend(running, rows[0], rows[1] | {"attended_tenths": 10, "result": "failed"})).is_success
    assert [(it["attended_tenths"], it["result"]) for it in await academy.people(running)] == [
        (240, "passed"),
        (10, "failed"),
    ]


async def test_a_class_is_changed_as_it_was_read_and_around_what_has_happened(academy: Academy) -> None:
    running = await academy.running(1, 2)
    path = f"/social-classes/{running['id']}"
    body = {name: value for name, value in academy.wish().items() if name not in {"college_id", "certificate_level_id"}}
    (one, _) = await academy.people(running)
    await academy.attend(running, {"participant_id": one["id"], "attended_tenths": 200})
    await academy.log(running, day=5)
    for change, code in (
        ({"places": 1}, "social_class_places_taken"),
        ({"hours_tenths": 199}, "social_class_hours_used"),
        ({"starts_on": "2026-04-07"}, "social_class_days_used"),
        ({"teacher_ids": [str(uuid4())]}, "social_class_teachers_unknown"),
    ):
        answer = await academy.put(path, body | change)
        assert (answer.status_code, answer.json()["code"]) == (409, code)
    old = (await academy.desk.client.get(f"/v1{path}", headers=academy.desk.sign_in("coordinator"))).headers["ETag"]
    changed = await academy.put(path, body | {"places": 2, "title": "新名称", "teacher_ids": []})
    assert (changed.json()["title"], changed.json()["places"], changed.json()["teachers"]) == ("新名称", 2, [])
    stale = await academy.put(path, body, tag=old)
    assert (stale.status_code, stale.json()["code"]) == (412, "if_match_failed")
    unknown = await academy.post("/social-classes", academy.wish(certificate_level_id=str(uuid4())))
    assert unknown.json()["code"] == "social_class_level_unknown"
    assert (await academy.post("/social-classes", academy.wish(ends_on="2026-03-01"))).status_code == 422


async def test_a_class_sits_its_exam_as_social_candidates_and_shows_who_is_certified(
    academy: Academy, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = await academy.running(1, 2, 3)
    plan = await academy.plan()
    path = f"/social-classes/{running['id']}:register-for-exam"
    people = await academy.people(running)
    await academy.attend(running, {"participant_id": people[2]["id"], "attended_tenths": 0, "result": "failed"})
    failed = await academy.post(path, {"exam_plan_id": plan["id"], "participant_ids": [people[2]["id"]]})
    assert (failed.status_code, failed.json()["code"]) == (409, "social_class_nobody_to_register")
    one = await academy.done(path, {"exam_plan_id": plan["id"], "participant_ids": [people[0]["id"]]})
    assert (one["registered"], one["accepted"]) == (1, 1)
    rest = await academy.done(path, {"exam_plan_id": plan["id"]})
    assert rest["registered"] == 1
    nobody = await academy.post(path, {"exam_plan_id": plan["id"]})
    assert nobody.json()["code"] == "social_class_nobody_to_register"

    listed = (await academy.desk.get("/v1/registrations", exam_plan_id=plan["id"]))["items"]
    assert {(it["channel"], it["college_id"]) for it in listed} == {("social", academy.college())}
    numbers = [it["exam"]["admission_number"] for it in (await academy.people(running))[:2]]
    set_clock(monkeypatch, datetime(2026, 6, 21, tzinfo=UTC))
    await academy.push(plan, (numbers[0], 1, {}), (numbers[1], 2, make.FAILED))
    told = await academy.people(running)
    assert [it["exam"] and it["exam"]["award_state"] for it in told] == ["valid", None, None]
    assert told[0]["exam"]["exam_plan_code"] == plan["code"]
    assert (await academy.read(running))["certified"] == 1
    (figures,) = (await academy.desk.get("/v1/social-figures", academic_year=YEAR))["colleges"]
    assert {name: figures[name] for name in ("classes", "enterprise_employees", "participants", "certified")} == {
        "classes": 1, "enterprise_employees": 3, "participants": 3, "certified": 1,
    }  # fmt: skip
    assert figures["certified_percent"] == "33.33"
    assert (await academy.desk.get("/v1/social-figures", academic_year="2026-2027"))["colleges"] == []
    assert (await academy.desk.get("/v1/social-figures", academic_year=YEAR, who="sibling_coordinator")) == {
        "academic_year": YEAR, "colleges": [],
    }  # fmt: skip


async def test_an_exam_that_refuses_one_takes_none(academy: Academy) -> None:
    running = await academy.running(1, 2)
    other = await academy.post("/social-classes", academy.wish(college_id=academy.college(1)), who="coordinator")
    assert other.status_code == 404
    closed = await academy.plan()
    school_id = academy.desk.world.schools[0].id
    async with academy.desk.service.database.transaction(institution_id=school_id) as session:
        await session.execute(text("UPDATE admissions SET status = 'exited', exited_on = '2026-01-01'"))
    answer = await academy.post(f"/social-classes/{running['id']}:register-for-exam", {"exam_plan_id": closed["id"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "registrations_refused")
    assert [it["exam"] for it in await academy.people(running)] == [None, None]


async def test_each_sees_their_own(academy: Academy) -> None:
    drafted = await academy.drafted()
    path = f"/v1/social-classes/{drafted['id']}"
    statuses = {
        who: await academy.desk.status(path, who=who)
        for who in ("registrar", "auditor", "coordinator", "sibling_coordinator", "registrar_2", "teacher")
    }
    assert statuses == {
        "registrar": 200, "auditor": 200, "coordinator": 200, "sibling_coordinator": 404, "registrar_2": 404,
        "teacher": 404,
    }  # fmt: skip
    await academy.done(f"/social-classes/{drafted['id']}:open")
    seen: Json = await academy.read(drafted, who="teacher")
    assert seen["allowed_deeds"] == []
    assert await academy.desk.status(f"{path}/participants", who="teacher") == 403
    for who in ("sibling_coordinator", "registrar_2"):
        assert (await academy.enrol(drafted, academy.person(1), who=who)).status_code == 404
    assert (await academy.enrol(drafted, academy.person(1), who="auditor")).status_code == 403
