"""Reading quality feedback; who may see which is decided here."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, false, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Certificate, Feedback, FeedbackAnswer, FeedbackState
from x_pilot_api.certificates.rules import feedback as rules
from x_pilot_api.certificates.schemas import FeedbackAnswerOut, FeedbackOut
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity import queries as identity
from x_pilot_api.identity.models import Institution, Role

_OFFICE = frozenset({Role.REGISTRAR, Role.AUDITOR})


def feedback_visible_to(actor: Actor) -> Select[Feedback]:
    """Select the feedback an actor may see.

    An office sees its institution's, a college's staff their college's, an organisation what was sent to it; a machine
    client only what comes from institutions of its mode.
    """
    bounds: list[ColumnElement[bool]] = [false()]
    if actor.institution_id is not None:
        here = Feedback.institution_id == actor.institution_id
        if actor.roles & _OFFICE:
            bounds.append(here)
        elif actor.college_ids:
            bounds.append(here & Feedback.college_id.in_(actor.college_ids))
    if actor.organisation_id is not None:
        own = select(Certificate.id).where(Certificate.organisation_id == actor.organisation_id)
        sent = Feedback.certificate_id.in_(own) & (Feedback.state != FeedbackState.OPEN)
        if actor.is_test is not None:
            sent &= Feedback.institution_id.in_(identity.institutions_open_to(actor))
        bounds.append(sent)
    return select(Feedback).where(or_(*bounds))


async def get_feedback(session: AsyncSession, actor: Actor, feedback_id: UUID) -> Feedback:
    """Read one visible piece of feedback."""
    return await lookups.get_one(
        session, feedback_visible_to(actor).where(Feedback.id == feedback_id), what="feedback", zh="质量反馈"
    )


async def lock_feedback(session: AsyncSession, actor: Actor, feedback_id: UUID, *, here: bool) -> Feedback:
    """Lock one visible piece of feedback and read it as it is now; `here` asks for the actor's own institution's."""
    seen = await get_feedback(session, actor, feedback_id)
    if here and seen.institution_id != actor.institution_id:
        raise NotFound(what="feedback", zh="质量反馈")
    statement = (
        select(Feedback)
        .where(Feedback.institution_id == seen.institution_id, Feedback.id == seen.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one()


async def list_feedback(
    session: AsyncSession,
    actor: Actor,
    *,
    certificate_id: UUID | None,
    state: FeedbackState | None,
    overdue_on: date | None,
    wish: PageWish,
) -> tuple[Sequence[Feedback], str | None]:
    """List visible feedback, the oldest first; or only what an answer is waited for past its day."""
    statement = feedback_visible_to(actor)
    if certificate_id is not None:
        statement = statement.where(Feedback.certificate_id == certificate_id)
    if state is not None:
        statement = statement.where(Feedback.state == state)
    if overdue_on is not None:
        statement = statement.where(Feedback.state.in_(rules.WAITING), Feedback.due_on < overdue_on)
    return await page_of(session, statement, order=(Feedback.id,), wish=wish)


async def describe_feedback(
    session: AsyncSession, actor: Actor, rows: Sequence[Feedback], *, today: date, timezone: str
) -> list[FeedbackOut]:
    """Tell feedback with the names of what it is about and its answers, in three statements however many there are."""
    certificates = await session.execute(
        select(Certificate.id, Certificate.name, Certificate.organisation_id).where(
            Certificate.id.in_({row.certificate_id for row in rows})
        )
    )
    named = {row.id: row for row in certificates}
    institutions = await session.execute(
        select(Institution.id, Institution.name).where(Institution.id.in_({row.institution_id for row in rows}))
    )
    schools = {row.id: row.name for row in institutions}
    answers = await _list_answers(session, rows)
    return [
        FeedbackOut(
            id=row.id,
            institution_id=row.institution_id,
            institution_name=schools[row.institution_id],
            college_id=row.college_id,
            certificate_id=row.certificate_id,
            certificate_name=named[row.certificate_id].name,
            organisation_id=named[row.certificate_id].organisation_id,
            subject=row.subject,
            body=row.body,
            state=FeedbackState(row.state),
            due_on=row.due_on,
            opened_at=row.opened_at,
            asked_at=row.asked_at,
            remark=row.remark,
            closed_at=row.closed_at,
            age_days=rules.age_days(row, today=today, zone=ZoneInfo(timezone)),
            is_overdue=rules.is_overdue(row, today=today),
            answers=[
                FeedbackAnswerOut(id=it.id, answer=it.answer, asked_at=it.asked_at, answered_at=it.answered_at)
                for it in answers
                if (it.institution_id, it.feedback_id) == (row.institution_id, row.id)
            ],
            allowed_deeds=rules.allowed_deeds(actor, row),
        )
        for row in rows
    ]


async def _list_answers(session: AsyncSession, rows: Sequence[Feedback]) -> Sequence[FeedbackAnswer]:
    keys = [(row.institution_id, row.id) for row in rows]
    statement = select(FeedbackAnswer).where(
        tuple_(FeedbackAnswer.institution_id, FeedbackAnswer.feedback_id).in_(keys)
    )
    return (await session.scalars(statement.order_by(FeedbackAnswer.id))).all()
