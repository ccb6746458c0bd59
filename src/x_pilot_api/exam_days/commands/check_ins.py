"""Checking in: a device takes the list along, records offline, and sends what it recorded as often as it takes."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, codes, languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.codes import CodeKey, CodeUnsound
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exam_days import queries
from x_pilot_api.exam_days.errors import CheckInNotOpen, NothingToSettle, NotSeated, SittingCancelled
from x_pilot_api.exam_days.models import AttendanceState, CheckInDevice
from x_pilot_api.exam_days.queries import check_ins as reading
from x_pilot_api.exam_days.queries import papers, seating
from x_pilot_api.exam_days.rules import check_ins as rules
from x_pilot_api.exam_days.rules import tickets
from x_pilot_api.exam_days.rules.tickets import TicketUnreadable
from x_pilot_api.exam_days.schemas import (
    AttendanceOut,
    AttendanceSettlementIn,
    CheckInIn,
    CheckInListOut,
    CheckInOutcomeOut,
    CheckInsIn,
    CheckInsOut,
    DeviceIn,
)
from x_pilot_api.exams.commands import guaranteeing
from x_pilot_api.exams.models import ExamSitting

LISTED_BEFORE = timedelta(hours=24)
"""How long before the sitting its list is given out."""
_CALM = 5.0
"""Seconds by which clocks differ without anybody minding."""

# A device never contradicts itself: what it says later is a correction. Another device's word against it, a wrong
# room, or a word against a person's settlement waits for a person.
_TAKE = text("""
WITH sent AS (
    SELECT * FROM unnest(CAST(:nonces AS uuid[]), CAST(:registration_ids AS uuid[]), CAST(:room_ids AS uuid[]),
        CAST(:claims AS text[]), CAST(:editions AS int[]), CAST(:seen AS timestamptz[])) WITH ORDINALITY
        AS sent (nonce, registration_id, room_id, claim, edition, seen_at, place)
), judged AS (
    SELECT sent.*, seat.room_id AS own_room_id, CASE
        WHEN known.id IS NOT NULL AND (known.device_id, known.registration_id, known.room_id, known.claim)
            IS NOT DISTINCT FROM (CAST(:device_id AS uuid), sent.registration_id, sent.room_id, sent.claim)
            THEN 'unchanged'
        WHEN known.id IS NOT NULL THEN 'check_in_nonce_reused'
        WHEN seat.registration_id IS NULL THEN 'candidate_not_in_sitting'
        WHEN used.room_id IS NULL THEN 'room_not_in_sitting'
        WHEN sent.edition <> seat.edition THEN 'ticket_outdated' END AS verdict
    FROM sent
    LEFT JOIN check_ins AS known ON known.institution_id = :institution_id AND known.nonce = sent.nonce
    LEFT JOIN seats AS seat ON seat.institution_id = :institution_id AND seat.sitting_id = :sitting_id
        AND seat.registration_id = sent.registration_id
    LEFT JOIN sitting_rooms AS used ON used.institution_id = :institution_id AND used.sitting_id = :sitting_id
        AND used.room_id = sent.room_id
), weighed AS (
    SELECT judged.*, CASE
        WHEN judged.room_id <> judged.own_room_id THEN 'wrong_room'
        WHEN attendance.settled_at IS NOT NULL AND attendance.state <> judged.claim THEN 'contradicted'
        WHEN attendance.settled_at IS NULL AND others.opposed THEN 'contradicted'
        WHEN attendance.settled_at IS NULL AND others.agreed AND judged.claim = 'present' THEN 'two_devices'
        END AS conflict
    FROM judged
    LEFT JOIN attendances AS attendance ON attendance.institution_id = :institution_id
        AND attendance.registration_id = judged.registration_id
    LEFT JOIN LATERAL (
        SELECT bool_or(earlier.claim <> judged.claim) AS opposed, bool_or(earlier.claim = judged.claim) AS agreed
        FROM check_ins AS earlier
        WHERE earlier.institution_id = :institution_id AND earlier.sitting_id = :sitting_id
            AND earlier.registration_id = judged.registration_id AND earlier.device_id <> :device_id) AS others ON true
    WHERE judged.verdict IS NULL
), kept AS (
    INSERT INTO check_ins (institution_id, sitting_id, device_id, registration_id, room_id, nonce, claim, by_ticket,
        seen_at, skew_seconds, received_by, conflict)
    SELECT :institution_id, :sitting_id, :device_id, registration_id, room_id, nonce, claim, edition IS NOT NULL,
        seen_at, :skew_seconds, :received_by, conflict
    FROM weighed ORDER BY place
    ON CONFLICT (institution_id, nonce) DO NOTHING
    RETURNING id, registration_id, nonce, claim, seen_at, conflict
)
SELECT judged.nonce, judged.registration_id, kept.id, kept.claim, kept.seen_at, kept.conflict,
    coalesce(judged.verdict, CASE WHEN kept.id IS NULL THEN 'check_in_nonce_reused' END) AS verdict
