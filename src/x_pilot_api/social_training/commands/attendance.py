"""What becomes of participants in a class: who leaves it, how long they attended, how they ended."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import Told
from x_pilot_api.core.errors import Fault
from x_pilot_api.core.tables.sheets import fault_of
from x_pilot_api.social_training import queries, rules
from x_pilot_api.social_training.errors import AttendanceRefused
from x_pilot_api.social_training.models import SocialParticipant
from x_pilot_api.social_training.rules import Attended, Wrong
from x_pilot_api.social_training.schemas import AttendancesIn, AttendancesOut


async def withdraw_participant(
    session: AsyncSession, actor: Actor, *, participant_id: UUID, reason: str
) -> SocialParticipant:
    """Let somebody leave a class; their place is free again."""
    seen = await queries.get_participant(session, actor, participant_id)
    class_ = await queries.get_class(session, actor, seen.social_class_id, own=True, lock=True)
    participant = await queries.get_participant(session, actor, participant_id, lock=True)
    rules.check_beside("withdraw_participant", class_)
    target = rules.PARTICIPANT.target_of("withdraw", state=participant.state)
    before = changes.fields_of(participant, "state", "reason")
    participant.state, participant.reason = target, reason
    class_.taken -= 1
    await session.flush()
    await audit.record(
        session,
        actor,
        "withdraw_participant",
        institution_id=class_.institution_id,
        object_kind=rules.PARTICIPANT_KIND,
        object_id=participant.id,
        detail={"social_class_id": str(class_.id)},
        before=before,
        after=changes.fields_of(participant, "state", "reason"),
    )
    return participant


async def record_attendance(
    session: AsyncSession, actor: Actor, *, class_id: UUID, wish: AttendancesIn
) -> AttendancesOut:
    """Record how long participants attended and how they ended, all of them or none."""
    class_ = await queries.get_class(session, actor, class_id, own=True, lock=True)
    rules.check_beside("record_attendance", class_)
    rows = [
        Attended(number, row.participant_id, row.attended_tenths, row.result)
        for number, row in enumerate(wish.rows, start=1)
    ]
    enrolled = await queries.find_enrolled(session, class_, [row.participant_id for row in rows])
    faults = [
        _fault(wrong) for wrong in rules.judge_attendance(rows, enrolled=enrolled, hours_tenths=class_.hours_tenths)
    ]
    if faults:
        raise AttendanceRefused(rows=len(rows), refused=len(faults), faults=faults)
    told: dict[UUID, Told] = {}
    for row in rows:
        participant = enrolled[row.participant_id]
        before = changes.fields_of(participant, "attended_tenths", "result")
        participant.attended_tenths, participant.result = row.attended_tenths, row.result
        after = changes.fields_of(participant, "attended_tenths", "result")
        if before != after:
            told[participant.id] = Told({"social_class_id": str(class_.id)}, before=before, after=after)
    await session.flush()
    await audit.record_each(
        session,
        actor,
        "record_attendance",
        institution_id=class_.institution_id,
        object_kind=rules.PARTICIPANT_KIND,
        objects=told,
    )
    return AttendancesOut(recorded=len(rows))


def _fault(wrong: Wrong) -> Fault:
    fault = fault_of(wrong.number, wrong.column, wrong.item, wrong.figures)
    fault["pointer"] = f"/rows/{wrong.number - 1}/{wrong.column}"
    return fault
