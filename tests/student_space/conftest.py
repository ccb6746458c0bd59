"""What tests of a student's own space share; the feed needs a database that really commits."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import httpx
import pytest
from fastapi import FastAPI

from tests.conftest import make_service, make_token
from tests.exams.desk import Desk, SignIn
from tests.inbox.box import Box
from tests.student_space.phone import Phone
from tests.world import World, build_world
from x_pilot_api.app import create_app
from x_pilot_api.core import provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings


@dataclass
class Campus:
    """A service whose every request commits, and a way to be anybody."""

    service: Service
    world: World
    client: httpx.AsyncClient
    sign_in: SignIn

    @property
    def desk(self) -> Desk:
        """Plan, push and look at what came of it."""
        return Desk(self.client, self.sign_in, self.world, self.service)

    @property
    def box(self) -> Box:
        """Send messages."""
        return Box(self.client, self.sign_in, self.world, self.service)

    def phone(self, who: str = "student", *, page_size: int = 100) -> Phone:
        """Give somebody a telephone."""
        return Phone(self.client, self.sign_in, who, page_size)


_APPS: list[FastAPI] = []
"""The one application of a process: building it takes as long as a test does."""


def _app_of(service: Service) -> FastAPI:
    if not _APPS:
        _APPS.append(create_app(service))
    _APPS[0].state.service = service
    return _APPS[0]


@pytest.fixture
async def campus(new_database: Callable[[], provision.Urls]) -> AsyncIterator[Campus]:
    urls = await asyncio.to_thread(new_database)
    settings = Settings(
        issuer="https://x-pilot.test",
        lock_timeout_ms=20_000,
        pool_size=24,
        rate_address_per_minute=0,
        rate_caller_per_minute=0,
    )
    database = Database(urls.service, settings)
    try:
        service = make_service(database, settings)
        async with database.transaction() as session:
            world = await build_world(session, service.sealer)

        def sign_in(who: str) -> dict[str, str]:
            caller = world.callers[who]
            token = make_token(service, caller.id, scope=caller.scope, is_test=caller.is_test)
            return {"Authorization": f"Bearer {token}"}

        transport = httpx.ASGITransport(app=_app_of(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
            yield Campus(service, world, client, sign_in)
    finally:
        await database.close()


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Desk:
    return Desk(client, sign_in, world, service)


@pytest.fixture
def phone(client: httpx.AsyncClient, sign_in: SignIn) -> Phone:
    return Phone(client, sign_in)
