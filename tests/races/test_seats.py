"""Two hundred students for fifty seats, and two clerks for one person, all at once and with real commits."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from tests.exams.desk import Desk, Json, set_clock
from tests.exams.hall import IN_MAY, LONG, MORNING, Hall, codes
from tests.races import desks
from x_pilot_api.exams.commands import judging, seating

STUDENTS, SEATS, AT_ONCE = 200, 50, 8

_OVERLAPS = text("""
SELECT count(*) FROM registrations AS one JOIN exam_sittings AS its ON its.id = one.sitting_id
JOIN registrations AS other ON other.candidate_id = one.candidate_id AND other.id < one.id
JOIN exam_sittings AS theirs ON theirs.id = other.sitting_id
WHERE its.starts_at < theirs.ends_at AND theirs.starts_at < its.ends_at
""")

_LINE = text("""
SELECT id, state FROM registrations WHERE exam_plan_id = :plan_id ORDER BY wished_at, id
""")


@pytest.fixture
async def hall(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Hall:
    await desks.crowd(desk, STUDENTS, first_document=300)
    set_clock(monkeypatch, IN_MAY)
    return Hall(desk)


async def rush(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> tuple[Json, Counter[int]]:
    """Let everybody confirm one after the other, and be accepted all at once, each by a request of its own."""
    plan = await hall.plan()
    await hall.sitting(plan, seats=SEATS)
    wishes: list[UUID] = []
    for index in range(STUDENTS):
        set_clock(monkeypatch, IN_MAY + timedelta(seconds=index))
        wishes.append(await hall.confirmed(plan, index))
    # As many at a time as there are connections: who would wait longer for one than the pool lets them is not served.
    turn = asyncio.Semaphore(AT_ONCE)

    async def accept(wish: UUID) -> httpx.Response:
        async with turn:
            return await hall.accept(plan, wish)

    answers = await asyncio.gather(*(accept(wish) for wish in wishes))
    return plan, Counter(answer.status_code for answer in answers)


async def line(hall: Hall, plan: Json) -> list[tuple[UUID, str]]:
    """Tell the plan's registrations in the order of their wishes."""
    async with hall.desk.service.database.transaction(read_only=True) as session:
        found = await session.execute(_LINE, {"plan_id": UUID(plan["id"])})
        return [(row.id, row.state) for row in found.all()]


async def test_two_hundred_students_for_fifty_seats_are_fifty_and_a_line(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, answers = await rush(hall, monkeypatch)
    assert answers == {200: STUDENTS}
    before = await line(hall, plan)
    assert Counter(state for _, state in before) == {"accepted": SEATS, "waiting": STUDENTS - SEATS}
    assert await hall.drift() == []
    # Five leave at once: the five who wished first among those who wait are offered their seats, nobody else.
    leaving = [each for each, state in before if state == "accepted"][:5]
    left = await asyncio.gather(*(hall.post(f"/registrations/{each}:withdraw", {"reason": "转学"}) for each in leaving))
    assert {answer.status_code for answer in left} == {200}
    waited = [each for each, state in before if state == "waiting"]
    after = dict(await line(hall, plan))
    assert [after[each] for each in waited] == ["offered"] * 5 + ["waiting"] * (len(waited) - 5)
    assert await hall.drift() == []


async def test_where_what_is_free_is_not_asked_the_statement_itself_sells_no_seat_twice(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = seating.Seats

    def more_than_there_is(**given: Any) -> seating.Seats:  # noqa: ANN401
        return replace(whole(**given), free=STUDENTS)

    monkeypatch.setattr(seating, "Seats", more_than_there_is)
    plan, answers = await rush(hall, monkeypatch)
    # Who is told of a seat that is not there is refused; without that the line would be empty and the room too full.
    assert answers == {200: SEATS, 409: STUDENTS - SEATS}
    assert Counter(state for _, state in await line(hall, plan)) == {
        "accepted": SEATS,
        "confirmed": STUDENTS - SEATS,
    }
    assert await hall.drift() == []


async def wish_for_both(hall: Hall, *people: int) -> tuple[Json, Json, list[tuple[UUID, UUID]]]:
    """Let people confirm two registrations whose sittings overlap: neither holds a seat yet."""
    first, second = await hall.plan(), await hall.plan("1")
    await hall.sitting(first, seats=20)
    await hall.sitting(second, seats=20, level="1", starts_at=MORNING + LONG / 2)
    lower = hall.level("1")
    wishes = [
        (await hall.confirmed(first, index), await hall.confirmed(second, index, certificate_level_id=lower))
        for index in people
    ]
    return first, second, wishes


async def overlaps(hall: Hall) -> int:
    """Count the pairs of seats in which one person would sit at one time."""
    async with hall.desk.service.database.transaction(read_only=True) as session:
        return int((await session.execute(_OVERLAPS)).scalar_one())


async def test_two_clerks_never_put_one_person_into_two_places_at_one_time(hall: Hall) -> None:
    first, second, wishes = await wish_for_both(hall, *range(12))
    answers = await asyncio.gather(
        *(hall.accept(first, one) for one, _ in wishes),
        *(hall.accept(second, other, who="registrar") for _, other in wishes),
    )
    assert Counter(answer.status_code for answer in answers) == {200: 12, 409: 12}
    assert {code for answer in answers if answer.is_error for code in codes(answer)} == {"sitting_overlaps"}
    assert await overlaps(hall) == 0
    assert await hall.drift() == []


async def test_without_locking_the_person_first_somebody_is_put_into_two_places(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, ((one, other),) = await wish_for_both(hall, 0)
    both_have_looked, take = asyncio.Barrier(2), seating.take_seats

    async def lock_nobody(*_: object, **__: object) -> None:
        return None

    async def take_when_both_have_looked(*given: Any, **named: Any) -> None:  # noqa: ANN401
        async with asyncio.timeout(60):
            await both_have_looked.wait()
        await take(*given, **named)

    monkeypatch.setattr(judging, "lock_persons", lock_nobody)
    monkeypatch.setattr(seating, "take_seats", take_when_both_have_looked)
    answers = await asyncio.gather(hall.accept(first, one), hall.accept(second, other, who="registrar"))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert await overlaps(hall) == 1
