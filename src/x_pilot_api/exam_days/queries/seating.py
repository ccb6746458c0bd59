"""Reading who sits where, and whether that still fits."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Malformed
from x_pilot_api.core.pagination import PageWish, token_after
from x_pilot_api.exam_days.models import SeatArrangement
from x_pilot_api.exam_days.rules import seating as rules
from x_pilot_api.exam_days.schemas import ExamSeatOut, SeatedRoomOut, SeatingOut
from x_pilot_api.exams.models import ExamSitting

_STATES = ", ".join(f"'{state}'" for state in rules.SEATED_STATES)

OFFERED = """
    SELECT used.room_id, room.code AS room_code, number
    FROM sitting_rooms AS used
    JOIN rooms AS room ON room.institution_id = used.institution_id AND room.id = used.room_id AND room.is_open
    CROSS JOIN LATERAL generate_series(1, used.seats) AS number
    WHERE used.institution_id = :institution_id AND used.sitting_id = :sitting_id AND NOT used.is_released
"""
"""Every seat of a sitting that a candidate can be given."""

WANTED = f"""
    SELECT registration.id AS registration_id, registration.admission_number, registration.candidate_id,
        registration.college_id
    FROM registrations AS registration
    WHERE registration.institution_id = :institution_id AND registration.sitting_id = :sitting_id
        AND registration.state IN ({_STATES})
"""
"""Every registration that is to have one."""

_FIGURES = text(f"""
WITH offered AS ({OFFERED}), wanted AS ({WANTED}), held AS (
    SELECT seat.registration_id, seat.room_id, seat.number FROM seats AS seat
    WHERE seat.institution_id = :institution_id AND seat.sitting_id = :sitting_id)
SELECT (SELECT count(*) FROM wanted) AS candidates,
    (SELECT count(*) FROM wanted WHERE NOT EXISTS (
        SELECT FROM held JOIN offered USING (room_id, number)
        WHERE held.registration_id = wanted.registration_id)) AS unseated,
    (SELECT count(*) FROM held WHERE NOT EXISTS (
        SELECT FROM wanted WHERE wanted.registration_id = held.registration_id)) AS stale
""")

_ROOMS = text(f"""
WITH offered AS ({OFFERED})
SELECT room.id AS room_id, room.code, room.name,
    (SELECT count(*) FROM offered WHERE offered.room_id = room.id) AS seats,
    (SELECT count(*) FROM seats AS seat WHERE seat.institution_id = :institution_id
        AND seat.sitting_id = :sitting_id AND seat.room_id = room.id) AS taken
FROM rooms AS room
WHERE room.institution_id = :institution_id AND room.id IN (
    SELECT room_id FROM offered UNION SELECT room_id FROM seats
    WHERE institution_id = :institution_id AND sitting_id = :sitting_id)
ORDER BY room.code, room.id
""")

PEOPLE = """
SELECT seat.registration_id, registration.admission_number, candidate.name, document.masked_number,
    college.name AS college_name, student.class_name, seat.room_id, room.code AS room_code, room.name AS room_name,
    seat.number, seat.edition
FROM seats AS seat
JOIN registrations AS registration ON registration.institution_id = seat.institution_id
    AND registration.id = seat.registration_id
JOIN candidates AS candidate ON candidate.institution_id = seat.institution_id
    AND candidate.id = registration.candidate_id
JOIN identity_documents AS document ON document.institution_id = seat.institution_id
    AND document.id = candidate.identity_document_id
JOIN colleges AS college ON college.institution_id = seat.institution_id AND college.id = registration.college_id
LEFT JOIN students AS student ON student.institution_id = seat.institution_id AND student.id = candidate.student_id
JOIN rooms AS room ON room.institution_id = seat.institution_id AND room.id = seat.room_id
WHERE seat.institution_id = :institution_id AND seat.sitting_id = :sitting_id
"""
"""Who sits where, with what the lists say of them."""

_SEATS = text(f"""{PEOPLE}
    AND (room.code, room.id, seat.number) > (CAST(:code AS text), CAST(:room_id AS uuid), CAST(:number AS bigint))
ORDER BY room.code, room.id, seat.number LIMIT :size
""")

_OPEN_SITTINGS = text("""
SELECT count(*) FROM exam_sittings AS sitting
LEFT JOIN seat_arrangements AS arrangement ON arrangement.institution_id = sitting.institution_id
    AND arrangement.sitting_id = sitting.id
