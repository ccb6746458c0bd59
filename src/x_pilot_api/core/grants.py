"""What the service's own database role may do: derived from what the models say, applied after each migration."""

from collections.abc import Iterator

from sqlalchemy import MetaData, Table

from x_pilot_api.core import queue
from x_pilot_api.core.db import SERVICE_ROLE, TableFacts


def facts_of(table: Table) -> TableFacts:
    """Read what a model says of its table."""
    facts: TableFacts = table.info["facts"]
    return facts


def insertable(table: Table) -> list[str]:
    """List the columns the service may write itself; the rest come from their defaults alone."""
    closed = set(facts_of(table).get("server_set", ()))
    return [column.name for column in table.columns if column.name not in closed and column.computed is None]


def statements(metadata: MetaData) -> Iterator[str]:
    """Say in SQL what the service may do, from nothing: first all is revoked, then the grants follow."""
    yield (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{SERVICE_ROLE}') "
        f"THEN CREATE ROLE {SERVICE_ROLE} NOLOGIN; END IF; END $$"
    )
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {SERVICE_ROLE}"
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {SERVICE_ROLE}"
    yield f"GRANT SELECT ON alembic_version TO {SERVICE_ROLE}"
    for table in metadata.sorted_tables:
        yield f"REVOKE ALL ({', '.join(column.name for column in table.columns)}) ON {table.name} FROM {SERVICE_ROLE}"
        yield f"GRANT SELECT, INSERT ({', '.join(insertable(table))}) ON {table.name} TO {SERVICE_ROLE}"
        facts = facts_of(table)
        if not facts.get("append_only"):
            yield f"GRANT UPDATE, DELETE ON {table.name} TO {SERVICE_ROLE}"
            continue
        if facts.get("updates"):
            yield f"GRANT UPDATE ({', '.join(facts.get('updates', ()))}) ON {table.name} TO {SERVICE_ROLE}"
        if facts.get("forgets"):
            yield f"GRANT DELETE ON {table.name} TO {SERVICE_ROLE}"
    # The queue library knows no grants by column: its tables hold ids and times only.
    yield f"GRANT USAGE ON SCHEMA {queue.SCHEMA} TO {SERVICE_ROLE}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {queue.SCHEMA} TO {SERVICE_ROLE}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {queue.SCHEMA} TO {SERVICE_ROLE}"
