"""Where races are run: a database of its own for each, since what is committed stays."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.exams.desk import Desk
from tests.races import desks
from tests.races.arena import Arena, opened
from x_pilot_api.core import provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings


@pytest.fixture
def own_urls(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture
async def own_database(own_urls: provision.Urls, settings: Settings) -> AsyncIterator[Database]:
    database = Database(own_urls.service, settings)
    yield database
    await database.close()


@pytest.fixture
async def desk(own_database: Database, settings: Settings) -> AsyncIterator[Desk]:
    async with desks.opened(Desk, own_database, settings) as desk:
        yield desk


@pytest.fixture
async def arena(own_urls: provision.Urls, settings: Settings) -> AsyncIterator[Arena]:
    async with opened(own_urls, settings) as arena:
        yield arena
