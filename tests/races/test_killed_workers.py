"""Workers killed without a word while jobs run: none is lost, none is done twice."""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.core.nursery import TOLD
from tests.sizes import sized
from x_pilot_api.core import jobs, provision
from x_pilot_api.core.db import SERVICE_ROLE, Database, driver_url
from x_pilot_api.core.settings import Settings

KILLS, JOBS = sized(20, 200), sized(2_000, 20_000)
KILLS_TO_SHOW_A_DEFECT, JOBS_TO_SHOW_A_DEFECT = 8, 600
WORKERS = 2
_LINE = "SELECT count(*) FROM queue.waiting"
_COUNTED = "SELECT count(*) FROM counted"


@dataclass
class Yard:
    """A database of its own, its jobs, and the nursery whose workers are killed."""

    urls: provision.Urls
    database: Database
    nursery: subprocess.Popen[str]
    alive: list[int] = field(default_factory=list[int])

    async def ask(self, question: str) -> int:
        """Count something."""
        async with self.database.transaction(read_only=True) as session:
            return (await session.execute(text(question))).scalar_one()

    async def fill(self, number: int) -> None:
        """Ask for so many jobs."""
        async with self.database.transaction() as session:
            for _ in range(number):
                await jobs.enqueue(session, "count", arguments={})

    def read(self) -> str:
        """Read a line that the nursery or a worker wrote."""
        assert self.nursery.stdout is not None
        return self.nursery.stdout.readline().strip()

    def bear(self) -> None:
        """Have one more worker."""
        assert self.nursery.stdin is not None
        self.nursery.stdin.write("\n")
        self.nursery.stdin.flush()
        self.alive.append(int(self.read()))

    def kill(self) -> None:
        """Kill the oldest worker, which can do nothing about it."""
        os.kill(self.alive.pop(0), signal.SIGKILL)

    async def tell(self) -> None:
        """Let the slow work go on."""
        async with self.database.transaction() as session:
            await session.execute(text("INSERT INTO counted (job_id) VALUES (:id)"), {"id": TOLD})

    async def until(self, question: str, reached: Callable[[int], bool]) -> None:
        """Wait until a count is reached; a minute without it is a failure of its own."""
        async with asyncio.timeout(sized(60, 600)):
            while not reached(await self.ask(question)):
                await asyncio.sleep(0.005)

    async def outcome(self, number: int) -> dict[str, int]:
        """Tell what became of the jobs."""
        return {
            "lost": number - await self.ask(_COUNTED),
            "doubled": await self.ask("SELECT count(*) FROM counted WHERE times > 1"),
            "unended": await self.ask("SELECT count(*) FROM jobs WHERE state <> 'succeeded'"),
        }


@asynccontextmanager
async def yard(urls: provision.Urls, defect: str) -> AsyncGenerator[Yard]:
    """Open a yard, and leave no process behind."""
    engine = create_async_engine(driver_url(urls.owner))
    async with engine.begin() as owner:
        await owner.execute(text("CREATE TABLE counted (job_id uuid PRIMARY KEY, times int NOT NULL DEFAULT 1)"))
        await owner.execute(text(f"GRANT SELECT, INSERT, UPDATE ON counted TO {SERVICE_ROLE}"))
    await engine.dispose()
    database = Database(urls.service, Settings())
    nursery = subprocess.Popen(  # noqa: ASYNC220 - it takes no time to start a process
        [sys.executable, "-m", "tests.core.nursery", urls.service, defect],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    opened = Yard(urls, database, nursery)
    try:
        yield opened
    finally:
        for worker in opened.alive:
            os.kill(worker, signal.SIGKILL)
        nursery.communicate(timeout=10)
        await database.close()


async def _kill_while_they_work(opened: Yard, *, number: int, kills: int) -> dict[str, int]:
    chance = random.Random(20)  # noqa: S311 - repeatable, not secret
    await opened.fill(number)
    for _ in range(WORKERS):
        opened.bear()
    share = number // (kills + 1)
    for done_before in range(0, share * kills, share):
        goal = done_before + chance.randrange(1, share)
        await opened.until(_COUNTED, lambda done, goal=goal: done >= goal)
        opened.kill()
        opened.bear()
    await opened.until(_LINE, lambda waiting: waiting == 0)
    return await opened.outcome(number)


@pytest.fixture
def new_urls(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


async def test_killing_workers_while_jobs_run_loses_and_doubles_none(new_urls: provision.Urls) -> None:
    async with yard(new_urls, "none") as opened:
        outcome = await _kill_while_they_work(opened, number=JOBS, kills=KILLS)
        assert outcome == {"lost": 0, "doubled": 0, "unended": 0}


@pytest.mark.parametrize(("defect", "harm"), [("ended apart", "doubled"), ("dropped first", "lost")])
async def test_a_defect_in_how_jobs_end_shows(new_urls: provision.Urls, defect: str, harm: str) -> None:
    async with yard(new_urls, defect) as opened:
        outcome = await _kill_while_they_work(opened, number=JOBS_TO_SHOW_A_DEFECT, kills=KILLS_TO_SHOW_A_DEFECT)
        assert outcome[harm] > 0


async def test_a_worker_told_to_stop_finishes_what_it_has_begun(new_urls: provision.Urls) -> None:
    async with yard(new_urls, "slow") as opened:
        await opened.fill(1)
        opened.bear()
        assert opened.read() == "begun"
        (worker,) = opened.alive
        os.kill(worker, signal.SIGTERM)
        await opened.tell()
        await opened.until(_COUNTED, lambda done: done == 2)
        await opened.until(_LINE, lambda waiting: waiting == 0)
        opened.alive.clear()
        assert await opened.ask("SELECT count(*) FROM jobs WHERE state = 'succeeded' AND attempts = 1") == 1
