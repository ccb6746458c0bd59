"""The queue library's tables, in a schema of their own, and its queries; what callers see of a job is core/jobs.py."""

from collections.abc import Iterator

from pgqueuer.adapters.persistence import qb, schema_ddl
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.schema.declaration import target
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.domain.types import Channel
from pgqueuer.ports.driver import Driver

SCHEMA = "queue"
LINE, NOTES = f"{SCHEMA}.waiting", f"{SCHEMA}.log"
"""Where the library keeps what waits or runs, and what it notes of everything that happened."""

# Every name is given: what is left out the library reads from the environment, even from a variable named FUNCTION.
NAMES = DBSettings(
    prefix="",
    db_schema=SCHEMA,
    channel=Channel("xpilot_queue"),
    function="queue_changed",
    statistics_table="statistics",
    queue_status_type="status",
    queue_table="waiting",
    queue_table_log="log",
    trigger="waiting_changed",
    schedules_table="schedules",
    durability=Durability.durable,
    widen_id=True,
)


def queries_on(driver: Driver) -> Queries:
    """Speak to our tables over a connection."""
    return Queries(
        driver,
        qbe=qb.QueryBuilderEnvironment(NAMES),
        qbq=qb.QueryQueueBuilder(NAMES),
        qbs=qb.QuerySchedulerBuilder(NAMES),
    )


def installation() -> Iterator[str]:
    """Say in SQL, statement by statement, what the library needs; for the migration that makes it."""
    schema = target(NAMES)
    yield f"CREATE SCHEMA {SCHEMA}"
    yield from (schema_ddl.render_enum(it, NAMES) for it in schema.enums)
    yield from (schema_ddl.render_table(it, NAMES) for it in schema.tables)
    yield from (schema_ddl.render_index(it, NAMES) for it in schema.indexes)
    yield from (schema_ddl.render_function(it, NAMES) for it in schema.functions)
    yield from (schema_ddl.render_trigger(it, NAMES) for it in schema.triggers)
