"""Sittings: in rooms of approved sites, with examiners, nobody and nothing twice at one time."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates.make import TODAY
from tests.exams.desk import set_clock
from tests.exams.planning import EXAM_ON, Planner, examiner, on
from x_pilot_api.outbox.models import OutboxEvent

LATER = {"starts_at": on(EXAM_ON, 14).isoformat(), "ends_at": on(EXAM_ON, 16).isoformat()}
_TAKE = text("UPDATE exam_sittings SET taken = taken + :n WHERE id = CAST(:id AS uuid)")


async def test_a_sitting_is_arranged_changed_and_cancelled(planner: Planner, session: AsyncSession) -> None:
    teacher = planner.teacher("T1")
    session.add(teacher)
    await session.flush()
    site, plan = await planner.approved(rooms=[planner.room("A1"), planner.room("A2")]), await planner.plan()
    told = await planner.arranged(plan, site, examiners=[examiner(teacher.id), examiner("外聘甲")])
    assert (told["state"], told["seats"], told["taken"], told["left"]) == ("arranged", 40, 0, 40)
    assert {(it["name"], it["employer"]) for it in told["examiners"]} == {("监考员", None), ("外聘甲", "某职业学院")}
    path = f"/v1/exam-sittings/{told['id']}"
    await session.execute(_TAKE, {"id": told["id"], "n": 25})
    body = await planner.sitting(site, **LATER)
    del body["certificate_level_id"]
    body["rooms"][0]["seats"] = 24
    answer = await planner.put("registrar", path, body)
    assert (answer.status_code, answer.json()["code"]) == (409, "sitting_seats_taken")
    body["rooms"][0]["seats"] = 25
    changed = (await planner.put("org_staff", path, body)).json()
    assert (changed["seats"], changed["left"], changed["examiners"]) == (25, 0, [])
    assert (await planner.ask("registrar", "PUT", path, body)).status_code == 428
    cancelled = await planner.post("registrar", f"{path}:cancel", {"reason": "停电"})
    assert (cancelled["state"], cancelled["cancellation_reason"], cancelled["allowed_deeds"]) == (
        "cancelled",
        "停电",
        [],
    )
    assert await planner.code("registrar", f"{path}:cancel", {"reason": "再次"}) == "deed_not_allowed"
    listed = (await planner.get(f"{plan}/sittings"))["items"]
    assert [it["id"] for it in listed] == [told["id"]]
    events = await session.scalars(
        select(OutboxEvent).where(OutboxEvent.object_kind == "exam_sitting").order_by(OutboxEvent.id)
    )
    assert [(event.kind, event.data.get("taken")) for event in events] == [
        ("exam_sitting.arranged", None),
        ("exam_sitting.arranged", None),
        ("exam_sitting.cancelled", 25),
    ]


async def test_a_room_serves_one_sitting_at_one_time(planner: Planner) -> None:
    site, plan = await planner.approved(levels=[planner.application(capacity=40)]), await planner.plan()
    first = await planner.arranged(plan, site, rooms=1)
    body = await planner.sitting(site, starts_at=on(EXAM_ON, 10).isoformat(), ends_at=on(EXAM_ON, 12).isoformat())
    body["rooms"][0]["seats"] = 1
    assert await planner.code("registrar", f"{plan}/sittings", body) == "site_full", "before the room is asked for"
    await planner.arranged(plan, site, starts_at=first["ends_at"], ends_at=on(EXAM_ON, 12).isoformat())
    await planner.post("registrar", f"/v1/exam-sittings/{first['id']}:cancel", {"reason": "改期"})
    await planner.arranged(plan, site)


async def test_a_taken_room_is_named_with_the_other_sitting(planner: Planner) -> None:
    rooms = [planner.room("A1"), planner.room("A2")]
    site = await planner.approved(rooms=rooms, levels=[planner.application(capacity=80)])
    plan = await planner.plan()
    first = await planner.arranged(plan, site, rooms=1, code="S-01")
    answer = await planner.ask("registrar", "POST", f"{plan}/sittings", await planner.sitting(site, rooms=1))
    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "room_taken")
    assert (told["figures"]["room"], told["figures"]["sitting"]) == ("A1", "S-01")
    assert told["figures"]["starts_at"] == first["starts_at"].replace("Z", "+00:00")
    assert [it["pointer"] for it in told["errors"]] == ["/rooms/0/room_id"]


async def test_a_taken_examiner_is_named_without_a_name(planner: Planner, session: AsyncSession) -> None:
    teacher = planner.teacher("T1")
    session.add(teacher)
    await session.flush()
    one, two, plan = await planner.approved(), await planner.approved(), await planner.plan()
    await planner.arranged(plan, one, code="S-01", examiners=[examiner(teacher.id), examiner("外聘甲")])
    for who, said, place in ((teacher.id, "T1", 0), ("外聘甲", "#2", 1)):
        named = [examiner(who)] if place == 0 else [examiner("外聘乙"), examiner(who)]
        answer = await planner.ask("registrar", "POST", f"{plan}/sittings", await planner.sitting(two, examiners=named))
        told = answer.json()
        assert (answer.status_code, told["code"]) == (409, "examiner_taken"), told
        assert (told["figures"]["examiner"], told["figures"]["sitting"]) == (said, "S-01")
        assert [it["pointer"] for it in told["errors"]] == [f"/examiners/{place}"]
        assert "外聘甲" not in answer.text
    twice = await planner.sitting(two, examiners=[examiner("外聘丙"), examiner("外聘丙")])
    assert await planner.code("registrar", f"{plan}/sittings", twice) == "examiner_taken"
    unknown = await planner.sitting(two, examiners=[examiner(UUID(int=7))])
    assert await planner.code("registrar", f"{plan}/sittings", unknown) == "not_found"
    await planner.arranged(plan, two, examiners=[examiner(teacher.id)], **LATER)


async def test_only_approved_sites_within_their_period_are_used(planner: Planner) -> None:
    plan = await planner.plan()
    site = await planner.offer()
    at = f"{plan}/sittings"
    assert await planner.code("registrar", at, await planner.sitting(site)) == "site_not_approved"
    short = {"valid_to": str(EXAM_ON - timedelta(days=1))}
    await planner.post("org_staff", f"{planner.at(site)}:approve", short)
    assert await planner.code("registrar", at, await planner.sitting(site)) == "site_not_approved"
    await planner.post("org_staff", f"{planner.at(site)}:prolong", {"valid_to": str(EXAM_ON)})
    await planner.arranged(plan, site)
    await planner.post("org_staff", f"{planner.at(site)}:suspend", {"reason": "检修"})
    assert await planner.code("registrar", at, await planner.sitting(site, **LATER)) == "site_not_approved"


async def test_what_does_not_fit_is_refused_with_its_place(planner: Planner) -> None:
    site, other, plan = await planner.approved(), await planner.approved(), await planner.plan()
    at = f"{plan}/sittings"
    body = await planner.sitting(site)
    foreign = body | {"rooms": [*body["rooms"], *(await planner.sitting(other))["rooms"]]}
    told = (await planner.ask("registrar", "POST", at, foreign)).json()
    assert (told["code"], [(it["pointer"], it["code"]) for it in told["errors"]]) == (
        "room_unfit",
        [("/rooms/1", "room_not_of_site")],
    )
    wide = body | {"rooms": [body["rooms"][0] | {"seats": 41}]}
    told = (await planner.ask("registrar", "POST", at, wide)).json()
    assert [it["code"] for it in told["errors"]] == ["room_too_small"]
    early = body | {"starts_at": on(TODAY - timedelta(days=1)).isoformat(), "ends_at": on(TODAY, 1).isoformat()}
    assert await planner.code("registrar", at, early) == "sitting_time_unfit"
    unexamined = body | {"certificate_level_id": planner.level_id("1")}
    assert await planner.code("registrar", at, unexamined) == "level_not_in_plan"
    await planner.arranged(plan, site, code="S-01")
    assert await planner.code("registrar", at, await planner.sitting(other, code="S-01")) == "sitting_code_taken"


async def test_what_has_begun_is_not_arranged_anew(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    site, plan = await planner.approved(), await planner.plan()
    told = await planner.arranged(plan, site)
    body = await planner.sitting(site, **LATER)
    del body["certificate_level_id"]
    set_clock(monkeypatch, on(EXAM_ON, 10))
    path = f"/v1/exam-sittings/{told['id']}"
    assert (await planner.get(path))["state"] == "under_way"
    answer = await planner.put("registrar", path, body)
    assert (answer.status_code, answer.json()["code"]) == (409, "deed_not_allowed")
    set_clock(monkeypatch, on(EXAM_ON, 12))
    assert (await planner.get(path))["allowed_deeds"] == []
