"""The database: the base of all tables, and the only place where a transaction begins and ends."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self, TypedDict, TypeVar
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    CursorResult,
    DateTime,
    Executable,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    NullPool,
    QueuePool,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from x_pilot_api.core import clock, metrics
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.settings import Settings

SERVICE_ROLE = "xpilot_service"
"""The role every connection of the service acts as: it owns no table and holds only the grants the models name."""

TRANSACTION_MAX = timedelta(minutes=10)
"""How long a transaction of the service may live, whatever it does."""

JsonObject = dict[str, Any]


class Reach(StrEnum):
    """How far a table reaches, which decides where a distributed database would keep it."""

    TENANT = "tenant"
    SHARED = "shared"
    LOCAL = "local"


class TableFacts(TypedDict, total=False):
    """What a model says of its table beside its columns; grants and tests read it."""

    reach: Reach
    append_only: bool
    forgets: bool
    updates: tuple[str, ...]
    server_set: tuple[str, ...]
    row_security: bool
    goes_with: str | None


def about(
    reach: Reach,
    *,
    append_only: bool = False,
    forgets: bool = False,
    updates: tuple[str, ...] = (),
    server_set: tuple[str, ...] = (),
    row_security: bool = False,
    goes_with: str | None = None,
) -> dict[str, dict[str, TableFacts]]:
    """Say a table's reach and what the service may write.

    An append-only table takes no UPDATE but of the columns in `updates`, and no DELETE unless it `forgets` what has
    had its time; columns in `server_set` come from their defaults alone. With `row_security` the database itself shows
    a transaction only the rows of whom it acts for. `goes_with` says in SQL, over the row as `part`, when nothing has
    come of it yet: then it stands in nobody's way, and goes with what it was made for if that is undone.
    """
    facts: TableFacts = {
        "reach": reach,
        "append_only": append_only,
        "forgets": forgets,
        "updates": updates,
        "server_set": server_set,
        "row_security": row_security,
        "goes_with": goes_with,
    }
    return {"info": {"facts": facts}}


class Base(DeclarativeBase):
    """What every table inherits."""

    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s_check",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as it stands
        datetime: DateTime(timezone=True),
        JsonObject: JSONB,
        UUID: Uuid,
        str: Text,
        bytes: LargeBinary,
        int: BigInteger,
    }


class TenantRow:
    """The key of a tenant table: the institution first, so that no row can refer to another institution's."""

    institution_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-2)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"), sort_order=-1)


class SharedRow:
    """The key of a table that all institutions share."""

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"), sort_order=-1)


def within(column: str, *, to: str) -> ForeignKeyConstraint:
    """Refer to a row of another tenant table in the same institution."""
    return ForeignKeyConstraint(["institution_id", column], [f"{to}.institution_id", f"{to}.id"])


def of_institution() -> ForeignKeyConstraint:
    """Tie a tenant table that refers to no other tenant table to its institution."""
    return ForeignKeyConstraint(["institution_id"], ["institutions.id"])


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """Let a column hold only the values of an enumeration."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


NOTHING_PREPARED: Mapping[str, object] = {
    "statement_cache_size": 0,
    "prepared_statement_cache_size": 0,
    # A statement without a name lasts until the next one, in the same transaction; a named one would outlive its owner.
    "prepared_statement_name_func": lambda: "",
}
"""How the driver leaves nothing behind in a connection that others will use after the transaction."""

_TIMEZONE = "timezone"


def today_of(session: AsyncSession) -> date:
    """Tell the civil day of a session's service, for a deed that nobody gives a day to."""
    return clock.today(timezone_of(session))


def timezone_of(session: AsyncSession) -> str:
    """Tell the time zone of a session's service, for words that name an hour."""
    return str(session.info[_TIMEZONE])


_KNOWN_TO_POOLERS = {"application_name": "x-pilot", "timezone": "UTC"}


def _every_session(settings: Settings) -> dict[str, str]:
    return {
        "jit": "off",
        "client_min_messages": "warning",
        # What statements are given holds names and hashes of document numbers, which belong in no log.
        "log_parameter_max_length_on_error": "0",
        "lock_timeout": str(settings.lock_timeout_ms),
    }


