"""What is done about guaranteed attempts without anybody asking."""

from uuid import UUID

from x_pilot_api.charges import commands
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.identity import queries as identity


async def grant_guarantees(service: Service, job: Job) -> None:
    """Grant whoever has come to be a student of the pilot their attempt: in one institution, or in each of them."""
    named = job.arguments.get("institution_id")
    async with service.database.transaction(read_only=True) as session:
        institutions = [UUID(str(named))] if named else await identity.list_institution_ids(session)
    for institution_id in institutions:
        async with service.database.transaction(institution_id=institution_id) as session:
            await commands.grant_guarantees(session, SYSTEM, institution_id=institution_id)
