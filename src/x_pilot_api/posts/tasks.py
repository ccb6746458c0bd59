"""What is done about working groups without anybody asking."""

from uuid import UUID

from x_pilot_api.core import clock
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.posts import commands


async def tell_uncovered_certificate(service: Service, job: Job) -> None:
    """Tell who can do something about it that a certificate was admitted which no group watches."""
    institution_id = UUID(str(job.arguments["institution_id"]))
    async with service.database.transaction(institution_id=institution_id) as session:
        await commands.tell_uncovered(
            session,
            institution_id=institution_id,
            admission_id=UUID(str(job.arguments["admission_id"])),
            today=clock.today(service.settings.timezone),
        )
