"""What has become, since an import was previewed or applied, of the rows it speaks of."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.db import Base
from x_pilot_api.core.grants import facts_of
from x_pilot_api.core.tables.kinds import Kind
from x_pilot_api.imports.models import TableImport


async def image_columns(session: AsyncSession, made: TableImport) -> list[str]:
    """Name the columns of the register that the import's rows say something of."""
    found = await session.execute(
        text(
            "SELECT jsonb_object_keys(image) FROM (SELECT coalesce(after, before) AS image FROM import_rows"
            " WHERE institution_id = :institution_id AND import_id = :import_id"
            " AND coalesce(after, before) IS NOT NULL LIMIT 1) AS one"
        ),
        {"institution_id": made.institution_id, "import_id": made.id},
    )
    return sorted(found.scalars())


async def count_changed(session: AsyncSession, made: TableImport, kind: Kind, *, state: str) -> int:
    """Count the import's rows whose row of the register is not as `state` (before or after) says."""
    names = await image_columns(session, made)
    if not names:
        return 0
    now = "jsonb_build_object(" + ", ".join(f"'{name}', target.{name}" for name in names) + ")"
    same = " AND ".join(f"other.{name} = wanted.{name}" for name in kind.identity)
    # What is to be created, or to come back, must not be there by now under another id.
    taken = f"""row.{state} IS NULL AND EXISTS (
        SELECT FROM jsonb_populate_record(NULL::{kind.table}, coalesce(row.after, row.before)) AS wanted,
            {kind.table} AS other
        WHERE other.institution_id = :institution_id AND {same})"""
    followed = kind.followed if state == "after" else "false"
    counted = await session.scalar(
        text(f"""
SELECT count(*) FROM import_rows AS row
LEFT JOIN {kind.table} AS target ON target.institution_id = :institution_id AND target.id = row.target_id
WHERE row.institution_id = :institution_id AND row.import_id = :import_id
    AND row.outcome IN ('created', 'changed', 'removed')
    AND (CASE WHEN target.id IS NOT NULL THEN {now} END IS DISTINCT FROM row.{state} OR {taken} OR {followed})
"""),
        {"institution_id": made.institution_id, "import_id": made.id},
    )
    return int(counted or 0)


def _references_to(name: str) -> Iterator[tuple[Table, str]]:
    """Name the tables that refer to one, and by which column."""
    for other in Base.metadata.sorted_tables:
        for constraint in other.foreign_key_constraints:
            if constraint.referred_table.name == name:
                yield other, constraint.column_keys[-1]


def goes_with(table: Table) -> str | None:
    """Tell when a row of a table goes with what it was made for, in SQL; mostly it never does."""
    return facts_of(table).get("goes_with")


@dataclass(frozen=True)
class Going:
    """A table whose rows go with what they were made for while `untouched` is true of them, and what is part of it."""

    table: str
    column: str
    untouched: str
    parts: tuple[tuple[str, str], ...]


def what_goes(kind: Kind) -> list[Going]:
    """List the tables whose rows go with the rows of a kind, each by the column that refers to these."""
    return [
        Going(
            table=table.name,
            column=column,
            untouched=untouched,
            parts=tuple((inner.name, own) for inner, own in _references_to(table.name)),
        )
        for table, column in _references_to(kind.table)
        if (untouched := goes_with(table)) is not None
    ]


async def count_dependent(session: AsyncSession, made: TableImport, kind: Kind) -> dict[str, int]:
    """Count what refers to the rows an import created, table by table; not what goes with them."""
    references = [
        (other.name, column, f" AND NOT ({untouched})" if (untouched := goes_with(other)) else "")
        for other, column in _references_to(kind.table)
        if other.name not in kind.parts
    ]
    if not references:
        return {}
    counts = " UNION ALL ".join(
        f"SELECT '{table}' AS by, count(*) AS rows FROM {table} AS part WHERE part.institution_id = :institution_id"
        f" AND part.{column} IN (SELECT target_id FROM created){where}"
        for table, column, where in references
    )
    found = await session.execute(
        text(f"""
WITH created AS MATERIALIZED (SELECT target_id FROM import_rows
    WHERE institution_id = :institution_id AND import_id = :import_id AND outcome = 'created')
SELECT by, sum(rows) AS rows FROM ({counts}) AS counted WHERE rows > 0 GROUP BY by ORDER BY by
"""),
        {"institution_id": made.institution_id, "import_id": made.id},
    )
    return {row.by: int(row.rows) for row in found.all()}
