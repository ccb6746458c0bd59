"""What is done about guidance without anybody asking: owners are reminded once a day."""

from x_pilot_api.core import attempts, clock
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.guidance.commands import telling
from x_pilot_api.identity import queries as identity


async def remind_owners(service: Service, job: Job) -> None:
    """Tell owners what is due tomorrow or overdue, each once, in a transaction an institution."""
    async with service.database.transaction(read_only=True) as session:
        wanted = await identity.list_institution_ids(session)
    today = clock.today(service.settings.timezone)
    for done, institution_id in enumerate(wanted[job.progress_done :], start=job.progress_done + 1):
        async with service.database.transaction(institution_id=institution_id) as session:
            await telling.remind_owners(session, institution_id=institution_id, today=today)
            await attempts.advance(session, job, done=done, total=len(wanted))
