"""Giving seats: whoever was accepted gets one or waits, and who waits is offered what becomes free, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import Told
from x_pilot_api.core.db import write
from x_pilot_api.exams.commands import charging, guaranteeing, telling
from x_pilot_api.exams.errors import SeatsGone
from x_pilot_api.exams.models import ExamPlan, RegistrationState
from x_pilot_api.exams.rules import registration_life, waiting
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.exams.rules.waiting import Period, Seats, Seeker

_S = RegistrationState

# Locked in the order of their ids; what is free is then read, and nobody else takes any of it meanwhile.
_LOCK = text("""
SELECT sitting.id, sitting.certificate_level_id, sitting.starts_at, sitting.ends_at,
    sitting.seats - sitting.taken AS free, CASE WHEN NOT site.is_shared THEN site.college_id END AS college_id,
    sitting.starts_at > :at AND EXISTS (
        SELECT FROM site_levels AS approved
        WHERE approved.institution_id = sitting.institution_id AND approved.site_id = sitting.site_id
            AND approved.certificate_level_id = sitting.certificate_level_id AND approved.state = 'approved'
            AND CAST(sitting.starts_at AT TIME ZONE :timezone AS date)
                BETWEEN approved.valid_from AND approved.valid_to) AS is_open
FROM exam_sittings AS sitting
JOIN assessment_sites AS site ON site.institution_id = sitting.institution_id AND site.id = sitting.site_id
WHERE sitting.institution_id = :institution_id AND sitting.exam_plan_id = :exam_plan_id
    AND sitting.cancelled_at IS NULL
ORDER BY sitting.id FOR NO KEY UPDATE OF sitting
""")

# Who was accepted before there were sittings comes first; then all by the time of their wish.
_SEEKERS = text("""
SELECT id, candidate_id, certificate_level_id, college_id, wished_sitting_id, state, participation_id
FROM registrations
WHERE institution_id = :institution_id AND exam_plan_id = :exam_plan_id AND sitting_id IS NULL
    AND certificate_level_id = ANY(CAST(:level_ids AS uuid[]))
    AND (state IN ('waiting', 'accepted', 'locked') OR id = ANY(CAST(:fresh AS uuid[])))
ORDER BY state IN ('waiting', 'confirmed'), wished_at, id
""")

_BUSY = text("""
SELECT registration.candidate_id, sitting.starts_at, sitting.ends_at FROM registrations AS registration
JOIN exam_sittings AS sitting ON sitting.institution_id = registration.institution_id
    AND sitting.id = registration.sitting_id AND sitting.cancelled_at IS NULL
WHERE registration.institution_id = :institution_id AND registration.candidate_id = ANY(CAST(:candidates AS uuid[]))
    AND registration.state IN ('offered', 'accepted', 'locked')
""")

_MOVE = text("""
UPDATE registrations AS registration
SET state = move.state, sitting_id = move.sitting_id, offered_until = move.offered_until,
    participation_id = coalesce(move.participation_id, registration.participation_id),
    admission_number = coalesce(registration.admission_number,
        CAST(:plan_code AS text) || '-' || lpad(move.serial, greatest(5, length(move.serial)), '0')),
    accepted_at = CASE WHEN move.state = 'accepted' THEN coalesce(registration.accepted_at, :at)
        ELSE registration.accepted_at END,
    changed_at = :at
FROM unnest(CAST(:ids AS uuid[]), CAST(:states AS text[]), CAST(:sitting_ids AS uuid[]),
        CAST(:deadlines AS timestamptz[]), CAST(:participation_ids AS uuid[]), CAST(:serials AS text[]))
    AS move (id, state, sitting_id, offered_until, participation_id, serial)
WHERE registration.institution_id = :institution_id AND registration.id = move.id
""")

_TAKE = text("""
UPDATE exam_sittings AS sitting SET taken = sitting.taken + wish.seats
FROM unnest(CAST(:ids AS uuid[]), CAST(:seats AS bigint[])) AS wish (id, seats)
WHERE sitting.institution_id = :institution_id AND sitting.id = wish.id
    AND sitting.taken + wish.seats BETWEEN 0 AND sitting.seats
""")


# Who had a seat in a sitting that is not held needs another one, wherever they wished to sit.
_VACATE = text("""
UPDATE registrations AS registration
SET sitting_id = NULL, offered_until = NULL, changed_at = :at,
    state = CASE WHEN registration.state = 'offered' THEN 'waiting' ELSE registration.state END,
    wished_sitting_id = CASE WHEN wished.cancelled_at IS NULL THEN registration.wished_sitting_id END
