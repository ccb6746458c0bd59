"""Seats and the waiting list: in the order of the wishes, offered with a deadline, never two seats at one time."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from tests.exams.desk import Desk, set_clock
from tests.exams.hall import IN_MAY, LONG, MORNING, Hall, codes
from x_pilot_api.exams.models import ExamSitting

DAY = timedelta(days=1)


@pytest.fixture
def hall(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Hall:
    set_clock(monkeypatch, IN_MAY)
    return Hall(desk)


async def test_who_finds_no_seat_waits_without_a_number(hall: Hall) -> None:
    plan = await hall.plan()
    sitting = await hall.sitting(plan, seats=2)
    made = await hall.registered(plan, 0, 1, 2, 3)
    assert [each["state"] for each in made] == ["accepted", "accepted", "waiting", "waiting"]
    assert [each["sitting_id"] for each in made] == [str(sitting), str(sitting), None, None]
    assert [each["admission_number"] is None for each in made] == [False, False, True, True]
    assert await hall.drift() == []


async def test_a_seat_that_becomes_free_is_offered_to_the_first_in_line_and_taken_in_time(hall: Hall) -> None:
    plan = await hall.plan()
    sitting = await hall.sitting(plan, seats=1)
    holder, first, second = await hall.registered(plan, 0, 1, 2)
    await hall.done(f"/registrations/{holder['id']}:withdraw", {"reason": "转学"}, who="student")
    offered = await hall.read(first["id"])
    assert (offered["state"], offered["sitting_id"]) == ("offered", str(sitting))
    assert offered["offered_until"] == (IN_MAY + timedelta(hours=48)).isoformat().replace("+00:00", "Z")
    assert (await hall.read(second["id"]))["state"] == "waiting"
    # A newcomer does not slip past those who wait.
    (newcomer,) = await hall.registered(plan, 3)
    assert newcomer["state"] == "waiting"
    taken = await hall.done(f"/registrations/{first['id']}:take-offer")
    assert (taken["state"], taken["admission_number"]) == ("accepted", f"{plan['code']}-00002")
    assert (await hall.post(f"/registrations/{second['id']}:take-offer")).json()["code"] == "deed_not_allowed"
    assert await hall.drift() == []


async def test_an_offer_that_is_declined_or_lapses_goes_to_the_next(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=1)
    holder, first, second, third = [each["id"] for each in await hall.registered(plan, 0, 1, 2, 3)]
    await hall.done(f"/registrations/{holder}:withdraw", {"reason": "转学"})
    declined = await hall.done(f"/registrations/{first}:decline-offer")
    assert (declined["state"], declined["sitting_id"]) == ("withdrawn", None)
    assert (await hall.read(second))["state"] == "offered"
    await hall.look()
    assert (await hall.read(second))["state"] == "offered"
    set_clock(monkeypatch, IN_MAY + 3 * DAY)
    late = await hall.post(f"/registrations/{second}:take-offer")
    assert (late.status_code, late.json()["code"]) == (409, "offer_expired")
    await hall.look()
    assert [(await hall.read(each))["state"] for each in (second, third)] == ["withdrawn", "offered"]
    assert (await hall.read(second))["reason"] == "offer lapsed"
    assert await hall.drift() == []


async def test_no_offer_lasts_beyond_the_beginning_of_its_sitting(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=1)
    holder, first = [each["id"] for each in await hall.registered(plan, 0, 1)]
    set_clock(monkeypatch, MORNING - timedelta(hours=3))
    await hall.done(f"/registrations/{holder}:withdraw", {"reason": "病"})
    assert (await hall.read(first))["offered_until"] == MORNING.isoformat().replace("+00:00", "Z")
    set_clock(monkeypatch, MORNING)
    await hall.look()
    assert (await hall.read(first))["state"] == "withdrawn"


async def test_turns_go_by_the_time_of_the_wish_whoever_is_accepted_first(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=1)
    await hall.registered(plan, 9)
    early = await hall.confirmed(plan, 0)
    set_clock(monkeypatch, IN_MAY + timedelta(minutes=1))
    late = await hall.confirmed(plan, 1)
    await hall.accept(plan, late)
    await hall.accept(plan, early)
    async with hall.desk.service.database.transaction() as session:
        await session.execute(update(ExamSitting).values(seats=2))
    await hall.look()
    assert [(await hall.read(each))["state"] for each in (early, late)] == ["offered", "waiting"]


async def test_a_named_sitting_is_kept_to_and_the_other_one_is_not_taken_for_it(hall: Hall) -> None:
    plan = await hall.plan()
    first = await hall.sitting(plan, seats=1)
    second = await hall.sitting(plan, seats=5, starts_at=MORNING + LONG)
    made = await hall.registered(plan, 0, 1, sitting_id=str(first))
    assert [each["state"] for each in made] == ["accepted", "waiting"]
    assert [each["sitting_id"] for each in await hall.registered(plan, 2)] == [str(second)]
    assert codes(await hall.register(plan, 3, sitting_id=str(UUID(int=1)))) == ["sitting_unknown"]


async def test_nobody_sits_in_two_places_at_one_time(hall: Hall) -> None:
    plan = await hall.plan("1", "2")
    early = await hall.sitting(plan, seats=5)
    beside = await hall.sitting(plan, seats=5, level="1", starts_at=MORNING + LONG / 2)
    await hall.registered(plan, 0)
    lower = {"certificate_level_id": str(hall.level("1"))}
    refused = await hall.register(plan, 0, **lower)
    assert codes(refused) == ["sitting_overlaps"]
    assert plan["code"] in refused.json()["errors"][0]["detail"]
    later = await hall.sitting(plan, seats=5, level="1", starts_at=MORNING + LONG)
    assert codes(await hall.register(plan, 0, sitting_id=str(beside), **lower)) == ["sitting_overlaps"]
    (made,) = await hall.registered(plan, 0, **lower)
    assert made["sitting_id"] == str(later)
    assert early != later


async def test_a_college_s_own_site_takes_its_own_candidates_while_it_is_approved(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=5, shared=False, college=1)
    assert codes(await hall.register(plan, 0)) == ["site_not_valid"]
    await hall.sitting(plan, seats=5, valid_to=MORNING.date() - DAY)
    assert codes(await hall.register(plan, 0)) == ["site_not_valid"]
    own = await hall.sitting(plan, seats=5, shared=False)
    assert [each["sitting_id"] for each in await hall.registered(plan, 0)] == [str(own)]


async def test_who_was_accepted_before_there_were_sittings_is_seated_first(hall: Hall) -> None:
    plan = await hall.plan()
    before = (await hall.registered(plan, 0))[0]["id"]
    sitting = await hall.sitting(plan, seats=1)
    assert [each["state"] for each in await hall.registered(plan, 1)] == ["waiting"]
    assert await hall.drift() == []
    told = await hall.read(before)
    assert (told["state"], told["sitting_id"]) == ("accepted", str(sitting))


async def test_whose_sitting_is_not_held_gets_another_seat_before_all_who_wait(hall: Hall) -> None:
    plan = await hall.plan()
    first = await hall.sitting(plan, seats=2)
    holders = [each["id"] for each in await hall.registered(plan, 0, 1, sitting_id=str(first))]
    (waiting,) = await hall.registered(plan, 2)
    second = await hall.sitting(plan, seats=1, starts_at=MORNING + LONG)
    async with hall.desk.service.database.transaction() as session:
        not_held = update(ExamSitting).where(ExamSitting.id == first)
        await session.execute(not_held.values(cancelled_at=IN_MAY, cancellation_reason="停电"))
    await hall.look()
    told = [await hall.read(each) for each in (*holders, waiting["id"])]
    assert [each["sitting_id"] for each in told] == [str(second), None, None]
    assert [each["state"] for each in told] == ["accepted", "accepted", "waiting"]
    assert await hall.drift() == []


async def test_the_database_itself_oversells_no_seat(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=1)
    await hall.registered(plan, 0)
    with pytest.raises(IntegrityError, match="never_oversold"):
        async with hall.desk.service.database.transaction() as session:
            await session.execute(update(ExamSitting).values(taken=2))
