"""The life of a registration: from a student's draft to the organisation's lock, and every way out of it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.exams.desk import Desk, set_clock
from tests.exams.hall import CLOSED, IN_MAY, Hall, codes
from x_pilot_api.core.audit import AuditEvent
from x_pilot_api.exams import commands
from x_pilot_api.outbox.models import OutboxEvent


@pytest.fixture
def hall(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Hall:
    set_clock(monkeypatch, IN_MAY)
    return Hall(desk)


async def test_a_student_registers_confirms_and_is_accepted_and_locked(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await hall.plan()
    drafted = await hall.drafted(plan, 0)
    assert (await hall.read(drafted))["state"] == "draft"
    assert codes(await hall.accept(plan, drafted)) == ["registration_not_in_state"]
    confirmed = await hall.done(f"/registrations/{drafted}:confirm", who="student")
    assert (confirmed["state"], confirmed["admission_number"]) == ("confirmed", None)
    assert confirmed["allowed_deeds"] == ["withdraw"]
    answer = await hall.accept(plan, drafted)
    assert answer.json()["registrations"][0]["admission_number"] == f"{plan['code']}-00001"
    assert (await hall.post(f"/exam-plans/{plan['id']}/registrations:lock", who="org_staff")).json()["code"] == (
        "registration_still_open"
    )
    set_clock(monkeypatch, CLOSED)
    assert (await hall.done(f"/exam-plans/{plan['id']}/registrations:lock", who="org_staff"))["changed"] == 1
    locked = await hall.read(drafted, who="org_staff")
    assert (locked["state"], locked["allowed_deeds"]) == ("locked", [])
    refused = await hall.post(f"/registrations/{drafted}:withdraw", {"reason": "-"})
    assert (refused.status_code, refused.json()["code"]) == (409, "deed_not_allowed")
    assert await hall.drift() == []


async def test_every_deed_goes_on_record_and_the_organisation_hears_of_what_concerns_it(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await hall.plan()
    first, second = await hall.confirmed(plan, 0), await hall.confirmed(plan, 1)
    await hall.accept(plan, first, second)
    await hall.done(f"/registrations/{second}:withdraw", {"reason": "转学"})
    set_clock(monkeypatch, CLOSED)
    await hall.done(f"/exam-plans/{plan['id']}/registrations:lock", who="org_staff")
    async with hall.desk.service.database.transaction(read_only=True) as session:
        deeds = (await session.scalars(select(AuditEvent.deed).order_by(AuditEvent.id))).all()
        events = (await session.scalars(select(OutboxEvent.kind).order_by(OutboxEvent.id))).all()
    assert [deed for deed in deeds if "registration" in deed or "myself" in deed] == [
        *["register_myself", "confirm_registration"] * 2,
        "accept_registrations",
        "withdraw_registration",
        "lock_registrations",
    ]
    assert events[-3:] == ["registrations.accepted", "registrations.withdrawn", "registrations.locked"]


async def test_a_refusal_has_its_reason_and_the_student_can_register_again(hall: Hall) -> None:
    plan = await hall.plan()
    first, second = await hall.confirmed(plan, 0), await hall.confirmed(plan, 1)
    path = f"/exam-plans/{plan['id']}/registrations:refuse"
    body = {"registration_ids": [str(first), str(second)], "reason": "材料不全"}
    assert (await hall.done(path, body))["changed"] == 2
    told = await hall.read(first)
    assert (told["state"], told["reason"]) == ("refused", "材料不全")
    assert codes(await hall.post(path, body)) == ["registration_not_in_state"] * 2
    assert (await hall.read(await hall.confirmed(plan, 0)))["state"] == "confirmed"


async def test_many_are_accepted_or_none(hall: Hall) -> None:
    plan = await hall.plan()
    first, second, third = [await hall.confirmed(plan, index) for index in range(3)]
    await hall.accept(plan, second)
    assert codes(await hall.accept(plan, first, second, third)) == ["registration_not_in_state"]
    assert await hall.states(plan) == ["confirmed", "accepted", "confirmed"]
    assert (await hall.accept(plan, first, UUID(int=1))).status_code == 404
    assert (await hall.accept(plan, first, first)).status_code == 422
    assert (await hall.accept(plan, first, who="sibling_coordinator")).status_code == 404
    made = (await hall.accept(plan, third, first)).json()["registrations"]
    assert [each["admission_number"][-2:] for each in made] == ["02", "03"]


async def test_acceptance_judges_anew_and_takes_the_quota(hall: Hall) -> None:
    plan = await hall.plan()
    registrations = [await hall.confirmed(plan, index) for index in range(3)]
    await hall.quota(2)
    assert codes(await hall.accept(plan, *registrations)) == ["beyond_quota"]
    assert (await hall.accept(plan, *registrations[:2])).status_code == 200
    assert codes(await hall.accept(plan, registrations[2])) == ["beyond_quota"]
    await hall.done(f"/registrations/{registrations[0]}:withdraw", {"reason": "转学"})
    assert (await hall.accept(plan, registrations[2])).status_code == 200
    assert await hall.drift() == []


async def test_a_student_withdraws_only_their_own(hall: Hall) -> None:
    plan = await hall.plan()
    own, other = await hall.registered(plan, 0, 1)
    refused = await hall.post(f"/registrations/{other['id']}:withdraw", {"reason": "-"}, who="student")
    assert refused.status_code == 404
    told = await hall.done(f"/registrations/{own['id']}:withdraw", {"reason": "转学"}, who="student")
    assert (told["state"], told["reason"], told["admission_number"]) == ("withdrawn", "转学", own["admission_number"])
    # Who registers again is somebody new to the plan, with a number of their own.
    (again,) = await hall.registered(plan, 0)
    assert again["admission_number"] == f"{plan['code']}-00003"


async def test_when_the_exam_is_over_nothing_changes_any_more(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = await hall.plan()
    drafted, confirmed = await hall.drafted(plan, 0), await hall.confirmed(plan, 1)
    set_clock(monkeypatch, IN_MAY + timedelta(days=60))
    late = await hall.post(f"/registrations/{drafted}:confirm", who="student")
    assert (late.status_code, late.json()["code"]) == (409, "exam_over")
    assert (await hall.accept(plan, confirmed)).json()["code"] == "exam_over"


async def test_nobody_but_a_student_registers_themself(hall: Hall) -> None:
    plan = await hall.plan()
    nobody = hall.student(0).__class__(
        id=UUID(int=1), kind=hall.student(0).kind, name="-", permissions=frozenset(), institution_id=hall.school_id
    )
    async with hall.desk.service.database.transaction(institution_id=hall.school_id) as session:
        with pytest.raises(commands.registrations.NotFound):
            await commands.register_myself(
                session,
                nobody,
                exam_plan_id=UUID(plan["id"]),
                wish=commands.OwnWish(certificate_level_id=hall.level()),
                terms=hall.terms(),
            )
