"""What becomes due by itself: deposits whose objection window has ended."""

from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.credits import commands, queries


async def post_due_deposits(service: Service, job: Job) -> None:
    """Post what is due, each institution in a transaction of its own; what is posted is due no more."""
    async with service.database.transaction(read_only=True) as session:
        institutions = await queries.list_institutions_with_due_deposits(session)
    for institution_id in institutions:
        async with service.database.transaction(institution_id=institution_id) as session:
            await commands.post_due_deposits(session, SYSTEM, institution_id=institution_id, cause=job.id)
