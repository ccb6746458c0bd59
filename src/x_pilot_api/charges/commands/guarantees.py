"""The deeds on guaranteed attempts: granted, reserved with the seat, used, given back; a whole list by one statement.

`wishes` is always a query of registration_id and student_id, and what a decision asks beside. The attempts are locked
in the order of their ids, after plans and persons and before anything in the book.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges.commands import cancelling
from x_pilot_api.charges.commands.cancelling import Cancel
from x_pilot_api.charges.errors import GuaranteeNotAffected
from x_pilot_api.charges.models import GuaranteeCause, RefundCause
from x_pilot_api.charges.rules import guarantees as rules
from x_pilot_api.charges.rules import messages
from x_pilot_api.charges.rules.tallied import GUARANTEES
from x_pilot_api.charges.schemas import GuaranteeRestoredIn
from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as readers
from x_pilot_api.registry import queries as registry
from x_pilot_api.tallies import commands as tallies

_GRANT = """
WITH granted AS (
    INSERT INTO guarantees (institution_id, student_id)
    SELECT student.institution_id, student.id FROM students AS student
    JOIN programmes AS programme ON programme.institution_id = student.institution_id
        AND programme.id = student.programme_id
    WHERE student.institution_id = :institution_id AND student.status = 'enrolled' AND {is_pilot} AND {named}
        AND NOT EXISTS (
            SELECT FROM guarantees AS known
            WHERE known.institution_id = student.institution_id AND known.student_id = student.id)
    ORDER BY student.id
    ON CONFLICT (institution_id, student_id) DO NOTHING
    RETURNING id
), told AS (
    INSERT INTO guarantee_events (institution_id, guarantee_id, number, deed, cause, state, absences, actor_id)
    SELECT :institution_id, id, 1, 'grant', 'pilot_programme', 'available', 0, :actor_id FROM granted
    RETURNING id
)
SELECT coalesce(array_agg(id), CAST(ARRAY[] AS uuid[])) FROM told
"""

_GRANT_ALL = text(_GRANT.format(is_pilot=rules.IS_PILOT, named="true"))
_GRANT_SOME = _GRANT.format(is_pilot=rules.IS_PILOT, named="student.id IN (SELECT student_id FROM ({wishes}) AS wish)")
_WITHOUT_ONE = """
SELECT student.identity_document_id FROM students AS student
WHERE student.institution_id = :institution_id AND student.status = 'enrolled' AND NOT EXISTS (
    SELECT FROM guarantees AS known
    WHERE known.institution_id = student.institution_id AND known.student_id = student.id)
"""
_WHOSE = """
SELECT student.identity_document_id FROM students AS student
WHERE student.institution_id = :institution_id AND student.id IN (SELECT student_id FROM ({wishes}) AS wish)
"""
_NEW_EVENTS = "fact.id = ANY(CAST(:event_ids AS uuid[]))"

# The row is read anew once it is locked, so that of two who want it the second sees what the first did.
_CHANGE = """
WITH wish AS MATERIALIZED ({wishes}), held AS MATERIALIZED (
    SELECT guarantee.id, guarantee.student_id, guarantee.state, guarantee.registration_id, guarantee.absences
    FROM guarantees AS guarantee
    WHERE guarantee.institution_id = :institution_id AND guarantee.student_id IN (SELECT student_id FROM wish)
    ORDER BY guarantee.id FOR NO KEY UPDATE
), next AS MATERIALIZED (
    SELECT DISTINCT ON (id) * FROM ({decided}) AS decided ORDER BY id, about_id
), moved AS (
    UPDATE guarantees AS guarantee
    SET state = next.state, registration_id = next.registration_id, absences = next.absences,
        events = guarantee.events + 1
    FROM next WHERE guarantee.institution_id = :institution_id AND guarantee.id = next.id
    RETURNING guarantee.id, guarantee.events, next.deed, next.cause, guarantee.state, guarantee.absences,
        next.about_id
), told AS (
    INSERT INTO guarantee_events (institution_id, guarantee_id, number, deed, cause, state, absences, registration_id,
        document_number, reason, actor_id)
    SELECT :institution_id, id, events, deed, cause, state, absences, about_id, :document_number, :reason, :actor_id
    FROM moved
    RETURNING id, deed
)
SELECT deed, array_agg(id) AS event_ids FROM told GROUP BY deed ORDER BY deed
"""

_TOLD = f"""
SELECT reader.person_id, guarantee.id AS object_id, jsonb_build_object('absences', event.absences::text) AS figures,
    CAST(NULL AS timestamptz) AS shown_from
FROM guarantee_events AS event
JOIN guarantees AS guarantee ON guarantee.institution_id = event.institution_id AND guarantee.id = event.guarantee_id
{readers.to_student("guarantee.student_id")}
WHERE event.institution_id = :institution_id AND event.id = ANY(CAST(:event_ids AS uuid[]))
ORDER BY reader.person_id
"""


@dataclass(frozen=True)
class Why:
    """What a change of guaranteed attempts rests on, and what it is about as a whole."""

    cause: GuaranteeCause
    object_kind: str
    object_id: UUID
    document_number: str | None = None
    reason: str | None = None
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    """What the wishes bind beside the institution."""


_FREES = {"warn", "release", "restore", "correct"}
"""What can leave an attempt unused that was used before: then nothing of the student's is theirs to pay any more."""
_REFUNDS = {
    GuaranteeCause.SITTING_CANCELLED: RefundCause.SITTING_CANCELLED,
    GuaranteeCause.PLAN_CANCELLED: RefundCause.PLAN_CANCELLED,
    GuaranteeCause.INCIDENT: RefundCause.INCIDENT,
    GuaranteeCause.ILLNESS: RefundCause.ILLNESS,
}
_RESTORED = "guaranteed attempt restored"

