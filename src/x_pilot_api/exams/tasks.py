"""Work on results after the answer."""

from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.exams import commands


async def take_in_results(service: Service, job: Job) -> None:
    """Take in a file of results that was too large for its request."""
    await commands.take_in_laid_down(service, job)


async def lift_result_embargoes(service: Service, job: Job) -> None:
    """Let go what was held until students may see it, each plan in a transaction of its own."""
    _ = job
    await commands.lift_embargoes(service)
