"""Runs the migrations as the role that owns the tables, then grants the service its rights anew."""

import asyncio

from alembic import context
from alembic.operations.ops import CreateTableOp, MigrationScript
from sqlalchemy import Connection, Table, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from x_pilot_api.core import grants, row_security
from x_pilot_api.core.db import driver_url
from x_pilot_api.models import metadata


def leave_facts_out(_context: object, _revision: object, scripts: list[MigrationScript]) -> None:
    """Keep what a model says beside its columns out of the migration: grants are made from the models themselves."""
    for script in scripts:
        for operation in script.upgrade_ops.ops if script.upgrade_ops else []:
            if isinstance(operation, CreateTableOp):
                operation.info = {}


def migrate(connection: Connection) -> None:
    """Bring the schema up in one transaction; a lock not free soon makes it fail, not block."""
    context.configure(connection=connection, target_metadata=metadata, process_revision_directives=leave_facts_out)
    with context.begin_transaction():
        connection.execute(text("SET LOCAL lock_timeout = '2s'"))
        if not context.config.attributes.get("migrates"):
            context.run_migrations()
            return
        connection.execute(text(row_security.LIFT))
        context.run_migrations()
        given = grants.statements(metadata) if context.config.attributes.get("grant") else ()
        for statement in (*given, *row_security.laid(tables_as_modelled(connection))):
            connection.execute(text(statement))


def tables_as_modelled(connection: Connection) -> list[Table]:
    """List the tables that ask for row-level security and are as the models say; on the way some are not yet."""
    there = inspect(connection)
    return [
        table
        for table in row_security.secured(metadata)
        if there.has_table(table.name)
        and set(table.columns.keys()) <= {column["name"] for column in there.get_columns(table.name)}
    ]


async def connect_and_migrate() -> None:
    """Open one connection of our own; nothing else may run in it."""
    engine = create_async_engine(driver_url(context.config.attributes["url"]))
    try:
        async with engine.connect() as connection:
            await connection.run_sync(migrate)
    finally:
        await engine.dispose()


asyncio.run(connect_and_migrate())