FROM judged LEFT JOIN kept ON kept.nonce = judged.nonce ORDER BY judged.place
""")

# What is disputed stays so until a person has settled it, and what was settled until somebody says otherwise.
_FOLLOW = text("""
WITH latest AS (
    SELECT DISTINCT ON (check_in.registration_id) check_in.registration_id, check_in.id, check_in.claim,
        check_in.seen_at
    FROM check_ins AS check_in
    WHERE check_in.institution_id = :institution_id AND check_in.sitting_id = :sitting_id
        AND check_in.registration_id = ANY(CAST(:registration_ids AS uuid[]))
    ORDER BY check_in.registration_id, check_in.seen_at DESC, check_in.id DESC
), stated AS (
    SELECT latest.*, CASE WHEN EXISTS (
        SELECT FROM check_ins AS other WHERE other.institution_id = :institution_id
            AND other.registration_id = latest.registration_id AND other.conflict IS NOT NULL
            AND other.settled_at IS NULL) THEN 'disputed' ELSE latest.claim END AS state
    FROM latest
)
INSERT INTO attendances AS attendance (institution_id, registration_id, sitting_id, check_in_id, state, seen_at)
SELECT :institution_id, registration_id, :sitting_id, id, state, seen_at FROM stated
ON CONFLICT (institution_id, registration_id) DO UPDATE SET sitting_id = excluded.sitting_id,
    check_in_id = excluded.check_in_id, state = excluded.state, seen_at = excluded.seen_at, settled_by = NULL,
    settled_at = NULL, reason = NULL
WHERE attendance.settled_at IS NULL OR excluded.state = 'disputed'
""")

_STATES = text("""
SELECT registration_id, state FROM attendances WHERE institution_id = :institution_id
    AND registration_id = ANY(CAST(:registration_ids AS uuid[]))
