"""What is done about reports after the answer: reminding once a day, and dropping records for the platform."""

from x_pilot_api.core import attempts, clock
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.identity import queries as identity
from x_pilot_api.reports import commands


async def remind_of_reports(service: Service, job: Job) -> None:
    """Remind the colleges of each institution, each in a transaction of its own."""
    async with service.database.transaction(read_only=True) as session:
        institutions = await identity.list_institution_ids(session)
    today = clock.today(service.settings.timezone)
    # An attempt goes on where the one before it stopped; the institutions are listed in one order.
    for done, institution_id in enumerate(institutions[job.progress_done :], start=job.progress_done + 1):
        async with service.database.transaction(institution_id=institution_id) as session:
            await commands.remind(session, SYSTEM, institution_id=institution_id, today=today)
            await attempts.advance(session, job, done=done, total=len(institutions))


async def drop_feed_records(service: Service, job: Job) -> None:
    """Generate and drop the records of the institution that asked; done again, each file is written as it was."""
    if job.institution_id is not None:
        await commands.send_records(service, institution_id=job.institution_id)
