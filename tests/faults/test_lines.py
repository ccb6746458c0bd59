"""Spoilt lines between API and database, and between client and API: one effect, told errors, and all well again."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import QueuePool, text

from tests.conftest import make_service, make_token
from tests.exams import make
from tests.faults import proxy as lines
from tests.faults.proxy import Fault, Proxy
from tests.ledger import invariants
from tests.sizes import sized
from tests.world import World, build_world
from x_pilot_api import serving
from x_pilot_api.app import create_app
from x_pilot_api.core import provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.errors import REGISTRY
from x_pilot_api.core.settings import Settings

TRIES_AFTER_HEALING = 20
ROUNDS = sized(1, 25)
SETTINGS = Settings(
    issuer="https://x-pilot.test",
    lock_timeout_ms=2_000,
    pool_size=3,
    request_timeout_seconds=3.0,
    rate_address_per_minute=0,
    rate_caller_per_minute=0,
)

_IDLE_IN_TRANSACTION = text("""
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND state LIKE 'idle in transaction%' AND pid <> pg_backend_pid()
""")


@dataclass
class Stage:
    """A service with a spoilable line on both sides, and an observer on neither."""

    to_database: Proxy
    to_service: Proxy
    database: Database
    observer: Database
    world: World
    plan: make.Plan
    headers: dict[str, str]

    async def push(self, key: str, row: int) -> httpx.Response:
        """Push one row, over a connection of its own."""
        base = f"http://127.0.0.1:{self.to_service.listens_at}"
        async with httpx.AsyncClient(base_url=base, timeout=8, trust_env=False) as client:
            return await make.push(client, self.headers, self.plan, [make.row(self.world, self.plan, row)], key=key)

    async def warm_up(self) -> None:
        """Let the service have made its statements: its first push may take longer than a request may."""
        base = f"http://127.0.0.1:{self.to_service.listens_at}"
        async with httpx.AsyncClient(base_url=base, timeout=10, trust_env=False) as client:
            rows, status, tries = [make.row(self.world, self.plan, 0)], 0, 0
            while status != 200:
                answer = await make.push(client, self.headers, self.plan, rows, query="?validate_only=true")
                status, tries = answer.status_code, tries + 1
                assert tries <= TRIES_AFTER_HEALING, answer.text

    async def count(self, table: str) -> int:
        """Count rows as the observer sees them."""
        own = self.plan.institution_id
        async with self.observer.transaction(read_only=True, institution_id=own) as session:
            return int((await session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one())

    async def all_is_well(self) -> None:
        """See that nothing is held and the book is whole."""
        pool = self.database.engine.pool
        assert isinstance(pool, QueuePool)
        while pool.checkedout():
            await asyncio.sleep(0.01)
        async with self.observer.transaction(read_only=True) as session:
            assert await invariants.breaches(session, self.plan.institution_id) == []
            while (await session.execute(_IDLE_IN_TRANSACTION)).scalar_one():
                await asyncio.sleep(0.01)


@asynccontextmanager
async def served(database: Database, settings: Settings) -> AsyncGenerator[tuple[int, Callable[..., dict[str, str]]]]:
    service = make_service(database, settings)
    server = serving.server(create_app(service), quiet=True)
    taken = serving.take_socket(settings.model_copy(update={"port": 0}))
    running = asyncio.create_task(server.serve(sockets=[taken]))
    while not server.started:
        await asyncio.sleep(0.01)

    def headers(world: World) -> dict[str, str]:
        caller = world.callers["machine"]
        return {"Authorization": f"Bearer {make_token(service, caller.id, scope=caller.scope)}"}

    try:
        yield taken.getsockname()[1], headers
    finally:
        server.should_exit = True
        await running


@pytest.fixture
async def stage(new_database: Callable[[], provision.Urls]) -> AsyncIterator[Stage]:
    urls = await asyncio.to_thread(new_database)
    parts = urlsplit(urls.service)
    observer = Database(urls.service, SETTINGS)
    async with lines.opened(parts.hostname or "", parts.port or 0, trigger=b"COMMIT;") as to_database:
        spoilable = parts._replace(netloc=parts.netloc.replace(f":{parts.port}", f":{to_database.listens_at}"))
        database = Database(urlunsplit(spoilable), SETTINGS)
        async with observer.transaction() as session:
            world = await build_world(session, make_service(observer, SETTINGS).sealer)
            plan = await make.plan(session, world)
        async with (
            served(database, SETTINGS) as (port, headers),
            lines.opened("127.0.0.1", port, trigger=b"POST ") as to_service,
        ):
            stage = Stage(to_database, to_service, database, observer, world, plan, headers(world))
            await stage.warm_up()
            yield stage
    await observer.close()


async def deliver(stage: Stage, line: Proxy, fault: Fault, *, row: int, keys: Callable[[], str]) -> list[str]:
    """Push over a spoilt line, then over the healed one until it is taken; say what was wrong on the way."""
    wrong: list[str] = []
    hits, line.fault = line.hits, fault
    for tried in range(TRIES_AFTER_HEALING):
        try:
            answer = await stage.push(keys(), row)
        except httpx.TransportError:
            # Without an answer the client cannot know; it asks again.
            answer = None
        if answer is not None and answer.status_code == 201:
            break
        if answer is not None:
            code = answer.json()["code"]
            if code not in REGISTRY or answer.status_code not in {409, 503} or "retry-after" not in answer.headers:
                wrong.append(f"{fault}: {answer.status_code} {code}")
        if tried == 0:
            line.heal()
    else:
        wrong.append(f"{fault}: not taken after {TRIES_AFTER_HEALING} tries")
    line.heal()
    if line.hits == hits:
        wrong.append(f"{fault}: the line was never spoilt")
    return wrong


def the_same() -> Callable[[], str]:
    key = uuid4().hex
    return lambda: key


@pytest.mark.parametrize("side", ["to_database", "to_service"])
async def test_a_client_that_repeats_its_key_has_one_effect_whatever_the_line_does(stage: Stage, side: str) -> None:
    line: Proxy = getattr(stage, side)
    wrong: list[str] = []
    for number in range(ROUNDS):
        for row, fault in enumerate(Fault):
            before = await stage.count("result_batches")
            wrong += await deliver(stage, line, fault, row=row, keys=the_same())
            after = await stage.count("result_batches")
            if after != before + 1:
                wrong.append(f"{fault}: {after - before} batches in round {number}")
    assert not wrong, wrong
    assert await stage.count("results") == len(Fault)
    await stage.all_is_well()


@pytest.mark.parametrize("side", ["to_database", "to_service"])
async def test_a_client_that_makes_a_new_key_each_time_is_found_to_have_two_effects(stage: Stage, side: str) -> None:
    await deliver(stage, getattr(stage, side), Fault.CUT_AFTER, row=0, keys=lambda: uuid4().hex)
    assert await stage.count("result_batches") == 2
    # What the batch says has its business key, so that even this client's result counts once.
    assert await stage.count("results") == 1
    await stage.all_is_well()


async def test_readiness_is_red_while_the_database_is_away_and_green_after_without_a_restart(stage: Stage) -> None:
    # Statements that are prepared already are not spelt out again, so everything that is sent counts.
    stage.to_database.trigger = b""
    base = f"http://127.0.0.1:{stage.to_service.listens_at}"
    async with httpx.AsyncClient(base_url=base, timeout=8, trust_env=False) as client:
        assert (await client.get("/readyz")).status_code == 200
        for fault in (Fault.CUT_BEFORE, Fault.RESET, Fault.BLACK_HOLE):
            stage.to_database.fault = fault
            red = await client.get("/readyz")
            assert (red.status_code, red.json()["code"] in REGISTRY) == (503, True), red.text
            assert (await client.get("/healthz")).status_code == 200
            stage.to_database.heal()
            tries = 1
            while (await client.get("/readyz")).status_code != 200:
                tries += 1
                assert tries <= TRIES_AFTER_HEALING
    await stage.all_is_well()
