"""What tests stand on: a real PostgreSQL, the real migrations, and one rolled-back transaction a test."""

import asyncio
import copy
import shutil
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine

from tests import canaries
from tests.world import World, build_world
from x_pilot_api import models
from x_pilot_api.app import create_app
from x_pilot_api.core import auth, clock, embedded, provision
from x_pilot_api.core.db import Database, driver_url
from x_pilot_api.core.notes import LogKey
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tokens import SigningKey, TokenIssuer
from x_pilot_api.identity import queries as identity

assert models.metadata.tables


DATA_KEY = bytes(range(32))

canaries.EAR.listen()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look, when a test is over, through everything that was logged and refused while it ran."""
    report = yield
    if call.when == "teardown":
        canaries.judge(report)
    return report


@pytest.fixture(scope="session", autouse=True)
def quiet_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Look at the end through the logs of the servers that ran in processes of their own."""
    yield
    canaries.read_logs(tmp_path_factory.getbasetemp().rglob("*log"))


class RolledBackDatabase(Database):
    """A database whose every transaction is a savepoint in one that is never committed."""

    def __init__(self, connection: AsyncConnection, settings: Settings) -> None:
        super().__init__("postgresql://unused", settings)
        self.connection = connection

    @asynccontextmanager
    async def transaction(
        self, *, read_only: bool = False, institution_id: UUID | None = None, organisation_id: UUID | None = None
    ) -> AsyncGenerator[AsyncSession]:
        session = AsyncSession(
            self.connection,
            join_transaction_mode="create_savepoint",
            expire_on_commit=False,
            autoflush=False,
            info={"timezone": self.timezone},
        )
        async with session, session.begin():
            # Whom an earlier one acted for ends with it, as it would if this were a transaction of its own.
            await act_within(session, institution_id=institution_id, organisation_id=organisation_id)
            if not read_only:
                yield session
                return
            # Undoing this savepoint undoes its being read-only too.
            savepoint = await session.begin_nested()
            await session.execute(text("SET TRANSACTION READ ONLY"))
            try:
                yield session
            finally:
                if savepoint.is_active:
                    await savepoint.rollback()


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, object]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session")
def cluster() -> Iterator[embedded.Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="x-pilot-tests-"))
    place = embedded.place_of(folder)
    try:
        with embedded.running(place) as running:
            yield running
        canaries.read_logs([place / "postgres.log"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="session")
def template(cluster: embedded.Cluster) -> str:
    """Migrate one database that others are copied from."""
    provision.prepare(cluster, database="template_xpilot")
    return "template_xpilot"


async def _copy(cluster: embedded.Cluster, template: str, name: str) -> None:
    engine = create_async_engine(driver_url(cluster.url()), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {provision.OWNER_ROLE}"))
    await engine.dispose()


@pytest.fixture(scope="session")
def new_database(cluster: embedded.Cluster, template: str) -> Callable[[], provision.Urls]:
    """Make databases of their own for tests that really commit."""
    made = 0

    def make() -> provision.Urls:
        nonlocal made
        made += 1
        name = f"xpilot_{made}"
        asyncio.run(_copy(cluster, template, name))
        return provision.urls_of(cluster, database=name)

    return make


@pytest.fixture(scope="session")
def urls(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings(
        issuer="https://x-pilot.test",
        lock_timeout_ms=20_000,
        # Many tests share one address; how often one may ask has tests of its own.
        rate_address_per_minute=0,
        rate_caller_per_minute=0,
        rate_sign_in_per_minute=0,
        rate_verification_per_minute=0,
        payment_gateway_key=SecretStr("what the gateway and we agreed on, for tests"),
    )


def make_service(database: Database, settings: Settings) -> Service:
    return Service(
        settings=settings,
        database=database,
        tokens=TokenIssuer(issuer=settings.issuer, keys=[SigningKey.generate()]),
        current_sealer=lambda: Sealer(DATA_KEY),
        find_actor=identity.actor_finder(settings),
        log_key=LogKey.generate(),
    )


@asynccontextmanager
async def undone(urls: provision.Urls, settings: Settings) -> AsyncGenerator[AsyncConnection]:
    """Hold one transaction that is undone in the end; on a busy machine a test may leave it idle for long."""
    database = Database(urls.service, settings)
    async with database.engine.connect() as connection:
        transaction = await connection.begin()
        await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield connection
        await transaction.rollback()
    await database.close()


@pytest.fixture
async def connection(urls: provision.Urls, settings: Settings) -> AsyncIterator[AsyncConnection]:
    async with undone(urls, settings) as connection:
        yield connection


@pytest.fixture
def service(connection: AsyncConnection, settings: Settings) -> Service:
    return make_service(RolledBackDatabase(connection, settings), settings)


@pytest.fixture
async def session(service: Service, world: World) -> AsyncIterator[AsyncSession]:
    """Open a transaction within the first school, as its office would."""
    async with service.database.transaction(institution_id=world.schools[0].id) as session:
        yield session


@pytest.fixture(scope="session")
async def seeded(urls: provision.Urls, settings: Settings) -> World:
    """Seed two mirrored institutions and two organisations, once for all tests that are rolled back."""
    database = Database(urls.service, settings)
    async with database.transaction() as session:
        world = await build_world(session, Sealer(DATA_KEY))
    await database.close()
    return world


@pytest.fixture
def world(seeded: World) -> World:
    return copy.deepcopy(seeded)


_APPS: list[FastAPI] = []
"""The one application of a process: building it takes as long as a test does."""


@pytest.fixture
def app(service: Service) -> Iterator[FastAPI]:
    """Give the application this test's service; routes and answers that a test adds to it end with the test."""
    if not _APPS:
        _APPS.append(create_app(service))
    app = _APPS[0]
    app.state.service = service
    routes = list(app.router.routes)
    yield app
    app.router.routes[:] = routes
    app.openapi_schema = None


def make_token(service: Service, subject: UUID, *, scope: str | None = None, is_test: bool = False) -> str:
    """Make an access token as sign-in would, for the session that `world.signed_in` gave a person."""
    person = {"kind": "person", "sid": str(subject)}
    claims: dict[str, str] = {"kind": "machine", "scope": scope} if scope is not None else person
    return service.tokens.issue(
        typ=auth.ACCESS_TOKEN_TYPE,
        audience=auth.ACCESS_AUDIENCE if scope is None else auth.MACHINE_AUDIENCES[is_test],
        subject=str(subject),
        lifetime=timedelta(minutes=5),
        now=clock.now(),
        claims=claims,
    )


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Call the service in process; pass `headers=world.headers(service, "registrar")` to act as somebody."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        yield client


@pytest.fixture
def sign_in(service: Service, world: World) -> Callable[[str], dict[str, str]]:
    """Give the headers of a caller of the seeded world, such as "registrar" or "machine"."""

    def headers(who: str) -> dict[str, str]:
        caller = world.callers[who]
        token = make_token(service, caller.id, scope=caller.scope, is_test=caller.is_test)
        return {"Authorization": f"Bearer {token}"}

    return headers
