"""Runs the migrations as the role that owns the tables, then grants the service its rights anew."""

import asyncio

from alembic import context
from alembic.operations.ops import CreateTableOp, MigrationScript
from sqlalchemy import Connection, text
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
        connection.execute(text(row_security.LIFT))
        context.run_migrations()
        if context.config.attributes.get("grant"):
            for statement in (*grants.statements(metadata), *row_security.laid(metadata)):
                connection.execute(text(statement))


async def connect_and_migrate() -> None:
    """Open one connection of our own; nothing else may run in it."""
    engine = create_async_engine(driver_url(context.config.attributes["url"]))
    try:
        async with engine.connect() as connection:
            await connection.run_sync(migrate)
    finally:
        await engine.dispose()


asyncio.run(connect_and_migrate())
