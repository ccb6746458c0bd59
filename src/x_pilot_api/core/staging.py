"""Rows on their way: temporary tables in which many rows are decided by one statement before anything is written."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, MetaData, Table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import CreateTable

_metadata = MetaData()
_FEW = 100


def staging_table(name: str, *columns: Column[object]) -> Table:
    """Describe a staging table; it lives in the connection, unseen by others and never logged."""
    return Table(name, _metadata, *columns, prefixes=["TEMPORARY"], postgresql_on_commit="DELETE ROWS")


async def empty(session: AsyncSession, table: Table) -> None:
    """Make the staging table ready: there, and without rows of an earlier deed of this transaction."""
    made = CreateTable(table, if_not_exists=True).compile(dialect=postgresql.dialect())
    await session.execute(text(f"DO $$ BEGIN {made}; DELETE FROM {table.name}; END $$"))


async def weigh(session: AsyncSession, *tables: Table, rows: int) -> None:
    """Show the planner what many rows staging tables hold.

    Of a table it was never shown it takes any condition to leave a handful, and compares all with all.
    """
    if rows > _FEW:
        await session.execute(text(f"ANALYZE {', '.join(table.name for table in tables)}"))


async def copy(session: AsyncSession, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Copy rows into a staging table that is ready, every column of it, over the session's own connection."""
    connection = await (await session.connection()).get_raw_connection()
    driver: Any = connection.driver_connection
    await driver.copy_records_to_table(table.name, records=rows, columns=[column.name for column in table.columns])
