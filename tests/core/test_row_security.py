"""The second net: what a statement without a WHERE sees, and that no context outlives its transaction."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from tests.conftest import make_service
from tests.sizes import sized
from tests.world import World, build_world
from x_pilot_api.core import row_security
from x_pilot_api.core.db import Database
from x_pilot_api.core.provision import Urls
from x_pilot_api.core.row_security import INSTITUTION, act_within
from x_pilot_api.core.settings import Settings
from x_pilot_api.models import metadata

SECURED = {
    "students", "identity_documents", "candidates", "result_batches", "result_rows", "results", "fee_standards",
}  # fmt: skip
REQUESTS = sized(2_000, 10_000)
_NETS = text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY relname")
_SEEN = text("SELECT institution_id FROM students")


@pytest.fixture(scope="session")
def pool_urls(new_database: Callable[[], Urls]) -> Urls:
    return new_database()


@pytest.fixture(scope="session")
async def pool_world(pool_urls: Urls, settings: Settings) -> World:
    database = Database(pool_urls.service, settings)
    try:
        async with database.transaction() as session:
            return await build_world(session, make_service(database, settings).sealer)
    finally:
        await database.close()


@pytest.fixture
async def pool(pool_urls: Urls, pool_world: World, settings: Settings) -> AsyncIterator[Database]:
    """Open a pool of two connections, which many requests have to share."""
    assert pool_world.schools
    database = Database(pool_urls.service, settings.model_copy(update={"pool_size": 2}))
    yield database
    await database.close()


async def test_the_net_is_laid_under_every_table_that_asks_for_it(session: AsyncSession) -> None:
    assert {table.name for table in row_security.secured(metadata)} >= SECURED
    assert set((await session.scalars(_NETS)).all()) == {table.name for table in row_security.secured(metadata)}


async def test_who_acts_for_nobody_sees_nobody(pool: Database) -> None:
    async with pool.transaction(read_only=True) as session:
        for table in row_security.secured(metadata):
            assert (await session.execute(text(f"SELECT count(*) FROM {table.name}"))).scalar_one() == 0


async def test_a_statement_without_a_where_sees_its_own_institution_alone(pool: Database, pool_world: World) -> None:
    for school in pool_world.schools:
        async with pool.transaction(read_only=True, institution_id=school.id) as session:
            assert set((await session.scalars(_SEEN)).all()) == {school.id}


async def test_nothing_is_written_for_another_institution(pool: Database, pool_world: World) -> None:
    own, other = pool_world.schools
    async with pool.transaction(institution_id=own.id) as session:
        moved = await session.execute(
            text("UPDATE students SET name = '-' WHERE id = :id RETURNING id"), {"id": other.students[0]}
        )
        assert moved.all() == []
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with pool.transaction(institution_id=own.id) as session:
            await session.execute(
                text(
                    "INSERT INTO identity_documents (institution_id, kind, sealed_number, key_id, lookup_hash, "
                    "masked_number) VALUES (:id, 'passport', '', '-', sha256('x'), '-')"
                ),
                {"id": other.id},
            )


class Upset(Exception):
    """Something that happens in the middle of a request."""


async def _ask(database: Database, chance: random.Random, schools: list[UUID]) -> set[UUID]:
    """Read without a WHERE for one of two institutions or for nobody, and end well or badly; give what was foreign."""
    own = chance.choice([*schools, None])
    foreign: set[UUID] = set()
    with suppress(TimeoutError, Upset):
        async with asyncio.timeout(chance.choice([None, None, 0.002])), database.transaction(read_only=True) as session:
            if own is not None:
                await act_within(session, institution_id=own)
            foreign = set((await session.scalars(_SEEN)).all()) - {own}
            if chance.random() < 0.2:
                raise Upset
    return foreign


async def _storm(database: Database, world: World) -> set[UUID]:
    chance = random.Random(5)  # noqa: S311 - a failure has to come back with its seed
    schools = [school.id for school in world.schools]
    foreign: set[UUID] = set()
    for _ in range(REQUESTS // 20):
        for found in await asyncio.gather(*(_ask(database, chance, schools) for _ in range(20))):
            foreign |= found
    return foreign


async def test_many_requests_over_two_connections_never_see_a_foreign_row(pool: Database, pool_world: World) -> None:
    assert await _storm(pool, pool_world) == set()


async def test_a_setting_that_outlives_its_transaction_is_seen(
    pool: Database, pool_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lasting = text(str(row_security._SET).replace("true", "false"))  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(row_security, "_SET", lasting)
    assert await _storm(pool, pool_world) != set()


def test_the_condition_names_both_settings_only_where_an_organisation_is_told() -> None:
    tables: dict[str, Any] = dict(metadata.tables)
    assert row_security.ORGANISATION not in row_security.condition(tables["students"])
    assert row_security.ORGANISATION in row_security.condition(tables["results"])
    assert INSTITUTION in row_security.condition(tables["results"])
