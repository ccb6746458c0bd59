"""Reading who was there."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.pagination import PageWish, text_after, token_after
from x_pilot_api.exam_days.models import CheckInDevice, Conflict
from x_pilot_api.exam_days.queries import seating
from x_pilot_api.exam_days.schemas import AttendanceFiguresOut, AttendanceOut, AttendanceRoomOut, ListedCandidateOut
from x_pilot_api.exams.models import ExamSitting

_FIGURES = text("""
SELECT room.id AS room_id, room.code, count(*) AS seated,
    count(*) FILTER (WHERE attendance.state = 'present') AS present,
    count(*) FILTER (WHERE attendance.state = 'absent') AS absent,
    count(*) FILTER (WHERE attendance.state = 'disputed') AS disputed,
    count(*) FILTER (WHERE attendance.state IS NULL) AS unrecorded
FROM seats AS seat
JOIN rooms AS room ON room.institution_id = seat.institution_id AND room.id = seat.room_id
LEFT JOIN attendances AS attendance ON attendance.institution_id = seat.institution_id
    AND attendance.registration_id = seat.registration_id AND attendance.sitting_id = seat.sitting_id
WHERE seat.institution_id = :institution_id AND seat.sitting_id = :sitting_id
GROUP BY room.id, room.code ORDER BY room.code, room.id
""")

_DEVICES = text("""
SELECT count(*) FROM check_in_devices WHERE institution_id = :institution_id AND sitting_id = :sitting_id
""")

_ATTENDANCES = text("""
SELECT attendance.registration_id, registration.admission_number, candidate.name, attendance.state,
    attendance.seen_at, attendance.seen_at > CAST(:starts_at AS timestamptz) AS is_late, attendance.settled_at,
    attendance.reason,
    ARRAY(SELECT DISTINCT check_in.conflict FROM check_ins AS check_in
        WHERE check_in.institution_id = attendance.institution_id
            AND check_in.registration_id = attendance.registration_id
            AND check_in.conflict IS NOT NULL AND check_in.settled_at IS NULL
        ORDER BY check_in.conflict) AS conflicts
FROM attendances AS attendance
JOIN registrations AS registration ON registration.institution_id = attendance.institution_id
    AND registration.id = attendance.registration_id
JOIN candidates AS candidate ON candidate.institution_id = attendance.institution_id
    AND candidate.id = registration.candidate_id
WHERE attendance.institution_id = :institution_id AND attendance.sitting_id = :sitting_id
    AND (CAST(:state AS text) IS NULL OR attendance.state = :state)
    AND (CAST(:registration_id AS uuid) IS NULL OR attendance.registration_id = :registration_id)
    AND registration.admission_number > :after
ORDER BY registration.admission_number LIMIT :size
""")


async def get_device(session: AsyncSession, sitting: ExamSitting, device_id: UUID) -> CheckInDevice:
    """Read one device that has a sitting's list."""
    wanted = select(CheckInDevice).where(
        CheckInDevice.institution_id == sitting.institution_id,
        CheckInDevice.sitting_id == sitting.id,
        CheckInDevice.id == device_id,
    )
    return await lookups.get_one(session, wanted, what="device", zh="签到设备")


async def list_candidates(session: AsyncSession, sitting: ExamSitting) -> list[ListedCandidateOut]:
    """List everybody who has a seat in a sitting, as a device takes it along."""
    return [
        ListedCandidateOut(
            registration_id=row.registration_id,
            admission_number=row.admission_number,
            name=row.name,
            masked_document_number=row.masked_number,
            room_id=row.room_id,
            room_code=row.room_code,
            number=row.number,
            edition=row.edition,
        )
        for row in await seating.list_people(session, sitting)
    ]


async def tell_figures(session: AsyncSession, sitting: ExamSitting) -> AttendanceFiguresOut:
    """Count who was there, of a sitting and room by room."""
    bound = seating.of_sitting(sitting)
    found = await session.execute(_FIGURES, bound)
    rooms = [AttendanceRoomOut.model_validate(row, from_attributes=True) for row in found.all()]
    seated, present = sum(room.seated for room in rooms), sum(room.present for room in rooms)
    return AttendanceFiguresOut(
        sitting_id=sitting.id,
        seated=seated,
        present=present,
        absent=sum(room.absent for room in rooms),
        disputed=sum(room.disputed for room in rooms),
        unrecorded=sum(room.unrecorded for room in rooms),
        attendance_rate=_percent(present, seated),
        devices=(await session.execute(_DEVICES, bound)).scalar_one(),
        rooms=rooms,
    )


def _percent(part: int, whole: int) -> str | None:
    if not whole:
        return None
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


async def list_attendances(
    session: AsyncSession, sitting: ExamSitting, *, state: str | None, wish: PageWish
) -> tuple[list[AttendanceOut], str | None]:
    """List those of whom something was recorded, by admission number."""
    rows = await _attendances(session, sitting, state=state, after=text_after(wish), size=wish.size + 1)
    items = [_told(row) for row in rows[: wish.size]]
    return items, token_after(items[-1].admission_number) if len(rows) > wish.size else None


async def tell_attendance(session: AsyncSession, sitting: ExamSitting, registration_id: UUID) -> AttendanceOut | None:
    """Tell what was recorded of one candidate, if anything was."""
    rows = await _attendances(session, sitting, registration_id=registration_id)
    return _told(rows[0]) if rows else None


async def _attendances(
    session: AsyncSession,
    sitting: ExamSitting,
    *,
    state: str | None = None,
    registration_id: UUID | None = None,
    after: str = "",
    size: int = 1,
) -> list[Row[*tuple[Any, ...]]]:
    values = {"state": state, "registration_id": registration_id, "after": after, "size": size}
    bound = seating.of_sitting(sitting) | {"starts_at": sitting.starts_at}
    return list((await session.execute(_ATTENDANCES, bound | values)).all())


def _told(row: Row[*tuple[Any, ...]]) -> AttendanceOut:
    return AttendanceOut(
        registration_id=row.registration_id,
        admission_number=row.admission_number,
        name=row.name,
        state=row.state,
        seen_at=row.seen_at,
        is_late=row.is_late,
        conflicts=[Conflict(code) for code in row.conflicts],
        settled_at=row.settled_at,
        reason=row.reason,
    )
