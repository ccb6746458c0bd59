"""The ground of this folder's tests: committed once to a database of its own, and never changed after that."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.authz import ground as grounds
from tests.authz.ground import Ground
from tests.authz.matrix import Desk
from tests.authz.spaces import Mailing
from tests.conftest import RolledBackDatabase, make_service, undone
from tests.world import World
from x_pilot_api.core.db import Database
from x_pilot_api.core.provision import Urls
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings


@pytest.fixture(scope="session")
def ground_urls(new_database: Callable[[], Urls]) -> Urls:
    return new_database()


@pytest.fixture(scope="session")
async def ground(ground_urls: Urls, settings: Settings) -> Ground:
    database = Database(ground_urls.service, settings)
    try:
        return await grounds.lay(make_service(database, settings))
    finally:
        await database.close()


@pytest.fixture
async def connection(ground: Ground, ground_urls: Urls, settings: Settings) -> AsyncIterator[AsyncConnection]:
    """Connect to the ground instead of the seeded world; everything else follows."""
    assert ground.corners
    async with undone(ground_urls, settings) as connection:
        yield connection


@pytest.fixture
def service(connection: AsyncConnection, settings: Settings) -> Service:
    """Serve with a mail server, so that an address can be given."""
    return replace(make_service(RolledBackDatabase(connection, settings), settings), mailer=Mailing())


@pytest.fixture
def world(ground: Ground) -> World:
    return ground.world


@pytest.fixture
def desk(
    ground: Ground, client: httpx.AsyncClient, connection: AsyncConnection, sign_in: Callable[[str], dict[str, str]]
) -> Desk:
    return Desk(ground, client, connection, sign_in)
