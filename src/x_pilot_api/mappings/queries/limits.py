"""Finding the limits of policy, and what is measured against them."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Institution, Role
from x_pilot_api.mappings.models import LimitCode, Mapping, MappingCourse, PolicyLimit
from x_pilot_api.mappings.rules import LimitedCourse
from x_pilot_api.registry.models import Course

_READERS = frozenset({Role.REGISTRAR, Role.COORDINATOR, Role.TEACHER, Role.AUDITOR})


def visible_limits(actor: Actor) -> Select[PolicyLimit]:
    """Select the limits of the actor's institution."""
    if actor.institution_id is None or not actor.roles & _READERS:
        return select(PolicyLimit).where(false())
    return select(PolicyLimit).where(PolicyLimit.institution_id == actor.institution_id)


def in_force(on: date) -> ColumnElement[bool]:
    """Say which limits hold on a day."""
    return and_(
        PolicyLimit.withdrawn_at.is_(None),
        PolicyLimit.effective_from <= on,
        or_(PolicyLimit.effective_to.is_(None), PolicyLimit.effective_to > on),
    )


async def list_visible_limits(
    session: AsyncSession, actor: Actor, *, code: LimitCode | None, in_force_on: date | None, wish: PageWish
) -> tuple[Sequence[PolicyLimit], str | None]:
    """List the versions of the institution's limits, the oldest first."""
    statement = visible_limits(actor)
    if code is not None:
        statement = statement.where(PolicyLimit.code == code)
    if in_force_on is not None:
        statement = statement.where(in_force(in_force_on))
    return await page_of(session, statement, order=(PolicyLimit.id,), wish=wish)


async def get_limit(session: AsyncSession, actor: Actor, limit_id: UUID) -> PolicyLimit:
    """Read one version of a limit."""
    return await lookups.get_one(
        session, visible_limits(actor).where(PolicyLimit.id == limit_id), what="policy limit", zh="政策限制"
    )


async def lock_limits(session: AsyncSession, institution_id: UUID) -> None:
    """Let one deed at a time change an institution's limits."""
    statement = select(Institution.id).where(Institution.id == institution_id).with_for_update(key_share=True)
    await session.execute(statement)


async def list_series(session: AsyncSession, limit: PolicyLimit) -> Sequence[PolicyLimit]:
    """List all versions of one limit, the oldest first, as they are now."""
    statement = (
        select(PolicyLimit)
        .where(
            PolicyLimit.institution_id == limit.institution_id,
            PolicyLimit.code == limit.code,
            PolicyLimit.certificate_level_id.is_not_distinct_from(limit.certificate_level_id),
            PolicyLimit.certificate_id.is_not_distinct_from(limit.certificate_id),
            PolicyLimit.level.is_not_distinct_from(limit.level),
        )
        .order_by(PolicyLimit.version)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def list_limits(session: AsyncSession, mapping: Mapping, *, on: date) -> Sequence[PolicyLimit]:
    """List the limits in force on a day, general ones and those for the rule's level."""
    statement = select(PolicyLimit).where(
        PolicyLimit.institution_id == mapping.institution_id,
        or_(
            PolicyLimit.certificate_level_id.is_(None),
            PolicyLimit.certificate_level_id == mapping.certificate_level_id,
        ),
        in_force(on),
    )
    return (await session.scalars(statement)).all()


async def find_limits(session: AsyncSession, institution_ids: Collection[UUID], *, on: date) -> Sequence[PolicyLimit]:
    """Find the limits of institutions that are in force on a day."""
    statement = select(PolicyLimit).where(PolicyLimit.institution_id.in_(institution_ids), in_force(on))
    return (await session.scalars(statement)).all()


async def list_limited_courses(session: AsyncSession, mapping: Mapping) -> Sequence[LimitedCourse]:
    """List what a rule's courses are, as far as limits ask."""
    statement = (
        select(Course.code, Course.category)
        .join(
            MappingCourse,
            and_(Course.institution_id == MappingCourse.institution_id, Course.id == MappingCourse.course_id),
        )
        .where(MappingCourse.institution_id == mapping.institution_id, MappingCourse.mapping_id == mapping.id)
        .order_by(Course.code)
    )
    return [LimitedCourse(row.code, row.category) for row in (await session.execute(statement)).all()]
