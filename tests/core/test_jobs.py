"""Work after the answer: done if and only if the deed that asked for it was committed, and seen by its asker."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

import pytest

from tests.conftest import make_service
from x_pilot_api.core import jobs, provision, working
from x_pilot_api.core.db import Database
from x_pilot_api.core.jobs import Job, JobRecord
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.working import Task


@pytest.fixture(scope="module")
def committed(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture
async def shop(committed: provision.Urls, settings: Settings) -> AsyncIterator[Service]:
    database = Database(committed.service, settings)
    yield make_service(database, settings)
    await database.close()


@asynccontextmanager
async def at_work(shop: Service, urls: provision.Urls, tasks: Mapping[str, Task]) -> AsyncGenerator[None]:
    """Have a worker run, and stop it gracefully: what it has begun is finished then."""
    stop = asyncio.Event()
    running = asyncio.create_task(working.work(shop, tasks, {}, url=urls.service, stop=stop))
    try:
        yield
    finally:
        stop.set()
        await running


async def find(shop: Service, job_id: UUID) -> JobRecord:
    async with shop.database.transaction(read_only=True) as session:
        return await session.get_one(JobRecord, job_id)


async def test_a_job_is_run_once_with_its_arguments_and_ends_well(shop: Service, committed: provision.Urls) -> None:
    seen: list[Job] = []
    came = asyncio.Event()

    async def count_beans(_service: Service, job: Job) -> None:
        seen.append(job)
        came.set()

    async with shop.database.transaction() as session:
        job_id = await jobs.enqueue(session, "count_beans", arguments={"beans": 3})
    async with at_work(shop, committed, {"count_beans": count_beans}):
        await asyncio.wait_for(came.wait(), 20)
    assert [(job.id, job.kind, job.arguments, job.attempt) for job in seen] == [
        (job_id, "count_beans", {"beans": 3}, 1)
    ]
    assert (await find(shop, job_id)).state == "succeeded"


async def test_what_is_taken_back_asks_for_nothing(shop: Service, committed: provision.Urls) -> None:
    ran: list[str] = []
    came = asyncio.Event()

    async def count_beans(_service: Service, job: Job) -> None:
        ran.append(job.arguments["who"])
        came.set()

    async def ask_and_fail() -> None:
        async with shop.database.transaction() as session:
            await jobs.enqueue(session, "count_beans", arguments={"who": "taken back"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await ask_and_fail()
    async with shop.database.transaction() as session:
        await jobs.enqueue(session, "count_beans", arguments={"who": "kept"})
    async with at_work(shop, committed, {"count_beans": count_beans}):
        await asyncio.wait_for(came.wait(), 20)
    assert ran == ["kept"]


async def test_while_one_waits_a_second_of_the_same_name_is_not_made(shop: Service) -> None:
    async with shop.database.transaction() as session:
        first = await jobs.enqueue(session, "sweep", arguments={}, once_as="sweep")
    async with shop.database.transaction() as session:
        assert await jobs.enqueue(session, "sweep", arguments={}, once_as="sweep") == first
        assert await jobs.enqueue(session, "sweep", arguments={}, once_as="another") != first