""")

_SETTLE = text("""
WITH settled AS (
    UPDATE check_ins SET settled_at = :at, settled_by = :by
    WHERE institution_id = :institution_id AND sitting_id = :sitting_id AND registration_id = :registration_id
        AND conflict IS NOT NULL AND settled_at IS NULL
    RETURNING id
)
UPDATE attendances SET state = :state, settled_at = :at, settled_by = :by, reason = :reason
WHERE institution_id = :institution_id AND sitting_id = :sitting_id AND registration_id = :registration_id
RETURNING old.state AS was, (SELECT count(*) FROM settled) AS conflicts
""")


@dataclass(frozen=True)
class _Read:
    """One record as it is understood; a refused one has a code."""

    item: CheckInIn
    registration_id: UUID | None
    edition: int | None = None
    code: str | None = None


async def take_list(
    session: AsyncSession, actor: Actor, *, sitting_id: UUID, wish: DeviceIn, sealer: Sealer
) -> CheckInListOut:
    """Give a device the list of a sitting, and note that it has it."""
    sitting = await queries.get_sitting(session, actor, sitting_id)
    if sitting.cancelled_at is not None:
        raise SittingCancelled
    opens_at = sitting.starts_at - LISTED_BEFORE
    if clock.now() < opens_at:
        raise CheckInNotOpen(starts_at=sitting.starts_at.isoformat(), opens_at=opens_at.isoformat())
    arrangement = await seating.find_arrangement(session, sitting)
    if arrangement is None:
        raise NotSeated
    values = {
        "institution_id": sitting.institution_id,
        "sitting_id": sitting.id,
        "name": wish.name,
        "revision": arrangement.revision,
        "listed_by": actor.id,
    }
    device = (await session.scalars(insert(CheckInDevice).values(values).returning(CheckInDevice))).one()
    candidates = await reading.list_candidates(session, sitting)
    await audit.record(
        session,
        actor,
        "take_check_in_list",
        institution_id=sitting.institution_id,
        object_kind="exam_sitting",
        object_id=sitting.id,
        detail={"device_id": str(device.id), "candidates": len(candidates), "revision": arrangement.revision},
    )
    return CheckInListOut(
        device_id=device.id,
        sitting_id=sitting.id,
        revision=arrangement.revision,
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
        listed_at=device.listed_at,
        ticket_key=papers.key_of(sitting, sealer).public_jwk(),
        candidates=candidates,
    )


async def take_check_ins(
    session: AsyncSession, actor: Actor, *, sitting_id: UUID, sent: CheckInsIn, sealer: Sealer
) -> CheckInsOut:
    """Take in what a device recorded, item by item; what was sent before changes nothing."""
    sitting = await queries.get_sitting(session, actor, sitting_id)
    # One device after the other, so that each meets what the others said.
    arrangement = await seating.find_arrangement(session, sitting, lock=True)
    if arrangement is None:
        raise NotSeated
    device = await reading.get_device(session, sitting, sent.device_id)
    now = clock.now()
    ahead = (sent.sent_at - now).total_seconds()
    key = papers.key_of(sitting, sealer)
    read = [_read(item, sitting, key, now=now, ahead=ahead) for item in sent.check_ins]
    rows = await _take(session, actor, sitting, device.id, [it for it in read if it.code is None], ahead=ahead)
    concerned = [row.registration_id for row in rows.values() if row.id is not None]
    within = seating.of_sitting(sitting) | {"registration_ids": concerned}
    await session.execute(_FOLLOW, within)
    named = within | {"registration_ids": [row.registration_id for row in rows.values() if row.registration_id]}
    states = {row.registration_id: row.state for row in (await session.execute(_STATES, named)).all()}
    outcomes = [_outcome(it, rows.get(it.item.nonce), states) for it in read]
    seen = [each for each in concerned if states.get(each) == AttendanceState.PRESENT]
    await guaranteeing.check_in(session, actor, sitting=sitting, registration_ids=seen)
    counts = Counter(outcome.outcome for outcome in outcomes)
    if concerned:
        await audit.record(
            session,
            actor,
            "take_check_ins",
            institution_id=sitting.institution_id,
            object_kind="exam_sitting",
            object_id=sitting.id,
            detail={"device_id": str(device.id), **counts},
        )
    return CheckInsOut(
        accepted=counts["accepted"],
        unchanged=counts["unchanged"],
        conflicts=counts["conflict"],
        refused=counts["refused"],
        revision=arrangement.revision,
        items=outcomes,
    )


def _read(item: CheckInIn, sitting: ExamSitting, key: CodeKey, *, now: datetime, ahead: float) -> _Read:
    """Understand one record: whom it names, and whether it can be of this sitting at all."""
    seen_at = item.seen_at - timedelta(seconds=ahead if abs(ahead) > _CALM else 0)
    registration_id, edition = item.registration_id, None
    if item.ticket is not None:
        try:
            ticket = tickets.unpack(key.read(item.ticket.removeprefix(tickets.PREFIX)))
        except (CodeUnsound, TicketUnreadable):
            return _Read(item, None, code=_why_unsound(item.ticket, sitting))
        registration_id, edition = ticket.registration_id, ticket.edition
        if seen_at >= ticket.expires_at:
            return _Read(item, registration_id, code=rules.TICKET_EXPIRED.code)
    if not rules.is_in_time(seen_at, starts_at=sitting.starts_at, ends_at=sitting.ends_at, now=now):
        return _Read(item, registration_id, code=rules.OUT_OF_TIME.code)
    return _Read(item, registration_id, edition)


def _why_unsound(code: str, sitting: ExamSitting) -> str:
    """Tell a ticket of another sitting, whose key is not this one's, from what is none."""
    try:
        ticket = tickets.unpack(codes.unpacked(code.removeprefix(tickets.PREFIX))[0])
    except (CodeUnsound, TicketUnreadable):
        return rules.TICKET_UNSOUND.code
    another = ticket.sitting_id != sitting.id
    return (rules.TICKET_OF_ANOTHER_SITTING if another else rules.TICKET_UNSOUND).code


