"""Findings through HTTP: raised, planned, put right by one, checked by another; late ones are told of once."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.exams.desk import SYSTEM
from tests.supervision.make import Chamber
from x_pilot_api.supervision import commands


async def test_a_finding_is_put_right_by_one_and_checked_by_another(chamber: Chamber) -> None:
    await chamber.employ_teacher()
    found = await chamber.raise_()
    assert (found["state"], found["allowed_deeds"], found["age_days"]) == ("raised", [], 0)
    assert (await chamber.messages("coordinator"))[0] == "supervision_finding.raised"
    planned = await chamber.planned(found)
    assert (planned["state"], planned["owner_name"] is not None, planned["allowed_deeds"]) == (
        "planned",
        True,
        ["plan", "finish"],
    )
    assert (await chamber.messages("teacher"))[0] == "supervision_finding.planned"
    mine = await chamber.desk.get("/v1/supervision-findings", who="teacher")
    assert [each["allowed_deeds"] for each in mine["items"]] == [["finish"]]
    done = (await chamber.do(found, "finish", who="teacher", evidence="签到表已补齐")).json()
    assert (done["state"], done["evidence"], done["allowed_deeds"]) == ("done", "签到表已补齐", [])
    assert (await chamber.messages("registrar"))[0] == "supervision_finding.done"

    due = chamber.day(9).isoformat()
    back = await chamber.do(found, "send-back", who="registrar", reason="仍缺一班", due_on=due)
    assert (back.json()["state"], back.json()["due_on"]) == ("returned", due)
    assert (await chamber.messages("teacher"))[0] == "supervision_finding.returned"
    assert (await chamber.do(found, "finish", who="coordinator", evidence="全部补齐")).status_code == 200
    closed = (await chamber.do(found, "close", who="registrar", remark="已核对")).json()
    assert (closed["state"], closed["closed_on"] is not None, closed["allowed_deeds"]) == ("closed", True, [])
    assert [step["deed"] for step in closed["steps"]] == ["raise", "plan", "finish", "send_back", "finish", "close"]
    assert closed["checked_by_name"] != closed["done_by_name"]


async def test_a_college_may_find_something_itself_and_who_did_it_does_not_check_it(chamber: Chamber) -> None:
    await chamber.employ_teacher()
    found = await chamber.raise_(who="coordinator")
    await chamber.planned(found)
    await chamber.do(found, "finish", who="coordinator", evidence="已整改")
    refused = await chamber.do(found, "close", who="coordinator")
    assert (refused.status_code, refused.json()["code"]) == (403, "finding_deed_of_another")
    school = chamber.desk.world.schools[0]
    with pytest.raises(IntegrityError, match="supervision_findings_checked_by_another_check"):
        async with chamber.desk.service.database.transaction(institution_id=school.id) as session:
            await session.execute(
                text("UPDATE supervision_findings SET checked_by = done_by WHERE id = :id"), {"id": found["id"]}
            )
    assert (await chamber.do(found, "close", who="registrar")).status_code == 200


async def test_who_raised_it_in_the_college_checks_what_the_owner_did(chamber: Chamber) -> None:
    await chamber.employ_teacher()
    found = await chamber.raise_(who="coordinator")
    await chamber.planned(found)
    await chamber.do(found, "finish", who="teacher", evidence="已整改")
    told = await chamber.desk.get(f"/v1/supervision-findings/{found['id']}", who="coordinator")
    assert told["allowed_deeds"] == ["close", "send_back"]
    assert (await chamber.do(found, "close", who="coordinator")).json()["state"] == "closed"


async def test_a_finding_may_name_an_assessments_indicator_and_a_certificate(chamber: Chamber) -> None:
    own = await chamber.opened()
    certificate_id = str(chamber.desk.world.organisations[0].certificate_id)
    found = await chamber.raise_(assessment_id=own["id"], indicator_code="team", certificate_id=certificate_id)
    assert (found["assessment_year"], found["indicator_name"], found["certificate_name"]) == (
        own["year"],
        "双师教师培训",
        "智能财税1",
    )
    listed = await chamber.desk.get("/v1/supervision-findings", who="coordinator", assessment_id=own["id"])
    assert [each["id"] for each in listed["items"]] == [found["id"]]
    body = {"college_id": str(chamber.college_id), "title": "x", "description": "y"}
    wrong = await chamber.send("/supervision-findings", body | {"assessment_id": own["id"], "indicator_code": "zz"})
    assert wrong.json()["code"] == "college_indicator_unknown"
    sibling = await chamber.assessment(who="sibling_coordinator")
    assert (await chamber.send("/supervision-findings", body | {"assessment_id": sibling["id"]})).status_code == 404


async def test_others_neither_see_nor_write_a_finding(chamber: Chamber) -> None:
    found = await chamber.raise_()
    path = f"/v1/supervision-findings/{found['id']}"
    for who in ("sibling_coordinator", "teacher", "registrar_2"):
        assert await chamber.desk.status(path, who=who) == 404
    assert await chamber.desk.status(path, who="auditor") == 200
    assert await chamber.desk.status(path, who="student") == 403
    refused = await chamber.do(found, "plan", who="registrar", **chamber.plan())
    assert refused.status_code == 403
    body = {"college_id": str(chamber.college_id), "title": "x", "description": "y"}
    assert (await chamber.send("/supervision-findings", body, who="sibling_coordinator")).status_code == 404
    assert (await chamber.send("/supervision-findings", body, who="auditor")).status_code == 403


async def test_a_measure_is_due_later_and_owned_by_the_colleges_own_people(chamber: Chamber) -> None:
    found = await chamber.raise_()
    past = await chamber.do(found, "plan", who="coordinator", **chamber.plan(days=-3))
    assert past.json()["code"] == "measure_due_in_past"
    stranger = await chamber.do(found, "plan", who="coordinator", **chamber.plan(owner="sibling_coordinator"))
    assert stranger.json()["code"] == "measure_owner_unfit"
    early = await chamber.do(found, "finish", who="coordinator", evidence="x")
    assert early.json()["code"] == "deed_not_allowed"


async def test_owners_are_reminded_once_of_each_day(chamber: Chamber) -> None:
    await chamber.employ_teacher()
    found = await chamber.raise_()
    await chamber.planned(found, days=5)
    school, due = chamber.desk.world.schools[0], chamber.day(5)

    async def remind(days: int) -> int:
        async with chamber.desk.service.database.transaction(institution_id=school.id) as session:
            return await commands.remind(session, SYSTEM, institution_id=school.id, today=due + timedelta(days=days))

    assert [await remind(days) for days in (-2, -1, -1, 0, 1, 2)] == [0, 1, 0, 0, 1, 0]
    kinds = await chamber.messages("teacher")
    assert kinds[:2] == ["supervision_finding.overdue", "supervision_finding.due_tomorrow"]
    await chamber.planned(found, days=6)
    assert await remind(0) == 1
    assert (await chamber.desk.get("/v1/supervision-findings", is_overdue="true"))["items"] == []
