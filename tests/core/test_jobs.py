"""Work after the answer: done if and only if the deed that asked for it was committed, and seen by its asker."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.models import HealthCheckEvent
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.conftest import make_service
from x_pilot_api import worker
from x_pilot_api.core import attempts, clock, jobs, provision, queue, working
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.db import Database, driver_url
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.jobs import Job, JobRecord, JobState
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.working import Task
from x_pilot_api.jobs import commands, queries


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


async def test_a_worker_that_lost_its_listener_connects_again_and_stops_nobody(
    shop: Service, committed: provision.Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    healthy, asked, came = QueueManager.listener_healthy, list[None](), asyncio.Event()

    async def lost_at_first(self: QueueManager, timeout: timedelta) -> HealthCheckEvent:  # noqa: ASYNC109 - the library's
        asked.append(None)
        if len(asked) == 1:
            raise TimeoutError
        return await healthy(self, timeout)

    async def ring(_service: Service, _job: Job) -> None:
        came.set()

    monkeypatch.setattr(QueueManager, "listener_healthy", lost_at_first)
    monkeypatch.setattr(working, "_RECONNECT_SECONDS", 0.01)
    stop = asyncio.Event()
    running = asyncio.create_task(working.work(shop, {"ring": ring}, {}, url=committed.service, stop=stop))
    async with shop.database.transaction() as session:
        await jobs.enqueue(session, "ring", arguments={})
    async with asyncio.timeout(20):
        while len(asked) < 2:
            await asyncio.sleep(0.05)
        assert not stop.is_set()
        await came.wait()
    stop.set()
    await running


async def test_a_worker_whose_library_ends_without_a_word_connects_again(
    shop: Service, committed: provision.Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, began, came = QueueManager.run, list[None](), asyncio.Event()

    async def ended_at_first(self: QueueManager, **how: object) -> None:
        began.append(None)
        if len(began) == 1:
            self.shutdown.set()
        else:
            await cast("Callable[..., Awaitable[None]]", run)(self, **how)

    async def ring(_service: Service, _job: Job) -> None:
        came.set()

    monkeypatch.setattr(QueueManager, "run", ended_at_first)
    async with shop.database.transaction() as session:
        await jobs.enqueue(session, "ring", arguments={})
    async with at_work(shop, committed, {"ring": ring}):
        await asyncio.wait_for(came.wait(), 20)


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


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next attempt come without a pause."""

    def no_pause(_failures: int) -> timedelta:
        return timedelta()

    monkeypatch.setattr(attempts, "pause_after", no_pause)


def test_pauses_grow_and_are_bounded() -> None:
    pauses = [attempts.pause_after(failures) for failures in range(1, 40)]
    assert [pause.total_seconds() for pause in pauses[:4]] == [2, 4, 8, 16]
    assert pauses == sorted(pauses)
    assert pauses[-1] == attempts.PAUSE_MAX


async def run_until_ended(
    shop: Service, committed: provision.Urls, tasks: Mapping[str, Task], job_id: UUID
) -> JobRecord:
    async with at_work(shop, committed, tasks), asyncio.timeout(30):
        while (ended := await find(shop, job_id)).ended_at is None:
            await asyncio.sleep(0.01)
    return ended


async def ask(shop: Service, kind: str, **arguments: object) -> UUID:
    async with shop.database.transaction() as session:
        return await jobs.enqueue(session, kind, arguments=arguments)


@pytest.mark.usefixtures("_at_once")
async def test_a_job_that_fails_is_tried_again_from_where_it_was(shop: Service, committed: provision.Urls) -> None:
    begun_at: list[int] = []

    async def climb(service: Service, job: Job) -> None:
        begun_at.append(job.progress_done)
        async with service.database.transaction() as session:
            await attempts.advance(session, job, done=job.progress_done + 1, total=3, climbed=job.progress_done + 1)
        if job.progress_done < 2:
            raise TimeoutError("nobody's name")

    ended = await run_until_ended(shop, committed, {"climb": climb}, await ask(shop, "climb"))
    assert begun_at == [0, 1, 2]
    assert (ended.state, ended.attempts, ended.failures, ended.progress_done) == ("succeeded", 3, 2, 3)
    assert ended.counts == {"climbed": 3}
    assert ended.last_error == "TimeoutError"


@pytest.mark.usefixtures("_at_once")
async def test_what_fails_for_good_is_a_dead_letter_that_can_be_taken_up_again(
    shop: Service, committed: provision.Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "FAILURES_MAX", 3)
    broken = True

    async def weigh(_service: Service, _job: Job) -> None:
        if broken:
            raise TimeoutError("nobody's name")

    job_id = await ask(shop, "weigh_in_vain")
    dead = await run_until_ended(shop, committed, {"weigh_in_vain": weigh}, job_id)
    assert (dead.state, dead.attempts, dead.problem) == ("failed", attempts.FAILURES_MAX, {"code": "job_failed"})
    async with shop.database.transaction(read_only=True) as session:
        dead_letters, _ = await queries.list_jobs(
            session, SYSTEM, kind="weigh_in_vain", state=JobState.FAILED, wish=PageWish(size=10, after=None)
        )
    assert [letter.id for letter in dead_letters] == [job_id]
    broken = False
    async with shop.database.transaction() as session:
        await commands.retry_job(session, SYSTEM, job_id=job_id)
    ended = await run_until_ended(shop, committed, {"weigh_in_vain": weigh}, job_id)
    assert (ended.state, ended.attempts, ended.problem) == ("succeeded", attempts.FAILURES_MAX + 1, None)


