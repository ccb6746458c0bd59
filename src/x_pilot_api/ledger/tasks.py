"""What becomes due by itself in the book: pending transfers that nobody posted or voided in their time."""

from x_pilot_api.core import clock
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.ledger import commands, queries


async def time_out_transfers(service: Service, job: Job) -> None:
    """End what is over its time, each institution in a transaction of its own; what has ended is due no more."""
    now = clock.now()
    async with service.database.transaction(read_only=True) as session:
        institutions = await queries.list_institutions_with_due_time_outs(session, now=now)
    for institution_id in institutions:
        async with service.database.transaction(institution_id=institution_id) as session:
            await commands.time_out_due(session, SYSTEM, institution_id=institution_id, now=now, cause=job.id)
