"""Housekeeping: what is kept for a time only, and jobs whose place in the line was lost."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import attempts, idempotency, jobs, logs
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service


async def forget_idempotency_keys(service: Service, job: Job) -> None:
    """Delete the keys we no longer promise to keep."""
    await _until_none(service, job, idempotency.forget_old)


async def forget_ended_jobs(service: Service, job: Job) -> None:
    """Delete jobs that ended long ago, and the library's own notes; dead letters are kept longer."""
    await _until_none(service, job, jobs.forget_ended)


async def mend_line(service: Service, job: Job) -> None:
    """Put back in line whatever waits or runs and has no place in it; that should never be needed."""
    async with service.database.transaction() as session:
        mended = await jobs.mend_line(session)
        await attempts.finish(session, job, mended=mended)
    if mended:
        logs.logger.warning("line_mended", jobs=mended)


async def _until_none(service: Service, job: Job, forget: Callable[[AsyncSession], Awaitable[int]]) -> None:
    """Delete slice by slice, each in a transaction of its own, so that nobody waits long for it."""
    deleted, more = job.progress_done, True
    while more:
        async with service.database.transaction() as session:
            here = await forget(session)
            deleted, more = deleted + here, here > 0
            await attempts.advance(session, job, done=deleted)
