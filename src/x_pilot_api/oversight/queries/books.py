"""Verifying the books with what their entries rest on, which the books themselves do not know."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges import queries as charges
from x_pilot_api.core.db import Base
from x_pilot_api.core.row_security import act_within
from x_pilot_api.ledger import queries as ledger
from x_pilot_api.ledger.queries import Finding
from x_pilot_api.ledger.queries import Report as BookReport

# The owner's other looks end in an error where a policy would hide a row; this one sees one institution's on purpose.
_SEE_ONE = text("SET LOCAL row_security = on")


def sources() -> Mapping[str, str]:
    """Tell the table of every kind of fact that an entry may rest on: a kind is called as one row of its table."""
    tenant_tables = [table.name for table in Base.metadata.tables.values() if "institution_id" in table.columns]
    return {name.removesuffix("s"): name for name in tenant_tables}


async def verify_book(session: AsyncSession, institution_id: UUID) -> BookReport:
    """Recompute an institution's book from the first transfer, and look for what each entry rests on.

    Charges bear figures of their own, which have to be what the book says of them.
    """
    await session.execute(_SEE_ONE)
    await act_within(session, institution_id=institution_id)
    report = await ledger.verify_book(session, institution_id, sources=sources())
    drift = [
        Finding(institution_id, "charge", "charges", charge_id, "its figures are not what the book says of it")
        for charge_id in await charges.find_drift(session, institution_id=institution_id)
    ]
    return replace(report, findings=[*report.findings, *drift])
