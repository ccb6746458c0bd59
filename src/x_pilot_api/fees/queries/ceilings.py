"""Reading ceilings."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import ExamForm, Level
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.fees.models import FeeCeiling
from x_pilot_api.fees.queries import periods
from x_pilot_api.fees.rules import Fee


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
        statement = statement.where(
            FeeCeiling.effective_from <= in_force_on, periods.lasts_beyond(FeeCeiling, in_force_on)
        )
    return await page_of(session, statement, order=(FeeCeiling.id,), wish=wish)


async def list_all_ceilings(session: AsyncSession) -> Sequence[FeeCeiling]:
    """List every ceiling there is; there are few, for they are published documents."""
    return (await session.scalars(select(FeeCeiling).order_by(FeeCeiling.effective_from, FeeCeiling.id))).all()


async def list_ceilings_over(session: AsyncSession, fee: Fee) -> Sequence[FeeCeiling]:
    """List every ceiling that could apply to a fee on a day of its period."""
    statement = select(FeeCeiling).where(
        FeeCeiling.exam_form == fee.exam_form,
        or_(FeeCeiling.level.is_(None), FeeCeiling.level == fee.level),
        or_(FeeCeiling.category.is_(None), FeeCeiling.category == fee.category),
        *periods.overlapping(FeeCeiling, fee.effective_from, fee.effective_to),
    )
    return (await session.scalars(statement)).all()
