"""Asking for participation and deciding on it; each deed leaves a row of history and an audit event."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit, changes, jobs
from x_pilot_api.core.actors import Actor
from x_pilot_api.participations import queries, rules
from x_pilot_api.participations.errors import (
    ParticipationExists,
    ParticipationNotAdmitted,
    ParticipationOwnRequest,
)
from x_pilot_api.participations.models import Participation, ParticipationDecision
from x_pilot_api.participations.rules import WORKFLOW
from x_pilot_api.participations.schemas import (
    ApprovalIn,
    AskedAgainIn,
    EndIn,
    ParticipationIn,
    QuotaChangeIn,
    RefusalIn,
)


async def ask_participation(session: AsyncSession, actor: Actor, *, wish: ParticipationIn) -> Participation:
    """Ask for taking part with a level in a year, for a college or programme the actor acts for."""
    college_id = await queries.get_place(session, actor, college_id=wish.college_id, programme_id=wish.programme_id)
    level = await certificates.get_level(session, wish.certificate_level_id)
    institution_id = actor.institution_id
    assert institution_id is not None  # noqa: S101 - whoever acts for a college acts in its institution
    # Of two who ask at once the second is told of the first's, and neither sees the other's constraint.
    made = await session.scalars(
        insert(Participation)
        .values(
            institution_id=institution_id,
            academic_year=wish.academic_year,
            certificate_level_id=level.id,
            college_id=college_id,
            programme_id=wish.programme_id,
            state=WORKFLOW.initial,
            quota_asked=wish.quota_asked,
            asked_by=actor.id,
        )
        .on_conflict_do_nothing(constraint="participations_one_a_year_key")
        .returning(Participation)
    )
    participation = made.one_or_none()
    if participation is None:
        existing = await queries.find_existing(session, wish, institution_id=institution_id, college_id=college_id)
        assert existing is not None  # noqa: S101 - nobody deletes one
        raise ParticipationExists(
            academic_year=existing.academic_year, state=existing.state, participation_id=str(existing.id)
        )
    await record(session, actor, participation, "ask", before=None, reason=wish.reason)
    return participation


async def ask_again(
    session: AsyncSession, actor: Actor, *, participation_id: UUID, wish: AskedAgainIn
) -> Participation:
    """Ask once more after a refusal, perhaps for another quota."""
    participation = await queries.get_participation(session, actor, participation_id, lock=True)
    target = WORKFLOW.target_of("ask_again", state=participation.state)
    before = _standing(participation)
    participation.state, participation.quota_asked, participation.asked_by = target, wish.quota_asked, actor.id
    await record(session, actor, participation, "ask_again", before=before, reason=wish.reason)
    return participation


async def approve_participation(
    session: AsyncSession, actor: Actor, *, participation_id: UUID, wish: ApprovalIn, today: date
) -> Participation:
    """Grant a quota by a document, if the college runs the certificate."""
    participation = await queries.get_participation(session, actor, participation_id, lock=True)
    target = WORKFLOW.target_of("approve", state=participation.state)
    if participation.asked_by == actor.id:
        raise ParticipationOwnRequest
    if not await queries.is_admitted(
        session,
        institution_id=participation.institution_id,
        college_id=participation.college_id,
        certificate_level_id=participation.certificate_level_id,
        on=today,
    ):
        raise ParticipationNotAdmitted(today=today.isoformat())
    before = _standing(participation)
    participation.state, participation.quota = target, wish.quota
    participation.decision_document = wish.decision_document
    await record(session, actor, participation, "approve", before=before, reason=wish.reason)
    await grant_guarantees(session, institution_id=participation.institution_id)
    return participation


async def refuse_participation(
    session: AsyncSession, actor: Actor, *, participation_id: UUID, wish: RefusalIn
) -> Participation:
    """Refuse what was asked for, with a reason."""
    participation = await queries.get_participation(session, actor, participation_id, lock=True)
    target = WORKFLOW.target_of("refuse", state=participation.state)
    before = _standing(participation)
    participation.state = target
    await record(session, actor, participation, "refuse", before=before, reason=wish.reason)
    return participation


async def change_participation(
    session: AsyncSession, actor: Actor, *, participation_id: UUID, wish: QuotaChangeIn
) -> Participation:
    """Change the quota by a document, never below the places taken."""
    return await _set_quota(session, actor, "change", participation_id=participation_id, wish=wish)


async def resume_participation(
    session: AsyncSession, actor: Actor, *, participation_id: UUID, wish: QuotaChangeIn
) -> Participation:
    """Take registrations again after an end, under a new document."""
    return await _set_quota(session, actor, "resume", participation_id=participation_id, wish=wish)


async def _set_quota(
    session: AsyncSession, actor: Actor, deed: str, *, participation_id: UUID, wish: QuotaChangeIn
) -> Participation:
    participation = await queries.get_participation(session, actor, participation_id, lock=True)
    target = WORKFLOW.target_of(deed, state=participation.state)
    rules.check_quota(participation, wish.quota)
    before = _standing(participation)
    participation.state, participation.quota = target, wish.quota
    participation.decision_document = wish.decision_document
    await record(session, actor, participation, deed, before=before, reason=wish.reason)
    return participation


async def end_participation(
    session: AsyncSession, actor: Actor, *, participation_id: UUID, wish: EndIn
) -> Participation:
    """Take no more registrations; those there are stay, and so does what they hold of the quota."""
    participation = await queries.get_participation(session, actor, participation_id, lock=True)
    target = WORKFLOW.target_of("end", state=participation.state)
    before = _standing(participation)
    participation.state, participation.decision_document = target, wish.decision_document
    await record(session, actor, participation, "end", before=before, reason=wish.reason)
    return participation


def _standing(participation: Participation) -> audit.State:
    return changes.fields_of(participation, "state", "quota_asked", "quota", "decision_document")


async def record(
    session: AsyncSession,
    actor: Actor,
    participation: Participation,
    deed: str,
    *,
    before: audit.State | None,
    reason: str | None,
) -> None:
    """Write a deed into the participation's history and into the audit."""
    participation.decisions += 1
    await session.flush()
    session.add(
        ParticipationDecision(
            institution_id=participation.institution_id,
            participation_id=participation.id,
            number=participation.decisions,
            deed=deed,
            state=participation.state,
            quota_asked=participation.quota_asked,
            quota=participation.quota,
            taken=participation.taken,
            decision_document=participation.decision_document,
            reason=reason,
            actor_id=actor.id,
        )
    )
    await session.flush()
    await audit.record(
        session,
        actor,
        f"{deed}_participation",
        institution_id=participation.institution_id,
        object_kind=rules.AUDIT_KIND,
        object_id=participation.id,
        detail={"academic_year": participation.academic_year, "taken": participation.taken},
        before=before,
        after=_standing(participation),
    )


async def grant_guarantees(session: AsyncSession, *, institution_id: UUID) -> None:
    """Let the students who take part from now on be granted their guaranteed attempts by a job."""
    arguments = {"institution_id": str(institution_id)}
    await jobs.enqueue(session, "grant_guarantees", arguments=arguments, institution_id=institution_id)
