"""Reading conversions: who sees which, who may ask for or decide which."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.credits.models import ChainStep, Conversion, ConversionState, LearningOutcome
from x_pilot_api.identity.models import Role
from x_pilot_api.mappings.models import Direction
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Programme, Student


def visible_conversions(actor: Actor) -> Select[Conversion]:
    """Select the conversions of the students an actor may see, or of their organisation's certificates."""
    reasons: list[ColumnElement[bool]] = [false()]
    if actor.institution_id is not None:
        students = registry.visible_students(actor).with_only_columns(Student.id)
        reasons.append(and_(Conversion.institution_id == actor.institution_id, Conversion.student_id.in_(students)))
    if actor.organisation_id is not None:
        reasons.append(Conversion.certificate_level_id.in_(certificates.levels_of(actor.organisation_id)))
    return select(Conversion).where(or_(*reasons))


async def get_conversion(session: AsyncSession, actor: Actor, conversion_id: UUID) -> Conversion:
    """Read one visible conversion."""
    statement = visible_conversions(actor).where(Conversion.id == conversion_id)
    return await lookups.get_one(
        session, statement.execution_options(populate_existing=True), what="conversion", zh="转换"
    )


async def list_own(session: AsyncSession, actor: Actor, *, institution_id: UUID, ids: Sequence[UUID]) -> Sequence[UUID]:
    """List those of the conversions named that are the student's whom the actor is."""
    found = select(Conversion.id).where(
        Conversion.institution_id == institution_id,
        Conversion.student_id == actor.student_id,
        Conversion.id.in_(ids),
    )
    return (await session.scalars(found)).all()


async def list_conversions(
    session: AsyncSession,
    actor: Actor,
    *,
    student_id: UUID | None,
    direction: Direction | None,
    state: ConversionState | None,
    awaits: ChainStep | None,
    is_flagged: bool | None,
    wish: PageWish,
) -> tuple[Sequence[Conversion], str | None]:
    """List visible conversions, the oldest first."""
    statement = visible_conversions(actor)
    for column, value in (
        (Conversion.student_id, student_id),
        (Conversion.direction, direction),
        (Conversion.state, state),
        (Conversion.awaits, awaits),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if is_flagged is not None:
        statement = statement.where(
            Conversion.flagged_at.is_not(None) if is_flagged else Conversion.flagged_at.is_(None)
        )
    return await page_of(session, statement, order=(Conversion.id,), wish=wish)


def of_own_college(actor: Actor) -> ColumnElement[bool]:
    """Say which programmes an actor speaks for as their college."""
    return and_(
        Programme.institution_id == actor.institution_id,
        or_(Programme.college_id.in_(actor.college_ids), Programme.id.in_(actor.programme_ids)),
    )


async def list_own_students(
    session: AsyncSession,
    actor: Actor,
    *,
    outcome_ids: Sequence[UUID] = (),
    student_ids: Sequence[UUID] = (),
) -> list[UUID]:
    """List those of the students named, or behind the outcomes named, that the actor is or asks for as a college."""
    of_college = select(Programme.id).where(of_own_college(actor))
    own: list[ColumnElement[bool]] = [Student.programme_id.in_(of_college)]
    if actor.student_id is not None:
        own.append(Student.id == actor.student_id)
    statement = select(Student.id).where(Student.institution_id == actor.institution_id, or_(*own))
    if outcome_ids:
        named = select(LearningOutcome.student_id).where(
            LearningOutcome.institution_id == actor.institution_id, LearningOutcome.id.in_(outcome_ids)
        )
        statement = statement.where(Student.id.in_(named))
    else:
        statement = statement.where(Student.id.in_(student_ids))
    return list((await session.scalars(statement.order_by(Student.id))).all())


async def list_decidable(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    step: ChainStep,
    ids: Sequence[UUID],
    when_due: bool = False,
) -> list[UUID]:
    """List those of the conversions named for which the actor speaks at a step of the chain."""
    statement = select(Conversion.id).where(Conversion.institution_id == institution_id, Conversion.id.in_(ids))
    if step is ChainStep.ORGANISATION:
        if actor.organisation_id is None:
            return []
        statement = statement.where(Conversion.certificate_level_id.in_(certificates.levels_of(actor.organisation_id)))
    elif actor.institution_id != institution_id:
        return []
    elif step is ChainStep.COLLEGE:
        students = select(Student.id).join(
            Programme,
            and_(Programme.institution_id == Student.institution_id, Programme.id == Student.programme_id),
        )
        statement = statement.where(Conversion.student_id.in_(students.where(of_own_college(actor))))
    elif Role.REGISTRAR not in actor.roles:
        return []
    if when_due:
        statement = statement.where(Conversion.awaits == step)
    return list((await session.scalars(statement.order_by(Conversion.id))).all())


async def list_flagged(session: AsyncSession, actor: Actor, *, institution_id: UUID, ids: Sequence[UUID]) -> list[UUID]:
    """List those of the conversions named that the actor's office may settle, flagged or not."""
    if actor.institution_id != institution_id or Role.REGISTRAR not in actor.roles:
        return []
    found = select(Conversion.id).where(Conversion.institution_id == institution_id, Conversion.id.in_(ids))
    return list((await session.scalars(found.order_by(Conversion.id))).all())


def institution_of(actor: Actor, named: UUID | None) -> UUID:
    """Tell whose conversions a deed is about: the actor's own institution's, or the one an organisation names."""
    institution_id = actor.institution_id if named is None else named
    if institution_id is None or actor.institution_id not in {None, institution_id}:
        raise NotFound(what="institution", zh="院校")
    return institution_id