FROM registrations AS held
LEFT JOIN exam_sittings AS sitting ON sitting.institution_id = held.institution_id AND sitting.id = held.sitting_id
LEFT JOIN exam_sittings AS wished ON wished.institution_id = held.institution_id AND wished.id = held.wished_sitting_id
WHERE held.institution_id = :institution_id AND held.exam_plan_id = :exam_plan_id
    AND held.state IN ('waiting', 'offered', 'accepted', 'locked')
    AND (sitting.cancelled_at IS NOT NULL OR held.state = 'waiting' AND wished.cancelled_at IS NOT NULL)
    AND registration.institution_id = held.institution_id AND registration.id = held.id
RETURNING registration.id, held.sitting_id IS NOT NULL AS had_a_seat
""")

_EMPTIED = text("""
UPDATE exam_sittings SET taken = 0
WHERE institution_id = :institution_id AND exam_plan_id = :exam_plan_id AND cancelled_at IS NOT NULL AND taken > 0
""")


@dataclass(frozen=True)
class Fresh:
    """A registration that the college says yes to just now, and the quota it counts against."""

    id: UUID
    certificate_level_id: UUID
    participation_id: UUID | None


@dataclass(frozen=True)
class Move:
    """What becomes of one registration."""

    id: UUID
    state: str
    seats: Seats | None
    offered_until: datetime | None = None
    participation_id: UUID | None = None
    serial: str | None = None


async def seat(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, fresh: Sequence[Fresh], terms: Terms
) -> list[Move]:
    """Seat those who are accepted now, and offer what is left to those who wait; all by the time of their wish.

    The plan and the persons are locked by the caller. Without sittings of its level nobody needs a seat.
    """
    seats = await _lock_sittings(session, plan, terms)
    limited = {row.certificate_level_id for row in seats}
    seekers: list[Seeker] = []
    if any(row.free > 0 for row in seats):
        seekers = await _seekers(session, plan, limited, fresh)
    placed = waiting.place(seekers, [row for row in seats if row.free > 0], await _busy(session, plan, seekers))
    moves = [*_accepting(plan, fresh, limited, placed), *_offering(seekers, fresh, placed, terms)]
    await _apply(session, actor, plan, moves, terms)
    await _record_offers(session, actor, plan, moves)
    new = {each.id for each in fresh}
    moved = [move.id for move in moves if move.state in _HOLDING and move.seats is not None and move.id not in new]
    await telling.tell_of_seats(session, telling.SEAT_MOVED, institution_id=plan.institution_id, registration_ids=moved)
    return moves


_HOLDING = frozenset({_S.ACCEPTED, _S.LOCKED})


async def _lock_sittings(session: AsyncSession, plan: ExamPlan, terms: Terms) -> list[Seats]:
    found = await session.execute(
        _LOCK,
        {
            "institution_id": plan.institution_id,
            "exam_plan_id": plan.id,
            "at": terms.at,
            "timezone": terms.timezone,
        },
    )
    seats = [
        Seats(
            sitting_id=row.id,
            certificate_level_id=row.certificate_level_id,
            college_id=row.college_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            free=row.free if row.is_open else 0,
        )
        for row in found.all()
    ]
    return sorted(seats, key=lambda each: (each.starts_at, each.sitting_id))


async def _seekers(session: AsyncSession, plan: ExamPlan, levels: set[UUID], fresh: Sequence[Fresh]) -> list[Seeker]:
    values: dict[str, Any] = {
        "institution_id": plan.institution_id,
        "exam_plan_id": plan.id,
        "level_ids": sorted(levels),
        "fresh": [each.id for each in fresh],
    }
    return [
        Seeker(
            registration_id=row.id,
            candidate_id=row.candidate_id,
            certificate_level_id=row.certificate_level_id,
            college_id=row.college_id,
            sitting_id=row.wished_sitting_id,
            state=row.state,
        )
        for row in (await session.execute(_SEEKERS, values)).all()
    ]


async def _busy(session: AsyncSession, plan: ExamPlan, seekers: Sequence[Seeker]) -> Mapping[UUID, list[Period]]:
    busy: dict[UUID, list[Period]] = {}
    if seekers:
        candidates = sorted({seeker.candidate_id for seeker in seekers})
        found = await session.execute(_BUSY, {"institution_id": plan.institution_id, "candidates": candidates})
        for row in found.all():
            busy.setdefault(row.candidate_id, []).append((row.starts_at, row.ends_at))
    return busy


def _accepting(plan: ExamPlan, fresh: Sequence[Fresh], limited: set[UUID], placed: Mapping[UUID, Seats]) -> list[Move]:
    """Give a number to those who get a seat, or need none; let the others wait."""
    moves: list[Move] = []
    for each in fresh:
        seats = placed.get(each.id)
        if seats is None and each.certificate_level_id in limited:
            moves.append(Move(each.id, _S.WAITING, None, participation_id=each.participation_id))
            continue
        plan.last_serial += 1
        moves.append(
            Move(each.id, _S.ACCEPTED, seats, participation_id=each.participation_id, serial=str(plan.last_serial))
        )
    return moves


def _offering(
    seekers: Sequence[Seeker], fresh: Sequence[Fresh], placed: Mapping[UUID, Seats], terms: Terms
) -> list[Move]:
    """Offer seats to who waited before; who was accepted before there were sittings simply has one now."""
    new = {each.id for each in fresh}
    moves: list[Move] = []
    for seeker in seekers:
        seats = placed.get(seeker.registration_id)
        if seats is None or seeker.registration_id in new:
            continue
        if seeker.state == _S.WAITING:
            until = waiting.offer_ends_at(seats, at=terms.at, hours=terms.offer_hours)
            moves.append(Move(seeker.registration_id, _S.OFFERED, seats, offered_until=until))
        else:
            moves.append(Move(seeker.registration_id, seeker.state, seats))
    return moves


async def _apply(session: AsyncSession, actor: Actor, plan: ExamPlan, moves: Sequence[Move], terms: Terms) -> None:
    if not moves:
        return
    counts: dict[UUID, int] = {}
    for move in moves:
        if move.seats is not None:
            counts[move.seats.sitting_id] = counts.get(move.seats.sitting_id, 0) + 1
    await take_seats(session, plan, counts)
    values: dict[str, Any] = {
        "institution_id": plan.institution_id,
        "plan_code": plan.code,
        "at": terms.at,
        "ids": [move.id for move in moves],
        "states": [str(move.state) for move in moves],
        "sitting_ids": [move.seats.sitting_id if move.seats else None for move in moves],
        "deadlines": [move.offered_until for move in moves],
        "participation_ids": [move.participation_id for move in moves],
        "serials": [move.serial for move in moves],
    }
    await session.flush()
    await session.execute(_MOVE, values)
    seated = [move.id for move in moves if move.state != _S.WAITING]
    await guaranteeing.reserve(session, actor, plan=plan, registration_ids=seated)
    locked = [move.id for move in moves if move.state == _S.LOCKED]
    await charging.charge_seated_anew(session, actor, plan=plan, registration_ids=locked)


async def vacate_cancelled(session: AsyncSession, plan: ExamPlan, terms: Terms) -> dict[UUID, bool]:
    """Let go of the seats of sittings that are not held; tell which registrations that concerns and who had a seat."""
    values = {"institution_id": plan.institution_id, "exam_plan_id": plan.id}
    vacated = (await session.execute(_VACATE, values | {"at": terms.at})).all()
    await session.execute(_EMPTIED, values)
    return {row.id: row.had_a_seat for row in vacated}


async def take_seats(session: AsyncSession, plan: ExamPlan, counts: Mapping[UUID, int]) -> None:
    """Take seats of sittings, or give them back; the statement itself takes none that is not there."""
    if not counts:
        return
    values = {
        "institution_id": plan.institution_id,
        "ids": sorted(counts),
        "seats": [counts[each] for each in sorted(counts)],
    }
    if await write(session, _TAKE, values) != len(counts):
        raise SeatsGone(sittings=len(counts))


async def _record_offers(session: AsyncSession, actor: Actor, plan: ExamPlan, moves: Sequence[Move]) -> None:
    offers = {
        move.id: Told({"sitting_id": str(move.seats.sitting_id), "until": move.offered_until.isoformat()})
        for move in moves
        if move.state == _S.OFFERED and move.seats is not None and move.offered_until is not None
    }
    await audit.record_each(
        session,
        actor,
        "offer_seat",
        institution_id=plan.institution_id,
        object_kind=registration_life.AUDIT_KIND,
        objects=offers,
    )
    await telling.tell_of_seats(
        session, telling.SEAT_OFFERED, institution_id=plan.institution_id, registration_ids=list(offers)
    )
