"""What is looked for without anybody asking: numbers that clash across institutions."""

from x_pilot_api.awards import commands
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service


async def find_number_clashes(service: Service, job: Job) -> None:
    """Look for certificate numbers that several institutions' certificates of one organisation bear."""
    async with service.database.transaction() as session:
        await commands.note_clashes(session, SYSTEM, cause=job.id)
