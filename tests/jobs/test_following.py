"""Following a job over a real socket: every change until it ends, and nothing held in between."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from tests.conftest import DATA_KEY, make_service, make_token
from tests.world import World, build_world
from x_pilot_api import serving
from x_pilot_api.app import create_app
from x_pilot_api.core import attempts, jobs, provision, streams
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.db import Database
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings

_OPEN_TRANSACTIONS = text("""
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND (state LIKE 'idle in transaction%' OR wait_event_type = 'Lock')
""")


@dataclass
class Office:
    """A served API, and a registrar who has asked for a job."""

    service: Service
    world: World
    client: httpx.AsyncClient

    @property
    def headers(self) -> dict[str, str]:
        """Act as the registrar."""
        caller = self.world.callers["registrar"]
        return {"Authorization": f"Bearer {make_token(self.service, caller.id)}"}

    async def begin(self) -> Job:
        """Ask for a job and begin it."""
        caller = self.world.callers["registrar"]
        asker = Actor(id=caller.id, kind=ActorKind.PERSON, name="registrar", permissions=frozenset())
        async with self.service.database.transaction() as session:
            job_id = await jobs.enqueue(session, "count", arguments={}, requested_by=asker)
            job = await attempts.take(session, job_id)
        assert job is not None
        return job

    async def advance(self, job: Job, done: int) -> None:
        """Move the job on."""
        async with self.service.database.transaction() as session:
            await attempts.advance(session, job, done=done, total=2)

    async def finish(self, job: Job) -> None:
        """End the job."""
        async with self.service.database.transaction() as session:
            await attempts.finish(session, job)

    @contextlib.asynccontextmanager
    async def follow(self, job_id: UUID, *, seen: str | None = None) -> AsyncGenerator[AsyncIterator[dict[str, Any]]]:
        """Open the stream and read its events."""
        headers = self.headers | ({"Last-Event-ID": seen} if seen else {})
        async with self.client.stream("GET", f"/v1/jobs/{job_id}/events", headers=headers) as answer:
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/event-stream")
            yield events(answer)


async def events(answer: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    """Put the lines of a stream together; a comment is an event of its own here."""
    found: dict[str, Any] = {}
    async for line in answer.aiter_lines():
        name, _, value = line.partition(": ")
        if line.startswith(":"):
            yield {"comment": line}
        elif line:
            found[name] = json.loads(value) if name == "data" else value
        elif "data" in found:
            yield found
            found = {}


@pytest.fixture(scope="module")
def urls_of_office(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture(scope="module")
async def office_world(urls_of_office: provision.Urls, settings: Settings) -> World:
    database = Database(urls_of_office.service, settings)
    async with database.transaction() as session:
        world = await build_world(session, Sealer(DATA_KEY))
    await database.close()
    return world


@pytest.fixture
async def office(
    urls_of_office: provision.Urls, office_world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    monkeypatch.setattr(streams, "POLL_SECONDS", 0.01)
    service = make_service(Database(urls_of_office.service, settings), settings)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        running = serving.server(create_app(service), quiet=True)
        serve = asyncio.create_task(running.serve(sockets=[taken]))
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=base, timeout=20, trust_env=False) as client:
            yield Office(service, office_world, client)
        running.should_exit = True
        await serve


async def test_each_change_is_told_until_the_job_ends(office: Office) -> None:
    job = await office.begin()
    told: list[tuple[str, int]] = []
    async with office.follow(job.id) as stream:
        async for event in stream:
            told.append((event["data"]["state"], event["data"]["progress"]["done"]))
            if len(told) == 1:
                await office.advance(job, 1)
            elif len(told) == 2:
                await office.finish(job)
    assert told == [("running", 0), ("running", 1), ("succeeded", 1)]


async def test_who_comes_back_is_told_only_what_is_new(office: Office) -> None:
    job = await office.begin()
    async with office.follow(job.id) as stream:
        first = await anext(stream)
    await office.finish(job)
    async with office.follow(job.id, seen=first["id"]) as stream:
        rest = [event async for event in stream]
    assert [event["data"]["state"] for event in rest] == ["succeeded"]
    nothing = await office.client.get(
        f"/v1/jobs/{job.id}/events", headers=office.headers | {"Last-Event-ID": rest[0]["id"]}
    )
    assert (nothing.status_code, nothing.content) == (204, b"")


async def test_a_quiet_stream_shows_that_it_lives(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.02)
    job = await office.begin()
    async with office.follow(job.id) as stream:
        assert (await anext(stream))["data"]["state"] == "running"
        assert (await anext(stream))["comment"] == ": still here"


async def test_a_stream_holds_no_transaction_and_ends_when_the_client_leaves(office: Office) -> None:
    job = await office.begin()
    pool_size = office.service.settings.pool_size
    async with contextlib.AsyncExitStack() as many:
        opened = [await many.enter_async_context(office.follow(job.id)) for _ in range(pool_size * 2)]
        for stream in opened:
            assert (await anext(stream))["data"]["state"] == "running"
        async with office.service.database.transaction(read_only=True) as session:
            assert (await session.execute(_OPEN_TRANSACTIONS)).scalar_one() <= pool_size
        assert streams._Open.count == pool_size * 2  # pyright: ignore[reportPrivateUsage]
        # More streams are open than there are connections, and others are served all the same.
        assert (await office.client.get(f"/v1/jobs/{job.id}", headers=office.headers)).status_code == 200
    async with asyncio.timeout(20):
        while streams._Open.count:  # pyright: ignore[reportPrivateUsage]
            await asyncio.sleep(0.01)


async def test_too_many_streams_are_refused_with_when_to_come_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "OPEN_MAX", 0)
    job = await office.begin()
    refused = await office.client.get(f"/v1/jobs/{job.id}/events", headers=office.headers)
    assert (refused.status_code, refused.json()["code"], refused.headers["Retry-After"]) == (503, "overloaded", "2")
