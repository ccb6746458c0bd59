"""Names of the places that cases and bulletins speak of, and which ids name none."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Certificate
from x_pilot_api.publications.errors import PublicationPlaceUnknown
from x_pilot_api.registry.models import College, Programme


async def find_colleges(session: AsyncSession, institution_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """Find the names of some colleges."""
    if not ids:
        return {}
    statement = select(College.id, College.name).where(College.institution_id == institution_id, College.id.in_(ids))
    return {row.id: row.name for row in (await session.execute(statement)).all()}


async def find_programmes(
    session: AsyncSession, institution_id: UUID, ids: Collection[UUID]
) -> dict[UUID, tuple[str, UUID]]:
    """Find the names of some programmes, and their colleges."""
    if not ids:
        return {}
    statement = select(Programme.id, Programme.name, Programme.college_id).where(
        Programme.institution_id == institution_id, Programme.id.in_(ids)
    )
    return {row.id: (row.name, row.college_id) for row in (await session.execute(statement)).all()}


async def find_certificates(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """Find the names of some certificates."""
    if not ids:
        return {}
    rows = await session.execute(select(Certificate.id, Certificate.name).where(Certificate.id.in_(ids)))
    return {row.id: row.name for row in rows.all()}


def check_all_found(asked: Collection[UUID], *found: Collection[UUID]) -> None:
    """Refuse ids that name nothing here."""
    unknown = sorted(set(asked).difference(*found))
    if unknown:
        raise PublicationPlaceUnknown(ids=", ".join(str(each) for each in unknown))