async def _take(
    session: AsyncSession, actor: Actor, sitting: ExamSitting, device_id: UUID, read: list[_Read], *, ahead: float
) -> dict[UUID, Row[*tuple[Any, ...]]]:
    values = {
        "device_id": device_id,
        "received_by": actor.id,
        "skew_seconds": round(max(-(2**31), min(ahead, 2**31))),
        "nonces": [it.item.nonce for it in read],
        "registration_ids": [it.registration_id for it in read],
        "room_ids": [it.item.room_id for it in read],
        "claims": [it.item.claim for it in read],
        "editions": [it.edition for it in read],
        "seen": [it.item.seen_at for it in read],
    }
    rows = await session.execute(_TAKE, seating.of_sitting(sitting) | values)
    return {row.nonce: row for row in rows.all()}


def _outcome(it: _Read, row: Row[*tuple[Any, ...]] | None, states: dict[UUID, Any]) -> CheckInOutcomeOut:
    code, outcome = it.code, "refused"
    if row is not None:
        code = row.conflict or (None if row.verdict == "unchanged" else row.verdict)
        outcome = "unchanged" if row.verdict == "unchanged" else "conflict" if row.conflict else "accepted"
        outcome = "refused" if row.id is None and row.verdict != "unchanged" else outcome
    known = it.registration_id if outcome != "refused" else None
    return CheckInOutcomeOut(
        nonce=it.item.nonce,
        outcome=outcome,
        code=code,
        detail=rules.explain(code, language=languages.spoken()) if code else None,
        registration_id=known,
        attendance=states.get(known) if known else None,
    )


async def settle_attendance(
    session: AsyncSession, actor: Actor, *, sitting_id: UUID, registration_id: UUID, finding: AttendanceSettlementIn
) -> AttendanceOut:
    """Settle whether a candidate was there; what contradicted it before is settled with it."""
    sitting = await queries.get_sitting(session, actor, sitting_id)
    await seating.find_arrangement(session, sitting, lock=True)
    if await reading.tell_attendance(session, sitting, registration_id) is None:
        raise NothingToSettle
    values = {"registration_id": registration_id, "state": finding.state, "reason": finding.reason}
    by = {"by": actor.id, "at": clock.now()}
    row = (await session.execute(_SETTLE, seating.of_sitting(sitting) | values | by)).one()
    await audit.record(
        session,
        actor,
        "settle_attendance",
        institution_id=sitting.institution_id,
        object_kind="registration",
        object_id=registration_id,
        detail={"sitting_id": str(sitting.id), "conflicts": row.conflicts},
        before={"state": row.was},
        after={"state": finding.state},
    )
    if finding.state == AttendanceState.PRESENT:
        await guaranteeing.check_in(session, actor, sitting=sitting, registration_ids=[registration_id])
    told = await reading.tell_attendance(session, sitting, registration_id)
    assert told is not None  # noqa: S101 - it was there a moment ago, and is locked
    return told
