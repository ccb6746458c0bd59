"""Behind a real PgBouncer in transaction mode, which gives each transaction another connection."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.poolers import pgbouncer
from tests.races.arena import Arena, opened, taken
from x_pilot_api import serving
from x_pilot_api.core import db, logins, provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.settings import Settings

pytestmark = pytest.mark.skipif(pgbouncer.BINARY is None, reason="pgbouncer is not installed (Debian has it)")

AT_ONCE = 12
_WHO = text("SELECT pg_backend_pid(), current_user, current_setting('transaction_timeout')")


@pytest.fixture(scope="module")
def own_urls(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture(scope="module")
def pooled(own_urls: provision.Urls) -> Iterator[str]:
    logins.give_settings(own_urls.service, behind(own_urls.service))
    with pgbouncer.running(own_urls.service) as url:
        yield url


def behind(url: str) -> Settings:
    return Settings(
        issuer="https://x-pilot.test",
        database_url=SecretStr(url),
        behind_pgbouncer=True,
        lock_timeout_ms=20_000,
        pool_size=AT_ONCE,
        rate_address_per_minute=0,
        rate_caller_per_minute=0,
        rate_sign_in_per_minute=0,
    )


@pytest.fixture(scope="module")
async def arena(own_urls: provision.Urls, pooled: str) -> AsyncIterator[Arena]:
    async with opened(provision.Urls(owner=own_urls.owner, service=pooled), behind(pooled)) as arena:
        yield arena


async def test_twelve_pushes_and_reads_at_once_over_two_connections_have_their_effects_once(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    for index in range(10):
        rows = [arena.row(plan, index)]
        answers = await asyncio.gather(
            arena.at_once(plan, *[rows] * (AT_ONCE - 4)), *(arena.get("/v1/certificates") for _ in range(4))
        )
        batches = taken(answers[0])
        assert sum(batch["downstream"]["awards_issued"] for batch in batches) == 1
    assert set(await arena.accumulated()) == {"3.00"}
    await arena.hold_true()


async def test_few_connections_serve_many_sessions_and_each_acts_as_the_service(arena: Arena) -> None:
    async def who() -> tuple[int, str, str]:
        async with arena.service.database.transaction(read_only=True) as session:
            pid, role, timeout = (await session.execute(_WHO)).one()
            return int(pid), str(role), str(timeout)

    asked = await asyncio.gather(*(who() for _ in range(5 * AT_ONCE)))
    assert len({pid for pid, _, _ in asked}) <= pgbouncer.SERVERS
    assert {(role, timeout) for _, role, timeout in asked} == {("xpilot_service", "10min")}


async def test_nothing_is_left_prepared_in_a_connection_that_others_will_use(arena: Arena) -> None:
    async with arena.service.database.transaction(read_only=True) as session:
        assert (await session.execute(text("SELECT count(*) FROM pg_prepared_statements"))).scalar_one() == 0


def test_the_service_starts_through_it(pooled: str, own_urls: provision.Urls) -> None:
    provision.check_server(pooled)
    provision.check_schema(pooled)
    logins.check(pooled, behind(pooled))
    with pytest.raises(NotReady, match="XPILOT_DIRECT_DATABASE_URL"):
        serving.direct_url(behind(pooled), provision.Urls(owner=own_urls.owner, service=pooled))


def test_a_login_that_was_given_no_settings_is_refused_through_it(
    new_database: Callable[[], provision.Urls],
) -> None:
    urls = new_database()
    with pgbouncer.running(urls.service) as url, pytest.raises(NotReady) as refusal:
        logins.check(url, behind(url))
    assert str(refusal.value).startswith("the service acts as xpilot_login, it must act as xpilot_service")
    assert "x-pilot db migrate" in str(refusal.value)


@pytest.mark.skipif(
    pgbouncer.BINARY is not None and pgbouncer.version() >= (1, 21), reason="this one knows prepared statements"
)
async def test_statements_that_stay_prepared_would_be_noticed(
    own_urls: provision.Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "NOTHING_PREPARED", {})
    # What stays prepared stays in this pooler's connections, so nobody else's.
    with pgbouncer.running(own_urls.service) as apart:
        await _see_them_noticed(apart)


async def _see_them_noticed(pooled: str) -> None:
    database = Database(pooled, behind(pooled))

    async def ask() -> None:
        async with database.transaction(read_only=True) as session:
            await session.execute(_WHO)

    try:
        found = await asyncio.gather(*(ask() for _ in range(10 * AT_ONCE)), return_exceptions=True)
    finally:
        await database.close()
    assert any("prepared statement" in str(error) for error in found)


async def test_without_the_setting_its_refusal_shows(pooled: str) -> None:
    database = Database(pooled, Settings(database_url=SecretStr(pooled)))
    try:
        with pytest.raises(DBAPIError, match="unsupported startup parameter"):
            async with database.transaction() as session:
                await session.execute(text("SELECT 1"))
    finally:
        await database.close()
