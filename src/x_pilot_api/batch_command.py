"""Verifying by hand that what organisations signed is what is stored."""

from x_pilot_api.core.db import Database
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.settings import Settings
from x_pilot_api.oversight import queries
from x_pilot_api.oversight.queries import BatchReport


async def verify(settings: Settings, owner_url: str, sealer: Sealer) -> BatchReport:
    """Verify every batch as the owner of the tables, who sees those of all institutions."""
    database = Database.as_owner(owner_url, settings)
    try:
        async with database.transaction(read_only=True) as session:
            return await queries.verify_batches(session, sealer)
    finally:
        await database.close()
