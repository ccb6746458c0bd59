"""What is done about supervision without anybody asking: owners of measures are reminded once a day."""

from x_pilot_api.core import attempts, clock
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.identity import queries as identity
from x_pilot_api.supervision import commands


async def remind_of_findings(service: Service, job: Job) -> None:
    """Remind the owners of each institution's measures, each in a transaction of its own."""
    async with service.database.transaction(read_only=True) as session:
        institutions = await identity.list_institution_ids(session)
    today = clock.today(service.settings.timezone)
    # An attempt goes on where the one before it stopped; the institutions are listed in one order.
    for done, institution_id in enumerate(institutions[job.progress_done :], start=job.progress_done + 1):
        async with service.database.transaction(institution_id=institution_id) as session:
            await commands.remind(session, SYSTEM, institution_id=institution_id, today=today)
            await attempts.advance(session, job, done=done, total=len(institutions))
