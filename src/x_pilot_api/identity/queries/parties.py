"""Reading institutions and evaluation organisations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Institution, Organisation


async def get_organisation(session: AsyncSession, organisation_id: UUID) -> Organisation:
    """Read one evaluation organisation."""
    organisation = await session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(what="organisation", zh="评价组织")
    return organisation


async def lock_organisation(session: AsyncSession, organisation_id: UUID) -> Organisation:
    """Lock one evaluation organisation and read it as it is now."""
    statement = select(Organisation).where(Organisation.id == organisation_id).with_for_update()
    return await lookups.get_one(
        session, statement.execution_options(populate_existing=True), what="organisation", zh="评价组织"
    )


async def list_organisations(
    session: AsyncSession, *, text: str | None, wish: PageWish
) -> tuple[Sequence[Organisation], str | None]:
    """List evaluation organisations by name."""
    statement = select(Organisation)
    if text:
        statement = statement.where(Organisation.name.contains(text, autoescape=True))
    return await page_of(session, statement, order=(Organisation.name, Organisation.id), wish=wish)


async def list_institution_ids(session: AsyncSession) -> Sequence[UUID]:
    """List all institutions, for who deals with one after the other."""
    return (await session.scalars(select(Institution.id).order_by(Institution.id))).all()


async def get_institution(session: AsyncSession, institution_id: UUID) -> Institution:
    """Read one institution."""
    institution = await session.get(Institution, institution_id)
    if institution is None:
        raise NotFound(what="institution", zh="院校")
    return institution


async def lock_institution(session: AsyncSession, institution_id: UUID) -> None:
    """Let one deed at a time number what an institution has in versions."""
    statement = select(Institution.id).where(Institution.id == institution_id).with_for_update(key_share=True)
    await session.execute(statement)
