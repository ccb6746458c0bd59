"""What the clock asks for: a mark each minute, kept as long as the feed needs it."""

from datetime import timedelta

from x_pilot_api.core import clock
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.student_space import commands

MARKS_KEPT = timedelta(days=90)


async def mark_changes(service: Service, _job: Job) -> None:
    """Mark the present instant, and forget marks that have had their time; one mark more does no harm."""
    async with service.database.transaction() as session:
        await commands.mark_instant(session)
        await commands.forget_marks(session, before=clock.now() - MARKS_KEPT)
