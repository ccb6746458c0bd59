"""A seat that is changed after tickets are out is told to whoever sat in it, once, and to nobody else."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from tests.exam_days import make
from tests.exam_days.desk import Hall

_TOLD = text("SELECT person_id, kind, object_id, figures FROM messages WHERE kind LIKE 'seat.%' ORDER BY id")


async def told(hall: Hall, it: make.Day) -> list[tuple[UUID, str, UUID, dict[str, Any]]]:
    async with hall.service.database.transaction(institution_id=it.institution_id) as session:
        return [tuple(row) for row in (await session.execute(_TOLD)).all()]


async def arranged(hall: Hall) -> make.Day:
    """Seat everybody by their numbers, so that the first student, who has an account, sits in the first room."""
    it = await hall.day(rooms={"301": 4, "302": 4, "303": 8}, candidates=10)
    await hall.arranged(it, seating_order="by_admission_number", room_filling="one_after_another")
    assert (await hall.places(it))[str(it.registrations[0])][0] == "301"
    return it


async def test_who_is_moved_after_tickets_are_out_is_told_once(hall: Hall) -> None:
    it = await arranged(hall)
    await hall.printed(it)
    await hall.write(it, lambda session: make.lose_room(session, it, "301"))
    await hall.arranged(it, "rearrange", only=True)
    assert await told(hall, it) == [], "a preview tells nobody"
    for _ in range(2):
        await hall.arranged(it, "rearrange")
    ((person_id, kind, object_id, figures),) = await told(hall, it)
    assert (person_id, kind) == (hall.world.callers["student"].id, "seat.moved")
    assert object_id == it.registrations[0]
    assert figures.keys() == {"certificate", "level", "plan"}


async def test_who_stays_is_told_nothing_and_before_tickets_are_out_nobody_is(hall: Hall) -> None:
    it = await arranged(hall)
    await hall.arranged(it, seating_order="by_admission_number", room_filling="one_after_another", seed=2)
    await hall.write(it, lambda session: make.lose_room(session, it, "301"))
    assert (await hall.arranged(it, "rearrange"))["moved"] == 4
    await hall.printed(it)
    stays = (await hall.places(it))[str(it.registrations[0])][0]
    await hall.write(it, lambda session: make.room(session, it, "304", seats=8))
    (other,) = {"302", "303"} - {stays}
    await hall.write(it, lambda session: make.lose_room(session, it, other))
    assert (await hall.arranged(it, "rearrange"))["moved"] > 0
    assert await told(hall, it) == []