WHERE sitting.institution_id = :institution_id AND sitting.exam_plan_id = :exam_plan_id
    AND sitting.cancelled_at IS NULL
    AND (arrangement.sitting_id IS NULL OR CAST(:printed AS boolean) AND arrangement.printed_at IS NULL)
""")

_BEGINNING = ("", str(UUID(int=0)), "0")


def of_sitting(sitting: ExamSitting) -> dict[str, Any]:
    """Bind a sitting to a statement."""
    return {"institution_id": sitting.institution_id, "sitting_id": sitting.id}


async def find_arrangement(
    session: AsyncSession, sitting: ExamSitting, *, lock: bool = False
) -> SeatArrangement | None:
    """Read a sitting's arrangement, if there is one."""
    wanted = select(SeatArrangement).where(
        SeatArrangement.institution_id == sitting.institution_id, SeatArrangement.sitting_id == sitting.id
    )
    return await session.scalar(wanted.with_for_update() if lock else wanted)


async def figures_of(session: AsyncSession, sitting: ExamSitting) -> Row[*tuple[Any, ...]]:
    """Count candidates, those without a seat, and seats held by somebody who is out."""
    return (await session.execute(_FIGURES, of_sitting(sitting))).one()


async def tell_seating(session: AsyncSession, actor: Actor, sitting: ExamSitting) -> SeatingOut:
    """Tell how the seating of a sitting stands."""
    arrangement = await find_arrangement(session, sitting)
    figures = await figures_of(session, sitting)
    rooms = await session.execute(_ROOMS, of_sitting(sitting))
    return SeatingOut(
        sitting_id=sitting.id,
        state=rules.state_of(arrangement),
        seating_order=_or_none(arrangement, "seating_order"),
        room_filling=_or_none(arrangement, "room_filling"),
        seed=_or_none(arrangement, "seed"),
        revision=arrangement.revision if arrangement else 0,
        arranged_at=_or_none(arrangement, "arranged_at"),
        printed_at=_or_none(arrangement, "printed_at"),
        candidates=figures.candidates,
        unseated=figures.unseated,
        stale=figures.stale,
        rooms=[SeatedRoomOut.model_validate(row, from_attributes=True) for row in rooms.all()],
        allowed_deeds=[] if sitting.cancelled_at else rules.allowed_deeds(actor, arrangement),
    )


def _or_none(arrangement: SeatArrangement | None, name: str) -> Any:  # noqa: ANN401 - a column of any type
    return None if arrangement is None else getattr(arrangement, name)


async def list_seats(
    session: AsyncSession, sitting: ExamSitting, *, wish: PageWish
) -> tuple[list[ExamSeatOut], str | None]:
    """List a sitting's seats room by room."""
    code, room_id, number = _after(wish)
    values = of_sitting(sitting) | {"code": code, "room_id": room_id, "number": number, "size": wish.size + 1}
    rows = (await session.execute(_SEATS, values)).all()
    items = [_seat(row) for row in rows[: wish.size]]
    if len(rows) <= wish.size:
        return items, None
    last = items[-1]
    return items, token_after(last.room_code, str(last.room_id), str(last.number))


def _after(wish: PageWish) -> tuple[str, UUID, int]:
    try:
        code, room_id, number = wish.after or _BEGINNING
        return code, UUID(room_id), int(number)
    except ValueError:
        raise Malformed(what="page_token") from None


def _seat(row: Row[*tuple[Any, ...]]) -> ExamSeatOut:
    return ExamSeatOut(
        registration_id=row.registration_id,
        admission_number=row.admission_number,
        name=row.name,
        masked_document_number=row.masked_number,
        college_name=row.college_name,
        class_name=row.class_name,
        room_id=row.room_id,
        room_code=row.room_code,
        room_name=row.room_name,
        number=row.number,
        edition=row.edition,
    )


async def list_people(session: AsyncSession, sitting: ExamSitting) -> Sequence[Row[*tuple[Any, ...]]]:
    """Read everybody who has a seat in a sitting, room by room."""
    ordered = text(f"{PEOPLE} ORDER BY room.code, room.id, seat.number")
    return (await session.execute(ordered, of_sitting(sitting))).all()


async def is_whole_plan_ready(session: AsyncSession, sitting: ExamSitting, *, printed: bool) -> bool:
    """Tell whether each sitting of the plan is arranged, or even printed."""
    which = {"institution_id": sitting.institution_id, "exam_plan_id": sitting.exam_plan_id, "printed": printed}
    return (await session.execute(_OPEN_SITTINGS, which)).scalar_one() == 0
