"""What has become, since an import was previewed or applied, of the rows it speaks of."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.db import Base
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


async def count_dependent(session: AsyncSession, made: TableImport, kind: Kind) -> dict[str, int]:
    """Count what refers to the rows an import created, table by table."""
    references = [
        (other.name, constraint.column_keys[-1])
        for other in Base.metadata.sorted_tables
        if other.name not in kind.parts
        for constraint in other.foreign_key_constraints
        if constraint.referred_table.name == kind.table
    ]
    if not references:
        return {}
    counts = " UNION ALL ".join(
        f"SELECT '{table}' AS by, count(*) AS rows FROM {table} WHERE institution_id = :institution_id"
        f" AND {column} IN (SELECT target_id FROM created)"
        for table, column in references
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
