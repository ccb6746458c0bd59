"""A database of its own for the feed, since only what is committed shows in it."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from tests.conftest import make_service
from tests.outbox.feeding import Feeding
from tests.world import build_world
from x_pilot_api.core import provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings


@pytest.fixture
async def feeding(new_database: Callable[[], provision.Urls]) -> AsyncIterator[Feeding]:
    # It runs an event loop of its own, which this thread already has.
    urls = await asyncio.to_thread(new_database)
    settings = Settings(issuer="https://x-pilot.test", lock_timeout_ms=20_000, pool_size=24)
    database = Database(urls.service, settings)
    service = make_service(database, settings)
    async with database.transaction() as session:
        world = await build_world(session, service.sealer)
    yield Feeding(service, world, urls)
    await database.close()
