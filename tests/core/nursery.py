"""A process that bears workers: told so by a line, it forks one that runs until it is killed or told to stop.

Run as `python -m tests.core.nursery URL DEFECT`; forking spares each worker the seconds that importing takes.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text

from tests.conftest import make_service
from x_pilot_api.core import attempts, signals, working
from x_pilot_api.core.db import Database
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.working import Task

_COUNT = text("INSERT INTO counted (job_id) VALUES (:id) ON CONFLICT (job_id) DO UPDATE SET times = counted.times + 1")
_DROP = text("DELETE FROM queue.waiting WHERE payload = uuid_send(CAST(:id AS uuid))")
_TOLD = text("SELECT count(*) FROM counted WHERE job_id = :id")
TOLD = UUID(int=1)
"""What stands in the table when slow work may go on."""


async def count(service: Service, job: Job) -> None:
    """Count the job and end it, in one transaction."""
    async with service.database.transaction() as session:
        await session.execute(_COUNT, {"id": job.id})
        await attempts.finish(session, job)


async def count_and_end_apart(service: Service, job: Job) -> None:
    """Count the job in one transaction and end it in another: the defect that doubles work."""
    async with service.database.transaction() as session:
        await session.execute(_COUNT, {"id": job.id})
    async with service.database.transaction() as session:
        await attempts.finish(session, job)


async def drop_and_count(service: Service, job: Job) -> None:
    """Take the job out of the line before its work is done: the defect that loses work."""
    async with service.database.transaction() as session:
        await session.execute(_DROP, {"id": job.id})
    await count(service, job)


async def count_slowly(service: Service, job: Job) -> None:
    """Say that the work has begun, and go on when told to: what a graceful stop must wait for."""
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    while not await _is_told(service):
        await asyncio.sleep(0.01)
    await count(service, job)


async def _is_told(service: Service) -> bool:
    async with service.database.transaction(read_only=True) as session:
        return bool((await session.execute(_TOLD, {"id": TOLD})).scalar_one())


TASKS: Mapping[str, Task] = {
    "none": count,
    "ended apart": count_and_end_apart,
    "dropped first": drop_and_count,
    "slow": count_slowly,
}


async def work(url: str, task: Task) -> None:
    """Be one worker."""
    service = make_service(Database(url, Settings(job_lease_seconds=1)), Settings(job_lease_seconds=1))
    stop = asyncio.Event()
    with signals.handled(stop.set):
        await working.work(service, {"count": task}, {}, url=url, stop=stop)
    await service.database.close()


def main(url: str, defect: str) -> None:
    """Bear a worker for each line that comes in, and tell its process id."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run(work(url, TASKS[defect]))
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
