"""Housekeeping: sessions and counts of failures that are long over."""

from x_pilot_api.core import logs
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.identity import commands


async def clear_away_sessions(service: Service, job: Job) -> None:
    """Remove what nobody asks for any more; what is removed is not there to be removed again."""
    removed = await commands.clear_away(service)
    if removed:
        logs.logger.info("sessions_cleared_away", rows=removed, job=str(job.id))
