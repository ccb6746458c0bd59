"""The tables keep to the rules of scale-out, and the database itself refuses what the service must never do."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import Table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from tests.tidy import tables
from x_pilot_api.core import grants, migrations, provision
from x_pilot_api.core.db import SERVICE_ROLE, Database, driver_url
from x_pilot_api.core.settings import Settings
from x_pilot_api.models import metadata

APPEND_ONLY = [table for table in metadata.sorted_tables if tables.facts_of(table).get("append_only")]
INSUFFICIENT_PRIVILEGE = "42501"
Right = tuple[str, str, str]
"""Table, column (or "*" for the whole table), privilege."""


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    """Connect as the role a URL names, each statement a transaction of its own."""
    engine = create_async_engine(driver_url(url), isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


@pytest.fixture
async def owner(urls: provision.Urls) -> AsyncIterator[AsyncConnection]:
    """Look at the migrated database as the role that owns its tables."""
    async with connected(urls.owner) as connection:
        yield connection


@pytest.fixture
async def service_connection(urls: provision.Urls, settings: Settings) -> AsyncIterator[AsyncConnection]:
    """Connect as the service itself does."""
    database = Database(urls.service, settings)
    async with database.engine.connect() as connection:
        yield await connection.execution_options(isolation_level="AUTOCOMMIT")
    await database.close()


async def column_of(connection: AsyncConnection, question: str, **values: object) -> list[object]:
    return list((await connection.execute(text(question), values)).scalars())


async def is_refused(connection: AsyncConnection, statement: str) -> bool:
    """Tell whether the role may not do this; any other failure is one of the test."""
    try:
        await connection.execute(text(statement))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == INSUFFICIENT_PRIVILEGE:
            return True
        raise
    return False


def rights_of(table: Table) -> Iterator[Right]:
    """Derive from a model, without the statements that grant it, what the service may do."""
    facts = tables.facts_of(table)
    yield table.name, "*", "SELECT"
    for column in table.columns:
        if column.name not in facts.get("server_set", ()):
            yield table.name, column.name, "INSERT"
        if column.name in facts.get("updates", ()):
            yield table.name, column.name, "UPDATE"
    if not facts.get("append_only"):
        yield table.name, "*", "UPDATE"
        yield table.name, "*", "DELETE"


def test_every_table_keeps_to_the_rules_of_scale_out() -> None:
    found = tables.violations(metadata)
    assert not found, "\n".join(["", *found])


def test_the_migrations_make_what_the_models_say(urls: provision.Urls) -> None:
    migrations.check(urls.owner)


def test_the_migrations_can_be_taken_back_and_run_again(new_database: Callable[[], provision.Urls]) -> None:
    owner_url = new_database().owner
    migrations.downgrade(owner_url, to="base")
    migrations.upgrade(owner_url)
    migrations.check(owner_url)


async def test_nothing_is_left_to_triggers(owner: AsyncConnection) -> None:
    assert await column_of(owner, "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal") == []


async def test_the_service_owns_nothing_and_is_no_special_role(owner: AsyncConnection) -> None:
    roles = [SERVICE_ROLE, provision.LOGIN_ROLE]
    owned = await column_of(
        owner,
        "SELECT relname FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner WHERE rolname = ANY(:roles)",
        roles=roles,
    )
    special = await column_of(
        owner,
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(:roles)"
        " AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)",
        roles=roles,
    )
    held = await column_of(
        owner,
        "SELECT held.rolname FROM pg_auth_members JOIN pg_roles AS held ON held.oid = roleid"
        " JOIN pg_roles AS holder ON holder.oid = member WHERE holder.rolname = ANY(:roles)",
        roles=roles,
    )
    assert owned == []
    assert special == []
    assert held == [SERVICE_ROLE]


async def test_the_service_may_do_exactly_what_the_models_say(owner: AsyncConnection) -> None:
    question = text("""
    SELECT grantee::regrole::text, relname, '*', privilege_type FROM pg_class, aclexplode(relacl)
    WHERE relnamespace = 'public'::regnamespace AND grantee <> relowner
    UNION ALL
    SELECT grantee::regrole::text, relname, attname, privilege_type
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid, aclexplode(attacl)
    WHERE relnamespace = 'public'::regnamespace AND grantee <> relowner
    """)
    granted = {tuple(row) for row in (await owner.execute(question)).all()}
    expected = {right for table in metadata.sorted_tables for right in rights_of(table)}
    assert granted == {(SERVICE_ROLE, *right) for right in expected | {("alembic_version", "*", "SELECT")}}


def test_granting_anew_takes_back_what_was_granted_by_hand(new_database: Callable[[], provision.Urls]) -> None:
    asyncio.run(_grant_by_hand_and_then_anew(new_database().owner))


async def _grant_by_hand_and_then_anew(owner_url: str) -> None:
    may = f"SELECT has_table_privilege('{SERVICE_ROLE}', 'transfers', 'DELETE')"
    may += f" UNION SELECT has_column_privilege('{SERVICE_ROLE}', 'transfers', 'amount', 'UPDATE')"
    async with connected(owner_url) as owner:
        await owner.execute(text(f"GRANT DELETE, UPDATE (amount) ON transfers TO {SERVICE_ROLE}"))
        assert await column_of(owner, may) == [True]
        for statement in grants.statements(metadata):
            await owner.execute(text(statement))
        assert await column_of(owner, may) == [False]


@pytest.mark.parametrize("table", APPEND_ONLY, ids=lambda table: table.name)
async def test_the_service_cannot_change_what_is_only_added_to(
    service_connection: AsyncConnection, table: Table
) -> None:
    may_change = tables.facts_of(table).get("updates", ())
    statements = [
        *(f"UPDATE {table.name} SET {it.name} = {it.name}" for it in table.columns if it.name not in may_change),
        f"DELETE FROM {table.name}",
        f"TRUNCATE {table.name}",
        f"ALTER TABLE {table.name} ADD COLUMN more text",
        f"DROP TABLE {table.name}",
    ]
    assert [statement for statement in statements if not await is_refused(service_connection, statement)] == []


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table.name, column)
        for table in metadata.sorted_tables
        for column in tables.facts_of(table).get("server_set", ())
    ],
)
async def test_the_service_cannot_say_when_something_was_recorded(
    service_connection: AsyncConnection, table: str, column: str
) -> None:
    assert await is_refused(service_connection, f"INSERT INTO {table} ({column}) VALUES (DEFAULT)")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (id int)",
        "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TRIGGER more AFTER INSERT ON transfers EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        f"SET ROLE {provision.OWNER_ROLE}",
        f"ALTER ROLE {SERVICE_ROLE} CREATEROLE",
    ],
)
async def test_the_service_cannot_give_itself_more(service_connection: AsyncConnection, statement: str) -> None:
    assert await is_refused(service_connection, statement)


async def test_the_role_the_service_signs_in_with_can_do_nothing_by_itself(urls: provision.Urls) -> None:
    async with connected(urls.service) as connection:
        assert await is_refused(connection, "SELECT FROM people")
        assert await is_refused(connection, f"SET ROLE {provision.OWNER_ROLE}")