def session_settings(settings: Settings) -> dict[str, str]:
    """Say what every session of the service begins with, beside its role."""
    return _every_session(settings) | {
        "statement_timeout": str(settings.statement_timeout_ms),
        "idle_in_transaction_session_timeout": "10000",
        # What a transaction recorded is sealed within this time, or it is not recorded at all.
        "transaction_timeout": str(TRANSACTION_MAX // timedelta(milliseconds=1)),
    }


def connect_args(settings: Settings) -> dict[str, object]:
    """Say how a connection is opened.

    PgBouncer refuses most start-up parameters and gives each transaction another connection of its own: behind it,
    role and settings are the login's (`core/logins.py`), and nothing is prepared beyond the transaction.
    """
    if settings.behind_pgbouncer:
        return {"timeout": 10, "server_settings": _KNOWN_TO_POOLERS, **NOTHING_PREPARED}
    parameters = {"role": SERVICE_ROLE, **_KNOWN_TO_POOLERS, **session_settings(settings)}
    return {"timeout": 10, "server_settings": parameters}


@asynccontextmanager
async def transaction_at(url: str, args: Mapping[str, object]) -> AsyncGenerator[AsyncConnection]:
    """Open a connection for one transaction, before there is a `Database`, and close it."""
    engine = create_async_engine(driver_url(url), poolclass=NullPool, connect_args=dict(args))
    try:
        async with engine.begin() as connection:
            yield connection
    finally:
        await engine.dispose()


class Database:
    """One write engine a process, its sessions, and what the service demands of the server."""

    def __init__(self, url: str, settings: Settings, *, args: Mapping[str, object] | None = None) -> None:
        self.engine: AsyncEngine = create_async_engine(
            driver_url(url),
            pool_size=settings.pool_size,
            max_overflow=0,
            pool_timeout=10,
            hide_parameters=True,
            connect_args=dict(args or connect_args(settings)),
        )
        self.timezone = settings.timezone
        self.sessions = async_sessionmaker(
            self.engine, expire_on_commit=False, autoflush=False, info={_TIMEZONE: settings.timezone}
        )

    @classmethod
    def as_owner(cls, owner_url: str, settings: Settings) -> Self:
        """Act as the owner of the tables, for a command that an operator runs beside the service.

        A policy that hid rows from it would make them look done, or sound: that is an error instead.
        """
        parameters = {**_KNOWN_TO_POOLERS, **_every_session(settings), "row_security": "off"}
        return cls(owner_url, settings, args={"timeout": 10, "server_settings": parameters})

    @asynccontextmanager
    async def transaction(
        self, *, read_only: bool = False, institution_id: UUID | None = None, organisation_id: UUID | None = None
    ) -> AsyncGenerator[AsyncSession]:
        """Begin a transaction, for an institution or an organisation, and commit it unless something is raised."""
        async with self.sessions() as session, session.begin():
            if read_only:
                await session.connection(execution_options={"postgresql_readonly": True})
            if institution_id or organisation_id:
                await act_within(session, institution_id=institution_id, organisation_id=organisation_id)
            yield session

    def be_measured(self) -> None:
        """Let Prometheus ask how many connections are in use."""
        pool = self.engine.pool
        if isinstance(pool, QueuePool):
            metrics.pool_in_use.set_function(pool.checkedout)
            metrics.pool_size.set(pool.size())

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


def driver_url(url: str) -> str:
    """Name the driver in a plain PostgreSQL URL."""
    scheme, separator, rest = url.partition("://")
    if scheme not in {"postgres", "postgresql", "postgresql+asyncpg"}:
        raise ValueError("the URL must begin with postgresql://")
    return f"postgresql+asyncpg{separator}{rest}"


def plain_url(url: str) -> str:
    """Name no driver in a PostgreSQL URL, for what speaks to the driver itself."""
    return driver_url(url).replace("+asyncpg", "", 1)


Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
_RECORDING: set[str] = set()


def leaves_a_record(endpoint: Endpoint) -> Endpoint:
    """Say that reading this is a deed that goes on record: its transaction may write, though it is a GET."""
    _RECORDING.add(f"{endpoint.__module__}.{endpoint.__qualname__}")
    return endpoint


def _only_reads(request: Request) -> bool:
    endpoint = request.scope.get("endpoint")
    named = f"{getattr(endpoint, '__module__', '')}.{getattr(endpoint, '__qualname__', '')}"
    return request.method in {"GET", "HEAD"} and named not in _RECORDING


async def get_session(request: Request) -> AsyncIterator[AsyncSession]:
    """Open the request's one transaction; reads are read-only, so that a GET cannot write."""
    database: Database = request.app.state.service.database
    async with database.transaction(read_only=_only_reads(request)) as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session, scope="function")]
"""The request's transaction. It ends before the answer leaves: a commit that fails must not have been answered 200."""


async def write(session: AsyncSession, statement: Executable, values: Mapping[str, Any] | None = None) -> int:
    """Run a statement that writes rows, and tell how many it wrote."""
    result = await session.execute(statement, values)
    if not isinstance(result, CursorResult):
        raise TypeError("the statement writes nothing")
    return result.rowcount


@asynccontextmanager
async def attempt(session: AsyncSession) -> AsyncGenerator[None]:
    """Try a write that a constraint may refuse, and go on with the transaction if it does."""
    async with session.begin_nested():
        yield


def refused_by(error: IntegrityError) -> tuple[str, str]:
    """Tell which constraint refused a write, and the table it belongs to, as the server named them."""
    cause: object = error.orig
    while cause is not None and not hasattr(cause, "constraint_name"):
        cause = getattr(cause, "__cause__", None)
    return str(getattr(cause, "constraint_name", "")), str(getattr(cause, "table_name", ""))


@asynccontextmanager
async def rehearsal(session: AsyncSession) -> AsyncGenerator[None]:
    """Run the same deeds for real, then take them all back."""
    savepoint = await session.begin_nested()
    try:
        yield
    finally:
        await savepoint.rollback()
