"""Finding published rules, as everybody may."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.mappings import rules
from x_pilot_api.mappings.models import Mapping
from x_pilot_api.registry.models import Programme


async def list_published(
    session: AsyncSession,
    *,
    institution_id: UUID | None,
    programme_code: str | None,
    certificate_level_id: UUID | None,
    on: date | None,
    wish: PageWish,
) -> tuple[Sequence[Mapping], str | None]:
    """List published rules of every institution, those in force on a day or all that hold or will hold."""
    statement = select(Mapping).where(Mapping.state.in_(rules.IN_FORCE))
    if institution_id is not None:
        statement = statement.where(Mapping.institution_id == institution_id)
    if programme_code is not None:
        statement = statement.join(
            Programme,
            and_(Programme.institution_id == Mapping.institution_id, Programme.id == Mapping.programme_id),
        ).where(Programme.code == programme_code)
    if certificate_level_id is not None:
        statement = statement.where(Mapping.certificate_level_id == certificate_level_id)
    if on is not None:
        statement = statement.where(
            Mapping.effective_from <= on, or_(Mapping.effective_to.is_(None), Mapping.effective_to > on)
        )
    return await page_of(session, statement, order=(Mapping.institution_id, Mapping.id), wish=wish)


async def list_latest_published(session: AsyncSession, *, institution_id: UUID | None, size: int) -> Sequence[Mapping]:
    """List the rules published last, the newest first."""
    statement = select(Mapping).where(Mapping.state.in_(rules.IN_FORCE), Mapping.published_at.is_not(None))
    if institution_id is not None:
        statement = statement.where(Mapping.institution_id == institution_id)
    return (await session.scalars(statement.order_by(Mapping.published_at.desc(), Mapping.id).limit(size))).all()


async def get_published(session: AsyncSession, mapping_id: UUID) -> Mapping:
    """Read one published rule, as everybody may."""
    statement = select(Mapping).where(Mapping.id == mapping_id, Mapping.state.in_(rules.IN_FORCE))
    return await lookups.get_one(session, statement, what="mapping", zh="转换规则")
