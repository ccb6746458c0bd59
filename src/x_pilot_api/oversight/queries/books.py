"""Verifying the books with what their entries rest on, which the books themselves do not know."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.db import Base
from x_pilot_api.ledger import queries as ledger
from x_pilot_api.ledger.queries import Report as BookReport


def sources() -> Mapping[str, str]:
    """Tell the table of every kind of fact that an entry may rest on: a kind is called as one row of its table."""
    tenant_tables = [table.name for table in Base.metadata.tables.values() if "institution_id" in table.columns]
    return {name.removesuffix("s"): name for name in tenant_tables}


async def verify_book(session: AsyncSession, institution_id: UUID) -> BookReport:
    """Recompute an institution's book from the first transfer, and look for what each entry rests on."""
    return await ledger.verify_book(session, institution_id, sources=sources())
