"""Reading ceilings and fee standards."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import ExamForm, Level
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import BodyInvalid, Fault, NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.fees.models import FeeCeiling, FeeStandard, FeeStandardState
from x_pilot_api.fees.rules import Fee
from x_pilot_api.identity import queries as identity

NOT_IN_FORCE = (FeeStandardState.SUSPENDED, FeeStandardState.SUPERSEDED)
"""The states in which a standard no longer claims its period."""


def visible_standards(actor: Actor) -> Select[FeeStandard]:
    """Select an organisation's levels across institutions for its staff, else the rows of the actor's institution."""
    if actor.organisation_id is not None:
        return select(FeeStandard).where(FeeStandard.organisation_id == actor.organisation_id)
    if actor.institution_id is None:
        return select(FeeStandard).where(false())
    return select(FeeStandard).where(FeeStandard.institution_id == actor.institution_id)


async def get_standard(session: AsyncSession, actor: Actor, standard_id: UUID) -> FeeStandard:
    """Read one fee standard the actor may see."""
    standard = (await session.scalars(visible_standards(actor).where(FeeStandard.id == standard_id))).one_or_none()
    if standard is None:
        raise NotFound(what="fee standard", zh="考核费用标准")
    return standard


async def list_standards(
    session: AsyncSession,
    actor: Actor,
    *,
    certificate_level_id: UUID | None,
    exam_form: ExamForm | None,
    state: FeeStandardState | None,
    wish: PageWish,
) -> tuple[Sequence[FeeStandard], str | None]:
    """List visible fee standards, each institution's oldest first."""
    statement = visible_standards(actor)
    for column, value in (
        (FeeStandard.certificate_level_id, certificate_level_id),
        (FeeStandard.exam_form, exam_form),
        (FeeStandard.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    return await page_of(session, statement, order=(FeeStandard.institution_id, FeeStandard.id), wish=wish)


async def get_ceiling(session: AsyncSession, ceiling_id: UUID) -> FeeCeiling:
    """Read one ceiling."""
    ceiling = await session.get(FeeCeiling, ceiling_id)
    if ceiling is None:
        raise NotFound(what="fee ceiling", zh="考核费用上限")
    return ceiling


async def list_ceilings(
    session: AsyncSession,
    *,
    exam_form: ExamForm | None,
    level: Level | None,
    in_force_on: date | None,
    wish: PageWish,
) -> tuple[Sequence[FeeCeiling], str | None]:
    """List ceilings, oldest first; those of a level are the ones made for it."""
    statement = select(FeeCeiling)
    if exam_form is not None:
        statement = statement.where(FeeCeiling.exam_form == exam_form)
    if level is not None:
        statement = statement.where(FeeCeiling.level == level)
    if in_force_on is not None:
        statement = statement.where(FeeCeiling.effective_from <= in_force_on, _lasts_beyond(FeeCeiling, in_force_on))
    return await page_of(session, statement, order=(FeeCeiling.id,), wish=wish)


async def find_overlapping_ceiling(
    session: AsyncSession,
    *,
    exam_form: str,
    level: str | None,
    category: str | None,
    effective_from: date,
    effective_to: date | None,
) -> FeeCeiling | None:
    """Find a ceiling for exactly the same exams that is in force on a day of the period."""
    statement = (
        select(FeeCeiling)
        .where(
            FeeCeiling.exam_form == exam_form,
            FeeCeiling.level.is_not_distinct_from(level),
            FeeCeiling.category.is_not_distinct_from(category),
            *_overlapping(FeeCeiling, effective_from, effective_to),
        )
        .order_by(FeeCeiling.effective_from)
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def list_ceilings_over(session: AsyncSession, fee: Fee) -> Sequence[FeeCeiling]:
    """List every ceiling that could apply to a fee on a day of its period."""
    statement = select(FeeCeiling).where(
        FeeCeiling.exam_form == fee.exam_form,
        or_(FeeCeiling.level.is_(None), FeeCeiling.level == fee.level),
        or_(FeeCeiling.category.is_(None), FeeCeiling.category == fee.category),
        *_overlapping(FeeCeiling, fee.effective_from, fee.effective_to),
    )
    return (await session.scalars(statement)).all()


async def find_overlapping_standard(
    session: AsyncSession, *, institution_id: UUID, certificate_level_id: UUID, fee: Fee
) -> FeeStandard | None:
    """Find the fee standard that claims a day of the period."""
    statement = (
        select(FeeStandard)
        .where(
            FeeStandard.institution_id == institution_id,
            FeeStandard.certificate_level_id == certificate_level_id,
            FeeStandard.exam_form == fee.exam_form,
            FeeStandard.state.not_in(NOT_IN_FORCE),
            *_overlapping(FeeStandard, fee.effective_from, fee.effective_to),
        )
        .order_by(FeeStandard.effective_from)
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


def _lasts_beyond(table: type[FeeCeiling | FeeStandard], day: date) -> ColumnElement[bool]:
    return or_(table.effective_to.is_(None), table.effective_to > day)


def _overlapping(
    table: type[FeeCeiling | FeeStandard], effective_from: date, effective_to: date | None
) -> list[ColumnElement[bool]]:
    conditions = [_lasts_beyond(table, effective_from)]
    if effective_to is not None:
        conditions.append(table.effective_from < effective_to)
    return conditions


async def count_by_organisation(
    session: AsyncSession, *, institution_id: UUID, standard_ids: Sequence[UUID]
) -> dict[UUID, int]:
    """Count some of an institution's standards by the organisation whose certificates they price."""
    statement = (
        select(FeeStandard.organisation_id, func.count().label("standards"))
        .where(FeeStandard.institution_id == institution_id, FeeStandard.id.in_(standard_ids))
        .group_by(FeeStandard.organisation_id)
        .order_by(FeeStandard.organisation_id)
    )
    return {row.organisation_id: row.standards for row in (await session.execute(statement)).all()}


async def find_institution_for(session: AsyncSession, actor: Actor, named: UUID | None) -> UUID:
    """Tell which institution a standard is for: the actor's own, or for who has none the one that is named."""
    if actor.institution_id is not None:
        if named not in {None, actor.institution_id}:
            raise NotFound(what="institution", zh="院校")
        return actor.institution_id
    if named is None:
        fault: Fault = {"pointer": "/institution_id", "code": "missing", "detail": "Field required", "blocking": True}
        raise BodyInvalid(faults=[fault], count=1)
    return (await identity.get_institution(session, named)).id
