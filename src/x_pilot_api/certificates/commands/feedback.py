"""The deeds on quality feedback: a college gives it, the office sends and settles it, the organisation answers."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries
from x_pilot_api.certificates.commands import telling
from x_pilot_api.certificates.errors import DueInPast, NotOfTheOrganisation
from x_pilot_api.certificates.models import Feedback, FeedbackAnswer
from x_pilot_api.certificates.rules.feedback import AUDIT_KIND, WORKFLOW
from x_pilot_api.certificates.schemas import FeedbackAnswerIn, FeedbackChange, FeedbackIn
from x_pilot_api.core import audit, changes, clock, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.identity.models import Role
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind


async def give_feedback(session: AsyncSession, actor: Actor, *, wish: FeedbackIn) -> Feedback:
    """Write down what an organisation is to set right; a college's staff do it for their college."""
    if actor.institution_id is None or (wish.college_id is None and Role.REGISTRAR not in actor.roles):
        raise NotFound(what="college", zh="二级学院")
    if wish.college_id is not None:
        await queries.get_own_college(session, actor, wish.college_id)
    certificate = await queries.get_certificate(session, wish.certificate_id)
    feedback = Feedback(
        institution_id=actor.institution_id,
        certificate_id=certificate.id,
        college_id=wish.college_id,
        subject=wish.subject,
        body=wish.body,
        state=WORKFLOW.initial,
        due_on=wish.due_on,
        opened_by=actor.id,
        opened_at=clock.now(),
    )
    session.add(feedback)
    await session.flush()
    await _record(session, actor, "give_feedback", feedback)
    return feedback


async def change_feedback(
    session: AsyncSession,
    actor: Actor,
    *,
    feedback_id: UUID,
    change: FeedbackChange,
    if_match: str | None,
    today: date,
    timezone: str,
) -> Feedback:
    """Write feedback anew that is not sent yet."""
    feedback = await queries.lock_feedback(session, actor, feedback_id, here=True)
    (now,) = await queries.describe_feedback(session, actor, [feedback], today=today, timezone=timezone)
    etags.check(now, if_match=if_match)
    feedback.state = WORKFLOW.target_of("change", state=feedback.state)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(feedback, name, value)
    await session.flush()
    await _record(session, actor, "change_feedback", feedback, changed=sorted(change.model_fields_set))
    return feedback


async def send_feedback(session: AsyncSession, actor: Actor, *, feedback_id: UUID, today: date) -> Feedback:
    """Send feedback to the organisation; from now on it is waited for."""
    feedback = await queries.lock_feedback(session, actor, feedback_id, here=True)
    target = WORKFLOW.target_of("send", state=feedback.state)
    _check_due(feedback.due_on, today)
    before = _state_of(feedback)
    feedback.state, feedback.asked_at = target, clock.now()
    await session.flush()
    await _record(session, actor, "send_feedback", feedback, before=before)
    await _tell(session, actor, EventKind.FEEDBACK_SENT, feedback, due_on=feedback.due_on)
    await telling.tell_staff(session, feedback)
    return feedback


async def answer_feedback(
    session: AsyncSession, actor: Actor, *, feedback_id: UUID, wish: FeedbackAnswerIn
) -> Feedback:
    """Answer for the certificate's organisation, by its people or by its system."""
    feedback = await queries.lock_feedback(session, actor, feedback_id, here=False)
    certificate = await queries.get_certificate(session, feedback.certificate_id)
    if actor.organisation_id != certificate.organisation.id:
        raise NotOfTheOrganisation
    target = WORKFLOW.target_of("answer", state=feedback.state)
    before = _state_of(feedback)
    answer = FeedbackAnswer(
        institution_id=feedback.institution_id,
        feedback_id=feedback.id,
        answer=wish.answer,
        answered_by=actor.id,
        asked_at=feedback.asked_at,
        answered_at=clock.now(),
    )
    session.add(answer)
    feedback.state = target
    await session.flush()
    await _record(session, actor, "answer_feedback", feedback, before=before, answer_id=str(answer.id))
    await _tell(session, actor, EventKind.FEEDBACK_ANSWERED, feedback)
    return feedback


async def verify_feedback(session: AsyncSession, actor: Actor, *, feedback_id: UUID, remark: str) -> Feedback:
    """Say what came of looking whether an answer holds."""
    feedback = await queries.lock_feedback(session, actor, feedback_id, here=True)
    before = _state_of(feedback)
    feedback.state, feedback.remark = WORKFLOW.target_of("verify", state=feedback.state), remark
    await session.flush()
    await _record(session, actor, "verify_feedback", feedback, before=before)
    return feedback


async def close_feedback(session: AsyncSession, actor: Actor, *, feedback_id: UUID) -> Feedback:
    """Close feedback whose answer holds."""
    feedback = await queries.lock_feedback(session, actor, feedback_id, here=True)
    before = _state_of(feedback)
    feedback.state, feedback.closed_at = WORKFLOW.target_of("close", state=feedback.state), clock.now()
    await session.flush()
    await _record(session, actor, "close_feedback", feedback, before=before)
    await _tell(session, actor, EventKind.FEEDBACK_CLOSED, feedback)
    return feedback


async def reopen_feedback(
    session: AsyncSession, actor: Actor, *, feedback_id: UUID, remark: str, due_on: date, today: date
) -> Feedback:
    """Ask again, since the answer does not hold."""
    feedback = await queries.lock_feedback(session, actor, feedback_id, here=True)
    target = WORKFLOW.target_of("reopen", state=feedback.state)
    _check_due(due_on, today)
    before = _state_of(feedback)
    feedback.state, feedback.remark, feedback.due_on = target, remark, due_on
    feedback.asked_at = clock.now()
    await session.flush()
    await _record(session, actor, "reopen_feedback", feedback, before=before)
    await _tell(session, actor, EventKind.FEEDBACK_REOPENED, feedback, due_on=due_on)
    await telling.tell_staff(session, feedback)
    return feedback


def _check_due(due_on: date, today: date) -> None:
    if due_on < today:
        raise DueInPast(due_on=str(due_on), today=str(today))


def _state_of(feedback: Feedback) -> dict[str, object]:
    return changes.fields_of(feedback, "state", "due_on", "asked_at", "closed_at")


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    feedback: Feedback,
    *,
    before: dict[str, object] | None = None,
    **detail: object,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=feedback.institution_id,
        object_kind=AUDIT_KIND,
        object_id=feedback.id,
        detail=detail | {"certificate_id": str(feedback.certificate_id)},
        before=before,
        after=_state_of(feedback),
    )


async def _tell(session: AsyncSession, actor: Actor, kind: EventKind, feedback: Feedback, **more: object) -> None:
    """Tell the organisation whose certificate the feedback is about."""
    certificate = await queries.get_certificate(session, feedback.certificate_id)
    await outbox.announce(
        session,
        actor,
        institution_id=feedback.institution_id,
        organisation_id=certificate.organisation.id,
        kind=kind,
        object_kind=AUDIT_KIND,
        object_id=feedback.id,
        data={"certificate_id": feedback.certificate_id} | more,
    )
