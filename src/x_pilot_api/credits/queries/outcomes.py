"""Reading submitted outcomes: who sees which, and who may submit, decide or end which."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.credits.models import ExpiryPolicy, RecognitionPolicy, SubmissionState, SubmittedOutcome
from x_pilot_api.credits.queries import conversions
from x_pilot_api.identity.models import Role
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Programme, Student


def visible_submissions(actor: Actor) -> Select[SubmittedOutcome]:
    """Select the submitted outcomes of the students an actor may see."""
    if actor.institution_id is None:
        return select(SubmittedOutcome).where(false())
    students = registry.visible_students(actor).with_only_columns(Student.id)
    return select(SubmittedOutcome).where(
        SubmittedOutcome.institution_id == actor.institution_id, SubmittedOutcome.student_id.in_(students)
    )


async def get_submission(session: AsyncSession, actor: Actor, outcome_id: UUID) -> SubmittedOutcome:
    """Read one visible submitted outcome."""
    statement = visible_submissions(actor).where(SubmittedOutcome.id == outcome_id)
    return await lookups.get_one(
        session, statement.execution_options(populate_existing=True), what="outcome", zh="学习成果"
    )


async def list_submissions(
    session: AsyncSession,
    actor: Actor,
    *,
    student_id: UUID | None,
    kind: str | None,
    state: SubmissionState | None,
    is_flagged: bool | None,
    wish: PageWish,
) -> tuple[Sequence[SubmittedOutcome], str | None]:
    """List visible submitted outcomes, the oldest first."""
    statement = visible_submissions(actor)
    for column, value in (
        (SubmittedOutcome.student_id, student_id),
        (SubmittedOutcome.kind, kind),
        (SubmittedOutcome.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if is_flagged is not None:
        flagged = SubmittedOutcome.flagged_at
        statement = statement.where(flagged.is_not(None) if is_flagged else flagged.is_(None))
    return await page_of(session, statement, order=(SubmittedOutcome.id,), wish=wish)


def _named(institution_id: UUID, ids: Sequence[UUID]) -> Select[UUID]:
    return select(SubmittedOutcome.id).where(
        SubmittedOutcome.institution_id == institution_id, SubmittedOutcome.id.in_(ids)
    )


def of_college_of(actor: Actor) -> ColumnElement[bool]:
    """Say which submitted outcomes are of students whose college an actor speaks for."""
    students = select(Student.id).join(
        Programme, and_(Programme.institution_id == Student.institution_id, Programme.id == Student.programme_id)
    )
    return SubmittedOutcome.student_id.in_(students.where(conversions.of_own_college(actor)))


async def list_verifiable(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, ids: Sequence[UUID]
) -> Sequence[UUID]:
    """List those of the outcomes named that the actor's college may verify."""
    return (await session.scalars(_named(institution_id, ids).where(of_college_of(actor)))).all()


async def list_withdrawable(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, ids: Sequence[UUID]
) -> Sequence[UUID]:
    """List those of the outcomes named that are the actor's own, or that they submitted."""
    own: list[ColumnElement[bool]] = [SubmittedOutcome.submitted_by == actor.id]
    if actor.student_id is not None:
        own.append(SubmittedOutcome.student_id == actor.student_id)
    return (await session.scalars(_named(institution_id, ids).where(or_(*own)))).all()


async def list_decided_by_office(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, ids: Sequence[UUID]
) -> Sequence[UUID]:
    """List those of the outcomes named that the actor's office decides."""
    if actor.institution_id != institution_id or Role.REGISTRAR not in actor.roles:
        return []
    return (await session.scalars(_named(institution_id, ids))).all()


async def list_refusable(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, ids: Sequence[UUID]
) -> Sequence[UUID]:
    """List those of the outcomes named that the actor's office, or their college, may refuse."""
    if Role.REGISTRAR in actor.roles:
        return await list_decided_by_office(session, actor, institution_id=institution_id, ids=ids)
    return await list_verifiable(session, actor, institution_id=institution_id, ids=ids)


async def list_institutions_with_expiry(session: AsyncSession) -> Sequence[UUID]:
    """List the institutions in which credits may expire."""
    statement = select(ExpiryPolicy.institution_id).distinct().order_by(ExpiryPolicy.institution_id)
    return (await session.scalars(statement)).all()


async def list_institutions_with_outcomes(session: AsyncSession) -> Sequence[UUID]:
    """List the institutions in which outcomes may have been recognised: by a policy, and their rows show to nobody."""
    statement = select(RecognitionPolicy.institution_id).distinct().order_by(RecognitionPolicy.institution_id)
    return (await session.scalars(statement)).all()
