"""What went wrong: reported by one person, decided by another, and then in effect for everybody concerned."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exam_days import queries
from x_pilot_api.exam_days.errors import ConsequenceUnfit, IncidentOutOfTime, SecondPersonNeeded
from x_pilot_api.exam_days.models import Consequence, ExamIncident, IncidentState
from x_pilot_api.exam_days.queries import incidents as reading
from x_pilot_api.exam_days.queries import seating
from x_pilot_api.exam_days.rules import check_ins, incidents
from x_pilot_api.exam_days.schemas import IncidentIn
from x_pilot_api.exams.commands import guaranteeing
from x_pilot_api.exams.models import ExamSitting
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind

_OF_SITTING = text("""
SELECT EXISTS (SELECT FROM sitting_rooms WHERE institution_id = :institution_id AND sitting_id = :sitting_id
        AND room_id = CAST(:room_id AS uuid)) AS room,
    EXISTS (SELECT FROM registrations WHERE institution_id = :institution_id AND sitting_id = :sitting_id
        AND id = CAST(:registration_id AS uuid)) AS registration
""")

# One row for each registration concerned: the one that is named, or all that have a seat in the room or the sitting.
_FOLLOW = text("""
INSERT INTO incident_consequences (institution_id, incident_id, registration_id, kind, minutes)
SELECT incident.institution_id, incident.id, registration.id, incident.consequence, incident.minutes
FROM exam_incidents AS incident
JOIN registrations AS registration ON registration.institution_id = incident.institution_id
    AND registration.sitting_id = incident.sitting_id AND registration.state IN ('accepted', 'locked')
    AND (incident.registration_id IS NULL OR registration.id = incident.registration_id)
LEFT JOIN seats AS seat ON seat.institution_id = incident.institution_id AND seat.registration_id = registration.id
WHERE incident.institution_id = :institution_id AND incident.id = :incident_id AND incident.consequence <> 'none'
    AND (incident.registration_id IS NOT NULL OR incident.room_id IS NULL OR seat.room_id = incident.room_id)
RETURNING registration_id
""")


async def report_incident(
    session: AsyncSession, actor: Actor, *, sitting_id: UUID, wish: IncidentIn, sealer: Sealer
) -> ExamIncident:
    """Report what went wrong at a sitting; its organisation hears of it, and nothing follows before it is decided."""
    sitting = await queries.get_sitting(session, actor, sitting_id)
    kind = incidents.KINDS[wish.category]
    consequence = wish.consequence or kind.usual
    minutes_fit = (consequence == Consequence.EXTENDS_TIME) == (wish.minutes is not None)
    if consequence not in kind.possible or kind.of_a_candidate != (wish.registration_id is not None) or not minutes_fit:
        raise ConsequenceUnfit(
            category=wish.category,
            consequence=consequence,
            possible=", ".join(found for found in Consequence if found in kind.possible),
        )
    await _check_place(session, sitting, wish)
    _check_time(sitting, wish.occurred_at, now=clock.now())
    incident = ExamIncident(
        institution_id=sitting.institution_id,
        organisation_id=await queries.organisation_of(session, sitting),
        sitting_id=sitting.id,
        room_id=wish.room_id,
        registration_id=wish.registration_id,
        category=wish.category,
        occurred_at=wish.occurred_at,
        sealed_note=sealer.seal(wish.note.encode(), context=reading.CONTEXT),
        key_id=sealer.key_id,
        consequence=consequence,
        minutes=wish.minutes,
        state=IncidentState.REPORTED,
        reported_by=actor.id,
    )
    session.add(incident)
    await session.flush()
    await session.refresh(incident)
    await _record(session, actor, "report_incident", incident)
    await _announce(session, actor, incident, EventKind.EXAM_INCIDENT_REPORTED, concerned=0)
    return incident


async def _check_place(session: AsyncSession, sitting: ExamSitting, wish: IncidentIn) -> None:
    """See that the room and the candidate that are named belong to the sitting."""
    named = {"room_id": wish.room_id, "registration_id": wish.registration_id}
    found = (await session.execute(_OF_SITTING, seating.of_sitting(sitting) | named)).one()
    if wish.room_id is not None and not found.room:
        raise NotFound(what="room", zh="考场")
    if wish.registration_id is not None and not found.registration:
        raise NotFound(what="registration", zh="报名")


def _check_time(sitting: ExamSitting, occurred_at: datetime, *, now: datetime) -> None:
    earliest, latest = sitting.starts_at - check_ins.LATE, min(now, sitting.ends_at + check_ins.LATE)
    if not earliest <= occurred_at <= latest:
        raise IncidentOutOfTime(earliest=earliest.isoformat(), latest=latest.isoformat())


async def confirm_incident(session: AsyncSession, actor: Actor, *, incident_id: UUID, decision: str) -> ExamIncident:
    """Confirm an incident: what follows is in effect for each registration concerned from now on."""
    incident = await _decide(session, actor, incident_id, "confirm", decision)
    which = {"institution_id": incident.institution_id, "incident_id": incident.id}
    concerned = (await session.scalars(_FOLLOW, which)).all()
    if concerned and incident.consequence == Consequence.RESTORES_GUARANTEE:
        await guaranteeing.restore_incident(
            session,
            actor,
            institution_id=incident.institution_id,
            incident_id=incident.id,
            registration_ids=concerned,
        )
    await _record(session, actor, "confirm_incident", incident, concerned=len(concerned))
    await _announce(session, actor, incident, EventKind.EXAM_INCIDENT_DECIDED, concerned=len(concerned))
    return incident


async def reject_incident(session: AsyncSession, actor: Actor, *, incident_id: UUID, decision: str) -> ExamIncident:
    """Reject an incident: nothing follows from it."""
    incident = await _decide(session, actor, incident_id, "reject", decision)
    await _record(session, actor, "reject_incident", incident)
    await _announce(session, actor, incident, EventKind.EXAM_INCIDENT_DECIDED, concerned=0)
    return incident


async def _decide(session: AsyncSession, actor: Actor, incident_id: UUID, deed: str, decision: str) -> ExamIncident:
    incident = await reading.get_incident(session, actor, incident_id, lock=True)
    target = incidents.INCIDENT.target_of(deed, state=incident.state)
    if actor.id == incident.reported_by:
        raise SecondPersonNeeded
    incident.state, incident.decision = target, decision
    incident.decided_at, incident.decided_by = clock.now(), actor.id
    await session.flush()
    return incident


async def _record(
    session: AsyncSession, actor: Actor, deed: str, incident: ExamIncident, *, concerned: int = 0
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=incident.institution_id,
        object_kind=incidents.AUDIT_KIND,
        object_id=incident.id,
        detail={
            "sitting_id": str(incident.sitting_id),
            "category": incident.category,
            "consequence": incident.consequence,
            "minutes": incident.minutes,
            "concerned": concerned,
        },
    )


async def _announce(
    session: AsyncSession, actor: Actor, incident: ExamIncident, kind: EventKind, *, concerned: int
) -> None:
    """Tell the organisation in codes and figures; what was written about somebody it reads where it may."""
    await outbox.announce(
        session,
        actor,
        institution_id=incident.institution_id,
        organisation_id=incident.organisation_id,
        kind=kind,
        object_kind=incidents.AUDIT_KIND,
        object_id=incident.id,
        data={
            "sitting_id": incident.sitting_id,
            "category": incident.category,
            "consequence": incident.consequence,
            "minutes": incident.minutes,
            "state": incident.state,
            "registrations": concerned,
        },
    )