Counts = Mapping[str, int]
"""How many attempts each deed changed."""


async def grant_guarantees(session: AsyncSession, actor: Actor, *, institution_id: UUID) -> int:
    """Grant every enrolled student of a pilot programme who has none their guaranteed attempt, and tell how many."""
    values = {"institution_id": institution_id, "actor_id": actor.id}
    await registry.lock_persons(session, documents=_WITHOUT_ONE, values=values)
    event_ids: Sequence[UUID] = (await session.execute(_GRANT_ALL, values)).scalar_one()
    await _count(session, institution_id=institution_id, event_ids=event_ids)
    if granted := len(event_ids):
        await _record(session, actor, "grant_guarantees", institution_id, "guarantees", uuid4(), {"granted": granted})
    return granted


async def reserve_guarantees(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wishes: str, why: Why
) -> Counts:
    """Reserve the attempts of who has one that is free, and grant first whoever has none yet; with their seats."""
    values = {**why.values, "institution_id": institution_id, "actor_id": actor.id}
    granted = await session.execute(text(_GRANT_SOME.format(wishes=wishes)), values)
    await _count(session, institution_id=institution_id, event_ids=granted.scalar_one())
    return await _change(session, actor, rules.RESERVE, institution_id=institution_id, wishes=wishes, why=why)


async def release_guarantees(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wishes: str, why: Why
) -> Counts:
    """Give reserved attempts back whose registrations are left."""
    return await _change(session, actor, rules.RELEASE, institution_id=institution_id, wishes=wishes, why=why)


async def attend_guarantees(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wishes: str, why: Why
) -> Counts:
    """Let attempts follow who was there and who was not; `wishes` has the activity too. Saying it again is nothing."""
    return await _change(session, actor, rules.ATTEND, institution_id=institution_id, wishes=wishes, why=why)


async def restore_guarantees(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wishes: str, why: Why
) -> Counts:
    """Give attempts back by cause, from whatever became of them through these registrations."""
    values = {**why.values, "institution_id": institution_id}
    await registry.lock_persons(session, documents=_WHOSE.format(wishes=wishes), values=values)
    return await _change(session, actor, rules.RESTORE, institution_id=institution_id, wishes=wishes, why=why)


async def _change(
    session: AsyncSession, actor: Actor, decided: str, *, institution_id: UUID, wishes: str, why: Why
) -> Counts:
    values = {
        **why.values,
        "institution_id": institution_id,
        "actor_id": actor.id,
        "document_number": why.document_number,
        "reason": why.reason,
    }
    if ":cause" in decided:
        values["cause"] = why.cause
    rows = (await session.execute(text(_CHANGE.format(wishes=wishes, decided=decided)), values)).all()
    changed: dict[str, Sequence[UUID]] = {row.deed: row.event_ids for row in rows}
    if not changed:
        return {}
    event_ids = [event_id for ids in changed.values() for event_id in ids]
    await _count(session, institution_id=institution_id, event_ids=event_ids)
    await _tell(session, institution_id=institution_id, changed=changed)
    if changed.keys() & _FREES:
        cause = _REFUNDS.get(why.cause, RefundCause.CORRECTION)
        of = Cancel(wishes, cause, _RESTORED, why.object_kind, why.object_id, why.values)
        await cancelling.reassign_charges(session, actor, institution_id=institution_id, of=of)
    counts = {deed: len(event_ids) for deed, event_ids in changed.items()}
    detail: dict[str, object] = {"cause": why.cause, **counts}
    await _record(session, actor, "change_guarantees", institution_id, why.object_kind, why.object_id, detail)
    return counts


async def _count(session: AsyncSession, *, institution_id: UUID, event_ids: Sequence[UUID]) -> None:
    """Let sums follow; whose attempts they are is locked, so nobody moves to another programme meanwhile."""
    if event_ids:
        values = {"event_ids": list(event_ids)}
        await tallies.add(session, GUARANTEES, institution_id=institution_id, rows=_NEW_EVENTS, values=values)


async def _tell(session: AsyncSession, *, institution_id: UUID, changed: Mapping[str, Sequence[UUID]]) -> None:
    for deed, kind in messages.BY_DEED.items():
        if deed in changed:
            await inbox.send(
                session,
                kind,
                institution_id=institution_id,
                object_kind="guarantee",
                wishes=_TOLD,
                values={"event_ids": list(changed[deed])},
            )


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    institution_id: UUID,
    object_kind: str,
    object_id: UUID,
    detail: dict[str, object],
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=institution_id,
        object_kind=object_kind,
        object_id=object_id,
        detail=detail,
    )


_NAMED = "SELECT CAST(:registration_id AS uuid) AS registration_id, CAST(:student_id AS uuid) AS student_id"


async def restore_by_document(
    session: AsyncSession, actor: Actor, *, student_id: UUID, wish: GuaranteeRestoredIn
) -> None:
    """Give a student's attempt back who was ill, by a document; an absence that counted is taken back."""
    student = await registry.get_student(session, actor, student_id)
    why = Why(
        GuaranteeCause.ILLNESS,
        "student",
        student.id,
        document_number=wish.document_number,
        reason=wish.reason,
        values={"registration_id": wish.registration_id, "student_id": student.id},
    )
    institution_id = student.institution_id
    restored = await restore_guarantees(session, actor, institution_id=institution_id, wishes=_NAMED, why=why)
    if not restored:
        raise GuaranteeNotAffected(registration_id=str(wish.registration_id))
