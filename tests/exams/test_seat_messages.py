"""Whoever is offered a seat, loses one or gets another is told of it, once, and nobody else is."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from tests.exams.desk import Desk, Json, set_clock
from tests.exams.hall import IN_MAY, LONG, MORNING, Hall
from x_pilot_api.exams.models import ExamSitting
from x_pilot_api.inbox import rules as messages

_FIGURES = text("""
SELECT certificate.name AS certificate, level.level FROM certificate_levels AS level
JOIN certificates AS certificate ON certificate.id = level.certificate_id WHERE level.id = :level_id
""")


@pytest.fixture
def hall(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Hall:
    set_clock(monkeypatch, IN_MAY)
    return Hall(desk)


async def told(hall: Hall, **only: Any) -> list[Json]:  # noqa: ANN401
    """List what the first student was told of seats and plans, in order; nobody else has an account to be told in."""
    async with hall.desk.service.database.transaction(institution_id=hall.school_id) as session:
        asked = "SELECT person_id, kind, object_id, figures FROM messages WHERE kind ~ '^(seat|plan)[.]' ORDER BY id"
        rows = (await session.execute(text(asked))).mappings().all()
    student = hall.desk.world.callers["student"].id
    assert {row["person_id"] for row in rows} <= {student}
    return [dict(row) for row in rows if all(row[name] == value for name, value in only.items())]


async def figures(hall: Hall, plan: Json, **more: str) -> Json:
    """Tell the figures that every message of a seat has."""
    async with hall.desk.service.database.transaction() as session:
        row = (await session.execute(_FIGURES, {"level_id": hall.level()})).mappings().one()
    return dict(row) | {"plan": plan["name"]} | more


async def not_held(hall: Hall, sitting_id: UUID) -> None:
    """Let a sitting not be held, as its organisation does."""
    async with hall.desk.service.database.transaction() as session:
        cancelled = update(ExamSitting).where(ExamSitting.id == sitting_id)
        await session.execute(cancelled.values(cancelled_at=IN_MAY, cancellation_reason="停电"))


def kinds(found: list[Json]) -> list[str]:
    return [it["kind"] for it in found]


async def test_who_is_offered_a_seat_is_told_once_until_when(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=1)
    holder, first, _ = await hall.registered(plan, 1, 0, 2)
    assert await told(hall) == []
    await hall.done(f"/registrations/{holder['id']}:withdraw", {"reason": "转学"})
    (offered,) = await told(hall)
    assert (offered["kind"], str(offered["object_id"])) == ("seat.offered", first["id"])
    # Two days after 09:00 in Shanghai.
    assert offered["figures"] == await figures(hall, plan, until="2026-05-12 09:00")
    await hall.look()
    await hall.done(f"/registrations/{first['id']}:take-offer")
    await hall.look()
    assert kinds(await told(hall)) == ["seat.offered"]
    _, words = messages.words("seat.offered", offered["figures"])
    assert "2026-05-12 09:00" in words.zh
    assert "2026-05-12 09:00" in words.en


async def test_an_offer_that_ends_with_the_beginning_of_its_sitting_says_so(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=1)
    holder, _ = await hall.registered(plan, 1, 0)
    set_clock(monkeypatch, MORNING - timedelta(hours=3))
    await hall.done(f"/registrations/{holder['id']}:withdraw", {"reason": "病"})
    (offered,) = await told(hall)
    assert offered["figures"]["until"] == "2026-06-20 09:00"


async def test_who_has_a_seat_or_waits_in_vain_is_told_nothing(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=1)
    await hall.registered(plan, 1, 2)
    await hall.registered(plan, 0)
    await hall.look()
    assert await told(hall) == []


async def test_whose_sitting_is_not_held_is_told_once_and_once_more_with_another_seat(hall: Hall) -> None:
    plan = await hall.plan()
    sitting = await hall.sitting(plan, seats=3)
    (mine, *_) = await hall.registered(plan, 0, 1)
    await not_held(hall, sitting)
    for _ in range(2):
        await hall.look()
    (lost,) = await told(hall)
    assert (lost["kind"], str(lost["object_id"])) == ("seat.lost", mine["id"])
    assert lost["figures"] == await figures(hall, plan)
    await hall.sitting(plan, seats=3, starts_at=MORNING + LONG)
    for _ in range(2):
        await hall.look()
    _, moved = await told(hall)
    assert (moved["kind"], str(moved["object_id"])) == ("seat.moved", mine["id"])
    assert moved["figures"] == await figures(hall, plan)


async def test_who_gets_another_seat_at_once_is_told_of_that_alone(hall: Hall) -> None:
    plan = await hall.plan()
    first = await hall.sitting(plan, seats=2)
    await hall.registered(plan, 0, 1, sitting_id=str(first))
    await hall.sitting(plan, seats=2, starts_at=MORNING + LONG)
    await not_held(hall, first)
    await hall.look()
    assert kinds(await told(hall)) == ["seat.moved"]


async def test_an_offered_seat_that_is_not_held_is_told_and_offered_anew(hall: Hall) -> None:
    plan = await hall.plan()
    first = await hall.sitting(plan, seats=1)
    holder, mine = await hall.registered(plan, 1, 0)
    await hall.done(f"/registrations/{holder['id']}:withdraw", {"reason": "转学"})
    await not_held(hall, first)
    await hall.look()
    assert (await hall.read(mine["id"]))["state"] == "waiting"
    assert kinds(await told(hall)) == ["seat.offered", "seat.lost"]
    await hall.sitting(plan, seats=1, starts_at=MORNING + LONG)
    await hall.look()
    assert kinds(await told(hall)) == ["seat.offered", "seat.lost", "seat.offered"]


async def test_who_was_accepted_before_there_were_sittings_is_told_of_their_first_seat(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.registered(plan, 0)
    assert await told(hall) == []
    sitting = await hall.sitting(plan, seats=1)
    await hall.look()
    assert kinds(await told(hall)) == ["seat.moved"]
    async with hall.desk.service.database.transaction() as session:
        starts_at: datetime | None = await session.scalar(
            select(ExamSitting.starts_at).where(ExamSitting.id == sitting)
        )
    assert starts_at == MORNING


async def test_whoever_counts_on_a_plan_is_told_once_that_it_is_not_held(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=1)
    mine, *_ = await hall.registered(plan, 0, 1)
    await hall.done(f"/exam-plans/{plan['id']}:cancel", {"reason": "人数不足"}, who="registrar")
    await hall.look()
    (cancelled,) = await told(hall)
    assert (cancelled["kind"], str(cancelled["object_id"])) == ("plan.cancelled", mine["id"])
    assert cancelled["figures"] == await figures(hall, plan, reason="人数不足")


async def test_who_withdrew_before_is_not_told_that_a_plan_is_not_held(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=2)
    mine, *_ = await hall.registered(plan, 0, 1)
    await hall.done(f"/registrations/{mine['id']}:withdraw", {"reason": "病"})
    await hall.done(f"/exam-plans/{plan['id']}:cancel", {"reason": "人数不足"}, who="registrar")
    assert await told(hall) == []
