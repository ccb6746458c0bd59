"""Giving out seats: candidates and seats of a sitting are put in line, and the lines meet in one statement."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import rehearsal
from x_pilot_api.exam_days import queries
from x_pilot_api.exam_days.errors import NotSeated, SeatsShort, SittingCancelled, TicketsHandedOut
from x_pilot_api.exam_days.models import RoomFilling, SeatArrangement, SeatingOrder
from x_pilot_api.exam_days.queries import seating as reading
from x_pilot_api.exam_days.rules import seating as rules
from x_pilot_api.exam_days.schemas import MOVES_TOLD, MovedOut, PlaceOut, SeatingChangeOut, SeatingIn
from x_pilot_api.exams import commands as exams
from x_pilot_api.exams.models import ExamSitting, PlanTaskKind

# Who sits where they may stays. Everybody else is given the free seats, both in line by the rules; whoever had a seat
# that is lost, or one in another sitting, gets another edition of the ticket.
_GIVE_OUT = """
WITH offered AS ({offered}), wanted AS ({wanted}),
told AS (
    SELECT wanted.registration_id, wanted.admission_number, college.code AS college_code, student.class_name,
        md5(CAST(:seed AS text) || wanted.registration_id::text) AS drawn
    FROM wanted
    JOIN colleges AS college ON college.institution_id = :institution_id AND college.id = wanted.college_id
    JOIN candidates AS candidate ON candidate.institution_id = :institution_id AND candidate.id = wanted.candidate_id
    LEFT JOIN students AS student ON student.institution_id = :institution_id AND student.id = candidate.student_id
), in_class AS (
    SELECT told.*, count(*) OVER (PARTITION BY college_code) AS college_size,
        (row_number() OVER (PARTITION BY college_code, class_name ORDER BY drawn) - 0.5)
            / count(*) OVER (PARTITION BY college_code, class_name) AS class_share
    FROM told
), in_college AS (
    SELECT in_class.*, row_number() OVER (PARTITION BY college_code ORDER BY class_share, drawn) AS college_place
    FROM in_class
), kept AS (
    SELECT seat.registration_id, seat.room_id, seat.number
    FROM seats AS seat JOIN wanted USING (registration_id) JOIN offered USING (room_id, number)
    WHERE seat.institution_id = :institution_id AND seat.sitting_id = :sitting_id
), waiting AS (
    SELECT registration_id, row_number() OVER (ORDER BY {order}) AS turn FROM in_college
    WHERE NOT EXISTS (SELECT FROM kept WHERE kept.registration_id = in_college.registration_id)
), free AS (
    SELECT room_id, number, row_number() OVER (ORDER BY {filling}) AS turn FROM offered
    WHERE NOT EXISTS (SELECT FROM kept WHERE kept.room_id = offered.room_id AND kept.number = offered.number)
)
INSERT INTO seats AS seat (institution_id, registration_id, sitting_id, room_id, number)
SELECT :institution_id, waiting.registration_id, :sitting_id, free.room_id, free.number
FROM waiting JOIN free USING (turn)
ON CONFLICT (institution_id, registration_id) DO UPDATE SET sitting_id = excluded.sitting_id,
    room_id = excluded.room_id, number = excluded.number, edition = seat.edition + 1
RETURNING seat.registration_id, old.room_id AS old_room_id, old.number AS old_number, new.room_id, new.number
"""

_CLEAR = text("""
DELETE FROM seats WHERE institution_id = :institution_id AND sitting_id = :sitting_id
RETURNING registration_id, room_id, number
""")

_RELEASE = text(f"""
DELETE FROM seats AS seat WHERE seat.institution_id = :institution_id AND seat.sitting_id = :sitting_id
    AND NOT EXISTS (SELECT FROM ({reading.WANTED}) AS wanted WHERE wanted.registration_id = seat.registration_id)
