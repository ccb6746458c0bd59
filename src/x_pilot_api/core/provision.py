"""Preparing a server for the service: its two roles, its database, and what it must be before anything is served."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit

from sqlalchemy import NullPool, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from x_pilot_api.core import embedded, migrations
from x_pilot_api.core.db import NOTHING_PREPARED, SERVICE_ROLE, Base, driver_url, transaction_at
from x_pilot_api.core.grants import facts_of
from x_pilot_api.core.row_security import INSTITUTION
from x_pilot_api.core.sealed import SealedTable, sealed_tables

OWNER_ROLE = "xpilot_owner"
LOGIN_ROLE = "xpilot_login"
SERVER_VERSION_MIN = 18
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


class NotReady(RuntimeError):
    """The server or its schema is not what the service needs; the message is one line that says what to do."""


@dataclass(frozen=True)
class Urls:
    """How to reach a database: as the role that owns the tables, and as the one the service signs in with."""

    owner: str = field(repr=False)
    service: str = field(repr=False)


def _password(cluster: embedded.Cluster, role: str) -> str:
    return hmac.digest(cluster.password.encode(), role.encode(), hashlib.sha256).hex()


def _url(cluster: embedded.Cluster, role: str, database: str) -> str:
    return f"postgresql://{role}:{_password(cluster, role)}@{cluster.host}:{cluster.port}/{quote(database)}"


def urls_of(cluster: embedded.Cluster, *, database: str) -> Urls:
    """Name a database of an embedded server for both roles."""
    return Urls(owner=_url(cluster, OWNER_ROLE, database), service=_url(cluster, LOGIN_ROLE, database))


@asynccontextmanager
async def _connected(url: str) -> AsyncGenerator[AsyncConnection]:
    """Open one connection outside any transaction, as making databases needs it."""
    engine = create_async_engine(
        driver_url(url), isolation_level="AUTOCOMMIT", poolclass=NullPool, connect_args={"timeout": 10}
    )
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


@contextmanager
def told_in_one_line(url: str) -> Generator[None]:
    """Tell in one line why the server behind a URL cannot be asked."""
    try:
        yield
    except OSError as error:
        raise NotReady(
            f"no PostgreSQL answers at {_shown(url)} ({_first_line(error)}): "
            "start it, or correct XPILOT_(OWNER_)DATABASE_URL"
        ) from error
    except (SQLAlchemyError, ArgumentError, TypeError, ValueError) as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        raise NotReady(f"{_shown(url)} cannot be used: {_said(cause)}") from error


async def _ask(connection: AsyncConnection, question: str, **values: str) -> str | None:
    answer = (await connection.execute(text(question), values)).scalar()
    return None if answer is None else str(answer)


async def create(cluster: embedded.Cluster, database: str) -> None:
    """Make the roles and an empty database of an embedded server, where they are not there."""
    async with _connected(cluster.url()) as connection:
        for role, options in (
            # Who owns the tables is stopped by no policy: its migrations, backups and commands see every row.
            (OWNER_ROLE, "LOGIN CREATEROLE BYPASSRLS"),
            (SERVICE_ROLE, "NOLOGIN"),
            (LOGIN_ROLE, "LOGIN NOINHERIT"),
        ):
            if await _ask(connection, "SELECT 1 FROM pg_roles WHERE rolname = :role", role=role) is None:
                await connection.execute(text(f"CREATE ROLE {role}"))
            await connection.execute(text(f"ALTER ROLE {role} {options}"))
            if "NOLOGIN" not in options:
                await connection.execute(text(f"ALTER ROLE {role} PASSWORD '{_password(cluster, role)}'"))
        await connection.execute(text(f"GRANT {SERVICE_ROLE} TO {LOGIN_ROLE}"))
        if await _ask(connection, "SELECT 1 FROM pg_database WHERE datname = :name", name=database) is None:
            await connection.execute(text(f"CREATE DATABASE {database} OWNER {OWNER_ROLE}"))
    async with _connected(cluster.url(database)) as inside:
        await inside.execute(text(f"ALTER SCHEMA public OWNER TO {OWNER_ROLE}"))


def prepare(cluster: embedded.Cluster, *, database: str = "xpilot", grant: bool = True) -> Urls:
    """Make the roles and the database of an embedded server if they are not there, and migrate it."""
    asyncio.run(create(cluster, database))
    urls = urls_of(cluster, database=database)
    migrate(urls.owner, grant=grant)
    return urls


def migrate(owner_url: str, *, grant: bool = True) -> None:
    """Migrate, or say in one line why not; grants cannot be given while the models are ahead of the migrations."""
    check_server(owner_url)
    try:
        migrations.upgrade(owner_url, grant=grant)
    except Exception as error:
        raise NotReady(f"the migration failed and changed nothing: {_first_line(error)}") from error


def check_server(url: str) -> None:
    """Refuse a server that is away, too old, or set up to lose what it acknowledged."""
    asyncio.run(_check(url, with_schema=False))


def check_schema(url: str, *, key_ids: Sequence[str] = ()) -> None:
    """Refuse a database whose schema is not the one this code needs, or with data sealed by a key that is not there."""
    asyncio.run(_check(url, with_schema=True, key_ids=key_ids))


async def _check(url: str, *, with_schema: bool, key_ids: Sequence[str] = ()) -> None:
    with told_in_one_line(url):
        # In one transaction and with nothing prepared, so that it goes through a pooler too.
        async with transaction_at(url, {"timeout": 10, **NOTHING_PREPARED}) as connection:
            await _check_settings(connection)
            if with_schema:
                await _check_revision(connection)
            if key_ids:
                await _check_keys(connection, key_ids)


async def _check_keys(connection: AsyncConnection, key_ids: Sequence[str]) -> None:
    """Notice a missing data key at the start: without it no number is shown, and no second factor checked."""
    tables = sealed_tables(Base.metadata)
    await _check_sealed(connection, [it for it in tables if not facts_of(it.table).get("row_security")], key_ids)
    institutions = await connection.execute(text("SELECT id::text FROM institutions ORDER BY id"))
    for institution_id in institutions.scalars().all():
        # The service sees an institution's people only while it acts for it.
        await _ask(connection, f"SELECT set_config('{INSTITUTION}', :id, true)", id=institution_id)
        await _check_sealed(connection, [it for it in tables if facts_of(it.table).get("row_security")], key_ids)


async def _check_sealed(connection: AsyncConnection, tables: Sequence[SealedTable], key_ids: Sequence[str]) -> None:
    for sealed in tables:
        unknown = select(sealed.key_id).where(sealed.key_id.not_in(key_ids)).limit(1)
        found = (await connection.execute(unknown)).scalar()
        if found is not None:
            raise NotReady(
                f"{sealed.table.name} holds data sealed with the key {found}, which is not there: "
                "put its file back, or correct XPILOT_DATA_KEY_FILE"
            )


async def _check_settings(connection: AsyncConnection) -> None:
    version = int(await _ask(connection, "SHOW server_version_num") or 0) // 10_000
    if version < SERVER_VERSION_MIN:
        raise NotReady(f"PostgreSQL {version} is too old: X-Pilot needs >= {SERVER_VERSION_MIN}")
    for name in _DURABLE:
        if await _ask(connection, f"SHOW {name}") == "off":
            raise NotReady(f"PostgreSQL runs with {name}=off and may lose acknowledged results: turn it on")


async def _check_revision(connection: AsyncConnection) -> None:
    wanted = migrations.head()
    if await _ask(connection, "SELECT 1 FROM pg_roles WHERE rolname = :role", role=SERVICE_ROLE) is None:
        raise NotReady("the database was never migrated: run `x-pilot db migrate`")
    await connection.execute(text(f"SET LOCAL ROLE {SERVICE_ROLE}"))
    exists = await _ask(connection, "SELECT to_regclass('alembic_version')")
    found = await _ask(connection, "SELECT version_num FROM alembic_version") if exists else None
    if found != wanted:
        raise NotReady(f"the database's schema is {found or 'empty'}, it must be {wanted}: run `x-pilot db migrate`")


def _shown(url: str) -> str:
    """Write a URL without its password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _said(error: BaseException) -> str:
    """Give what the server itself said, without the names of the classes it was wrapped in."""
    return _first_line(error).rpartition(">: ")[2]


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0]
