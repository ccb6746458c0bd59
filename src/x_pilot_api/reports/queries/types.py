"""Finding report types and their versions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.reports.models import ReportType, ReportTypeVersion


def visible_types(actor: Actor) -> Select[ReportType]:
    """Select the report types of the actor's institution."""
    if actor.institution_id is None:
        return select(ReportType).where(false())
    return select(ReportType).where(ReportType.institution_id == actor.institution_id)


async def get_type(session: AsyncSession, actor: Actor, type_id: UUID, *, lock: bool = False) -> ReportType:
    """Read one visible type, locked when it is to be changed or a period of it opened."""
    statement = visible_types(actor).where(ReportType.id == type_id)
    return await lookups.get_one(session, statement, what="report type", zh="报告类型", lock=lock)


async def list_types(session: AsyncSession, actor: Actor, *, wish: PageWish) -> tuple[Sequence[ReportType], str | None]:
    """List visible types, the oldest first."""
    return await page_of(session, visible_types(actor), order=(ReportType.id,), wish=wish)


async def get_version(session: AsyncSession, type_: ReportType) -> ReportTypeVersion:
    """Read the latest version of a type."""
    found = await session.scalars(
        select(ReportTypeVersion).where(
            ReportTypeVersion.institution_id == type_.institution_id,
            ReportTypeVersion.report_type_id == type_.id,
            ReportTypeVersion.number == type_.versions,
        )
    )
    return found.one()
