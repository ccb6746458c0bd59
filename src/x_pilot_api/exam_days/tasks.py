"""Work on the exam day after the answer: printing a sitting, and forgetting what was printed."""

from x_pilot_api.core import attempts
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.exam_days import commands


async def print_sitting(service: Service, job: Job) -> None:
    """Make the tickets and lists of a sitting."""
    await commands.make_papers(service, job)


async def forget_papers(service: Service, job: Job) -> None:
    """Forget old bundles, a few in each transaction."""
    done = job.progress_done
    while True:
        async with service.database.transaction() as session:
            here = await commands.forget_papers(session, days=service.settings.papers_kept_days)
            done += here
            await attempts.advance(session, job, done=done)
        if not here:
            return
