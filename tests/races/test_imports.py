"""Imports under transactions that really commit: confirmed twice at once, worked on twice at once, killed half-way."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from tests.conftest import make_service, make_token
from tests.imports import files
from tests.imports.desk import Desk
from tests.world import World, build_world
from x_pilot_api.app import create_app
from x_pilot_api.core import attempts, provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings

WRITTEN = "SELECT count(*) FROM students WHERE student_number LIKE '2026%'"
SECONDS = 120


@dataclass(frozen=True)
class Office:
    """A desk in a database of its own."""

    desk: Desk
    world: World
    url: str

    async def ask(self, question: str) -> int:
        """Count something."""
        own = self.world.schools[0].id
        async with self.desk.service.database.transaction(read_only=True, institution_id=own) as session:
            return (await session.execute(text(question))).scalar_one()

    async def left(self) -> dict[str, int]:
        """Tell what of the import stands in the register."""
        return {
            table: await self.ask(f"SELECT count(*) FROM {table}")
            for table in ("students", "identity_documents", "student_standings")
        }


@pytest.fixture
async def office(new_database: Callable[[], provision.Urls], settings: Settings) -> AsyncIterator[Office]:
    urls = await asyncio.to_thread(new_database)
    database = Database(urls.service, settings)
    try:
        service = make_service(database, settings)
        async with database.transaction() as session:
            world = await build_world(session, service.sealer)
        headers = {"Authorization": f"Bearer {make_token(service, world.callers['registrar'].id)}"}
        transport = httpx.ASGITransport(app=create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
            yield Office(Desk(client, service, headers), world, urls.service)
    finally:
        await database.close()


async def _preview(office: Office) -> dict[str, Any]:
    return await office.desk.preview(files.csv(files.STUDENTS, *(files.student(n) for n in range(1, 51))))


async def test_two_confirmations_at_once_are_one_and_two_workers_at_once_write_once(office: Office) -> None:
    preview = await _preview(office)
    answers = await asyncio.gather(*(office.desk.confirm(preview) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [202, 409, 409, 409, 409, 409]
    # The second takes the job from the first, as after a lease that ran out; the first may have written by then.
    outcomes = await asyncio.gather(*(office.desk.work(preview["job_id"]) for _ in range(2)), return_exceptions=True)
    assert [type(it) for it in outcomes if it is not None and not isinstance(it, attempts.Superseded)] in (
        [],
        [AssertionError],
    )
    assert await office.ask(WRITTEN) == 50
    assert await office.ask("SELECT count(*) FROM audit_events WHERE deed = 'apply_import'") == 1
    assert (await office.desk.read(preview["id"]))["state"] == "applied"


async def test_an_import_killed_half_way_leaves_nothing_and_is_done_by_the_next_attempt(office: Office) -> None:
    preview = await _preview(office)
    before = await office.left()
    assert (await office.desk.confirm(preview)).status_code == 202
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.imports.dying", office.url, preview["job_id"]), stdout=asyncio.subprocess.PIPE
    )
    assert worker.stdout is not None
    async with asyncio.timeout(SECONDS):
        assert await worker.stdout.readline() == b"written\n"
    os.kill(worker.pid, signal.SIGKILL)
    assert await worker.wait() == -signal.SIGKILL
    assert await office.left() == before
    assert (await office.desk.read(preview["id"]))["state"] == "confirmed"
    await office.desk.work(preview["job_id"])
    assert await office.ask(WRITTEN) == 50
    assert await office.left() == {table: count + 50 for table, count in before.items()}
    assert (await office.desk.read(preview["id"]))["state"] == "applied"
