"""Working through the queue: one attempt at a job after another, several at once, until told to stop."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from datetime import timedelta
from uuid import UUID

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.core.qm import QueueManager
from pgqueuer.core.sm import SchedulerManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job as QueuedJob
from pgqueuer.domain.models import Schedule
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import attempts, jobs, logs, queue
from x_pilot_api.core.db import SERVICE_ROLE, plain_url
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service

Task = Callable[[Service, Job], Awaitable[None]]
_AT_ONCE = 8
_RECONNECT_SECONDS = 2.0
_CLOSING_SECONDS = 5.0
_UNRECORDED = timedelta(seconds=2)


async def attempt(service: Service, task: Task, job_id: UUID) -> timedelta | None:
    """Make one attempt at a job; tell after what pause another one is due, or nothing if none is."""
    async with service.database.transaction() as session:
        job = await attempts.take(session, job_id)
    if job is None:
        return None
    with logs.on_behalf_of(job.request_id or str(job.id)):
        return await _attempt(service, task, job)


async def _attempt(service: Service, task: Task, job: Job) -> timedelta | None:
    end: Callable[[AsyncSession, Job], Awaitable[timedelta | None]] = attempts.succeed_unless_ended
    try:
        await task(service, job)
    except attempts.Superseded:
        end = attempts.cancel_if_asked
    except Exception as error:  # noqa: BLE001 - whatever it is, the job must not be lost with it
        logs.logger.warning(
            "job_failed", job=str(job.id), kind=job.kind, error=type(error).__name__, where=logs.where(error)
        )
        end = functools.partial(attempts.fail, error=error)
    async with service.database.transaction() as session:
        pause = await end(session, job)
        if pause is None and await attempts.is_taken_over(session, job):
            # Dropped from the line now, it would be lost with the worker of the attempt that has it.
            return timedelta(seconds=service.settings.job_lease_seconds)
    return pause


def _entrypoint(service: Service, task: Task) -> Callable[[QueuedJob], Awaitable[None]]:
    async def run(queued: QueuedJob) -> None:
        assert queued.payload is not None  # noqa: S101 - what we put in line has our id
        try:
            pause = await attempt(service, task, UUID(bytes=queued.payload))
        except Exception as error:  # noqa: BLE001 - the library would drop the job from the line, and log the message
            logs.logger.error("job_not_recorded", kind=type(error).__name__, where=logs.where(error))
            pause = _UNRECORDED
        if pause is not None:
            raise RetryRequested(pause)

    return run


@contextlib.asynccontextmanager
async def _driver(url: str) -> AsyncGenerator[AsyncpgPoolDriver]:
    """Connect for listening and fetching, beside the pool that does the work."""
    pool = asyncpg.create_pool(  # pyright: ignore[reportUnknownMemberType] - the driver types its arguments in part
        plain_url(url),
        min_size=2,
        max_size=3,
        timeout=10,
        server_settings={"role": SERVICE_ROLE, "application_name": "x-pilot worker"},
    )
    await pool
    try:
        yield AsyncpgPoolDriver(pool)
    finally:
        # A connection that died while it listened is never given back, and closing would wait for it.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(pool.close(), _CLOSING_SECONDS)


async def work(
    service: Service, tasks: Mapping[str, Task], schedules: Mapping[str, str], *, url: str, stop: asyncio.Event
) -> None:
    """Do the jobs there are and the ones to come, until told to stop; those begun are finished first."""
    while not stop.is_set():
        try:
            await _work_connected(service, tasks, schedules, url=url, stop=stop)
        except Exception as error:  # noqa: BLE001 - a lost connection must not end the worker
            logs.logger.error("worker_disconnected", kind=type(error).__name__, where=logs.where(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _RECONNECT_SECONDS)


def _asking(service: Service, kind: str) -> Callable[[Schedule], Awaitable[None]]:
    async def ask(_due: Schedule) -> None:
        async with service.database.transaction() as session:
            await jobs.enqueue(session, kind, arguments={}, once_as=kind)

    return ask


@contextlib.asynccontextmanager
async def _ending_with(stop: asyncio.Event) -> AsyncGenerator[asyncio.Event]:
    """Give an event that comes with this one, and may come without it."""
    ended = asyncio.Event()

    async def pass_on() -> None:
        await stop.wait()
        ended.set()

    passing = asyncio.create_task(pass_on())
    try:
        yield ended
    finally:
        passing.cancel()


async def _work_connected(
    service: Service, tasks: Mapping[str, Task], schedules: Mapping[str, str], *, url: str, stop: asyncio.Event
) -> None:
    # The library sets this one when it loses its listener, which must not stop the service: we connect again.
    async with _driver(url) as driver, _ending_with(stop) as ended:
        queries = queue.queries_on(driver)
        workers, scheduler = QueueManager(queries, channel=queue.NAMES.channel), SchedulerManager(queries)
        workers.shutdown = scheduler.shutdown = ended
        for kind, task in tasks.items():
            workers.entrypoint(kind, accepts_context=False)(_entrypoint(service, task))
        for kind, expression in schedules.items():
            scheduler.schedule(kind, expression, clean_old=True, accepts_context=False)(_asking(service, kind))
        async with asyncio.TaskGroup() as both:
            both.create_task(scheduler.run())
            both.create_task(
                workers.run(
                    batch_size=_AT_ONCE // 2,
                    max_concurrent_tasks=_AT_ONCE,
                    shutdown_on_listener_failure=True,
                    dequeue_timeout=timedelta(seconds=1),
                    heartbeat_timeout=timedelta(seconds=service.settings.job_lease_seconds),
                    log_aggregation_interval=timedelta(0),
                )
            )