RETURNING seat.registration_id, seat.room_id, seat.number
""")

_SHORT = text(f"""
SELECT (SELECT count(*) FROM ({reading.WANTED}) AS wanted) AS candidates, count(*) AS seats,
    count(DISTINCT room_id) AS rooms FROM ({reading.OFFERED}) AS offered
""")

_NUMBERS = text("""
SELECT id, admission_number FROM registrations
WHERE institution_id = :institution_id AND id = ANY(CAST(:ids AS uuid[]))
""")
_ROOM_CODES = text(
    "SELECT id, code FROM rooms WHERE institution_id = :institution_id AND id = ANY(CAST(:ids AS uuid[]))"
)

Place = tuple[UUID, int]
"""A room, and a seat in it."""
Places = Mapping[UUID, Place]


def _giving_out(order: SeatingOrder, filling: RoomFilling) -> TextClause:
    return text(
        _GIVE_OUT.format(
            offered=reading.OFFERED,
            wanted=reading.WANTED,
            order=rules.ORDERS[order],
            filling=rules.FILLINGS[filling],
        )
    )


async def arrange_seats(
    session: AsyncSession, actor: Actor, *, sitting_id: UUID, wish: SeatingIn, if_match: str | None, only: bool
) -> SeatingChangeOut:
    """Give everybody of a sitting a seat by new rules, whatever was before; with `only` it is taken back again."""
    sitting, arrangement = await _lock(session, actor, sitting_id, "arrange", if_match)
    async with rehearsal(session) if only else nullcontext():
        before = _places((await session.execute(_CLEAR, reading.of_sitting(sitting))).all())
        arrangement = await _write_down(session, actor, sitting, arrangement, wish)
        given = await _give_out(session, sitting, arrangement)
        after = {row.registration_id: (row.room_id, row.number) for row in given}
        return await _told(session, actor, sitting, arrangement, before, after, deed="arrange_seats", only=only)


async def rearrange_seats(
    session: AsyncSession, actor: Actor, *, sitting_id: UUID, if_match: str | None, only: bool
) -> SeatingChangeOut:
    """Bring an arrangement up to date: who lost a seat is moved, who is new is seated, who is out gives theirs up."""
    sitting, arrangement = await _lock(session, actor, sitting_id, "rearrange", if_match)
    if arrangement is None:
        raise NotSeated
    async with rehearsal(session) if only else nullcontext():
        kept = _places(await reading.list_people(session, sitting))
        released = _places((await session.execute(_RELEASE, reading.of_sitting(sitting))).all())
        given = await _give_out(session, sitting, arrangement)
        after = {who: place for who, place in kept.items() if who not in released}
        after |= {row.registration_id: (row.room_id, row.number) for row in given}
        if given or released:
            arrangement.revision += 1
            await session.flush()
        return await _told(session, actor, sitting, arrangement, kept, after, deed="rearrange_seats", only=only)


async def _lock(
    session: AsyncSession, actor: Actor, sitting_id: UUID, deed: str, if_match: str | None
) -> tuple[ExamSitting, SeatArrangement | None]:
    """Lock a sitting, so that one arranges at a time and nobody joins meanwhile, and see that its state is known."""
    sitting = await queries.get_sitting(session, actor, sitting_id, lock=True)
    if sitting.cancelled_at is not None:
        raise SittingCancelled
    arrangement = await reading.find_arrangement(session, sitting, lock=True)
    etags.check(await reading.tell_seating(session, actor, sitting), if_match=if_match)
    if deed == "arrange" and arrangement is not None and arrangement.printed_at is not None:
        raise TicketsHandedOut(printed_at=arrangement.printed_at.isoformat())
    rules.SEATING.target_of(deed, state=rules.state_of(arrangement))
    return sitting, arrangement


async def _write_down(
    session: AsyncSession, actor: Actor, sitting: ExamSitting, arrangement: SeatArrangement | None, wish: SeatingIn
) -> SeatArrangement:
    if arrangement is None:
        arrangement = SeatArrangement(institution_id=sitting.institution_id, sitting_id=sitting.id, revision=0)
        session.add(arrangement)
    arrangement.seating_order, arrangement.room_filling = wish.seating_order, wish.room_filling
    arrangement.seed, arrangement.revision = wish.seed, arrangement.revision + 1
    arrangement.arranged_at, arrangement.arranged_by = clock.now(), actor.id
    await session.flush()
    return arrangement


async def _give_out(
    session: AsyncSession, sitting: ExamSitting, arrangement: SeatArrangement
) -> list[Row[*tuple[Any, ...]]]:
    bound = reading.of_sitting(sitting)
    short = (await session.execute(_SHORT, bound)).one()
    if short.candidates > short.seats:
        raise SeatsShort(
            candidates=short.candidates,
            rooms=short.rooms,
            seats=short.seats,
            missing=short.candidates - short.seats,
        )
    statement = _giving_out(SeatingOrder(arrangement.seating_order), RoomFilling(arrangement.room_filling))
    return list((await session.execute(statement, bound | {"seed": str(arrangement.seed)})).all())


def _places(rows: Any) -> dict[UUID, Place]:  # noqa: ANN401 - rows of several statements
    return {row.registration_id: (row.room_id, row.number) for row in rows}


async def _told(
    session: AsyncSession,
    actor: Actor,
    sitting: ExamSitting,
    arrangement: SeatArrangement,
    before: Places,
    after: Places,
    *,
    deed: str,
    only: bool,
) -> SeatingChangeOut:
    """Put the change on record, and tell who is concerned by it."""
    counts = {
        "stayed": sum(before.get(who) == place for who, place in after.items()),
        "seated": len(after.keys() - before.keys()),
        "moved": sum(who in before and before[who] != place for who, place in after.items()),
        "removed": len(before.keys() - after.keys()),
    }
    await audit.record(
        session,
        actor,
        deed,
        institution_id=sitting.institution_id,
        object_kind="exam_sitting",
        object_id=sitting.id,
        detail=counts
        | {
            "revision": arrangement.revision,
            "seating_order": arrangement.seating_order,
            "room_filling": arrangement.room_filling,
            "seed": arrangement.seed,
        },
    )
    if arrangement.printed_at is not None and not only:
        # Before tickets are handed out nobody knows of a seat.
        moved = [who for who, place in after.items() if who in before and before[who] != place]
        await exams.tell_of_seats(
            session, exams.SEAT_MOVED, institution_id=sitting.institution_id, registration_ids=moved
        )
    if await reading.is_whole_plan_ready(session, sitting, printed=False):
        whose = {"institution_id": sitting.institution_id, "plan_id": sitting.exam_plan_id}
        await exams.note_task_done(session, actor, kind=PlanTaskKind.ARRANGE_SEATS, **whose)
    return SeatingChangeOut(
        seating=await reading.tell_seating(session, actor, sitting),
        changes=await _changes(session, sitting, before, after),
        validated_only=only,
        **counts,
    )


async def _changes(session: AsyncSession, sitting: ExamSitting, before: Places, after: Places) -> list[MovedOut]:
    """Name those who had a seat and now have another or none."""
    concerned = [who for who, place in before.items() if after.get(who) != place]
    within = {"institution_id": sitting.institution_id}
    numbers = {row.id: row.admission_number for row in await session.execute(_NUMBERS, within | {"ids": concerned})}
    rooms = {room for places in (before, after) for room, _ in places.values()}
    codes = {row.id: row.code for row in await session.execute(_ROOM_CODES, within | {"ids": list(rooms)})}

    def told(place: Place | None) -> PlaceOut | None:
        return PlaceOut(room_id=place[0], room_code=codes[place[0]], number=place[1]) if place else None

    return [
        MovedOut(registration_id=who, admission_number=numbers[who], was=told(before[who]), now=told(after.get(who)))
        for who in sorted(concerned, key=lambda who: numbers[who])[:MOVES_TOLD]
    ]