async def test_what_another_attempt_has_taken_over_stays_in_line_for_when_that_one_is_lost(shop: Service) -> None:
    job_id = await ask(shop, "weigh_twice")

    async def weigh(service: Service, job: Job) -> None:
        async with service.database.transaction() as session:
            assert await attempts.take(session, job_id) is not None
        async with service.database.transaction() as session:
            await attempts.finish(session, job)

    assert await working.attempt(shop, weigh, job_id) is not None
    assert (await find(shop, job_id)).state == "running"


async def test_a_refusal_is_not_tried_again(shop: Service, committed: provision.Urls) -> None:
    async def weigh(_service: Service, _job: Job) -> None:
        raise NotFound(what="scales", zh="秤")

    dead = await run_until_ended(shop, committed, {"weigh": weigh}, await ask(shop, "weigh"))
    assert (dead.state, dead.attempts, dead.problem) == ("failed", 1, {"code": "not_found"})


async def test_a_running_job_is_cancelled_at_its_next_step_and_the_step_is_taken_back(
    shop: Service, committed: provision.Urls
) -> None:
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def climb(service: Service, job: Job) -> None:
        async with service.database.transaction() as session:
            await attempts.advance(session, job, done=1)
        begun.set()
        await cancelled.wait()
        async with service.database.transaction() as session:
            await attempts.advance(session, job, done=2)

    job_id = await ask(shop, "descend")
    async with at_work(shop, committed, {"descend": climb}):
        await asyncio.wait_for(begun.wait(), 20)
        async with shop.database.transaction() as session:
            await commands.cancel_job(session, SYSTEM, job_id=job_id)
        cancelled.set()
    ended = await find(shop, job_id)
    assert (ended.state, ended.progress_done) == ("cancelled", 1)


async def test_an_attempt_that_another_has_taken_over_can_write_nothing_more(shop: Service) -> None:
    job_id = await ask(shop, "nobody_does_this")
    async with shop.database.transaction() as session:
        first = await attempts.take(session, job_id)
    async with shop.database.transaction() as session:
        second = await attempts.take(session, job_id)
    assert first is not None
    assert second is not None

    async def finish(job: Job) -> None:
        async with shop.database.transaction() as session:
            await attempts.finish(session, job)

    with pytest.raises(attempts.Superseded):
        await finish(first)
    assert (await find(shop, job_id)).state == "running"
    await finish(second)
    assert (await find(shop, job_id)).state == "succeeded"


async def test_a_job_whose_worker_dies_under_it_again_and_again_is_left_as_a_dead_letter(shop: Service) -> None:
    job_id = await ask(shop, "poison")
    taken = 0
    while True:
        async with shop.database.transaction() as session:
            if await attempts.take(session, job_id) is None:
                break
        taken += 1
    ended = await find(shop, job_id)
    assert (taken, ended.state, ended.last_error) == (attempts.LOSSES_MAX, "failed", "WorkerLost")


async def test_a_job_that_lost_its_place_in_line_gets_it_back(shop: Service) -> None:
    job_id = await ask(shop, "lost")
    place = text("SELECT count(*) FROM queue.waiting WHERE payload = uuid_send(CAST(:id AS uuid))")
    async with shop.database.transaction() as session:
        while await jobs.mend_line(session):
            pass
        await session.execute(text("DELETE FROM queue.waiting WHERE entrypoint = 'lost'"))
        assert await jobs.mend_line(session) == 1
        assert (await session.execute(place, {"id": job_id})).scalar_one() == 1
        assert await jobs.mend_line(session) == 0


async def test_jobs_that_ended_long_ago_are_forgotten_and_dead_letters_later(
    shop: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, dead = await ask(shop, "done"), await ask(shop, "dead")
    async with shop.database.transaction() as session:
        job = await attempts.take(session, done)
        assert job is not None
        await attempts.finish(session, job)
        failing = await attempts.take(session, dead)
        assert failing is not None
        await attempts.fail(session, failing, NotFound(what="scales", zh="秤"))
    now = clock.now()

    async def left_after(days: int) -> set[UUID]:
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=days))
        async with shop.database.transaction() as session:
            while await jobs.forget_ended(session):
                pass
            return set((await session.scalars(select(JobRecord.id).where(JobRecord.id.in_([done, dead])))).all())

    assert await left_after(29) == {done, dead}
    assert await left_after(31) == {dead}
    assert await left_after(181) == set()


async def test_the_library_finds_its_tables_as_it_wants_them(committed: provision.Urls) -> None:
    engine = create_async_engine(driver_url(committed.owner))
    async with engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        plan = await queue.queries_on(AsyncpgDriver(raw)).plan_upgrade()
    await engine.dispose()
    assert list(plan.statements) == []


def test_every_task_on_the_clock_is_one_the_worker_knows() -> None:
    assert worker.SCHEDULES.keys() <= worker.TASKS.keys()
