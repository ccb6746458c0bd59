"""What a full file lacks: rows that are to go, and are refused where something rests on them."""

from collections.abc import Collection

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.registry.commands import removing
from x_pilot_api.registry.commands.entering import Bounds, Sheet

_EXISTING = "SELECT count(*) FROM {table} AS target WHERE target.institution_id = :institution_id AND {reach}"

_STAGE = """
INSERT INTO {staged} (place, outcome, refusal, refused_column, figures, row_id, is_new, before)
SELECT :last + row_number() OVER (ORDER BY target.id), CASE WHEN used.by IS NULL THEN 'gone' ELSE 'refused' END,
    CASE WHEN used.by IS NOT NULL THEN 'register_still_used' END, CASE WHEN used.by IS NOT NULL THEN 'id' END,
    CASE WHEN used.by IS NOT NULL THEN jsonb_build_object('by', used.by, 'count', used.number) END,
    target.id, false, to_jsonb(target) - 'institution_id' - 'id'
FROM {table} AS target
LEFT JOIN LATERAL (
    SELECT by, number FROM ({holding}) AS holding WHERE number > 0 ORDER BY number DESC, by LIMIT 1) AS used ON true
WHERE target.institution_id = :institution_id AND {reach}
    AND target.id NOT IN (SELECT row_id FROM {staged} WHERE row_id IS NOT NULL)
"""

_GO = """
DELETE FROM {table} WHERE institution_id = :institution_id
    AND id IN (SELECT row_id FROM {staged} WHERE outcome = 'gone')
"""


async def stage(
    session: AsyncSession, sheet: Sheet, *, bounds: Bounds, last: int, reach: str = "true", parts: Collection[str] = ()
) -> int:
    """Stage the going of rows in reach that no staged row speaks of; tell how many there are in reach.

    `reach` is a condition on `target`, which binds `:colleges` (NULL: all) and `:programmes`; `parts` are tables
    whose rows do not hold one of these.
    """
    names = {"table": sheet.table, "staged": sheet.staged.name, "reach": reach}
    holding = removing.holding(sheet.table, "target.id", but=parts)
    values = bounds.values() | {"last": last}
    existing = await session.scalar(text(_EXISTING.format(**names)), values)
    await session.execute(text(_STAGE.format(**names, holding=holding)), values)
    return int(existing or 0)


async def write(session: AsyncSession, sheet: Sheet, *, bounds: Bounds) -> None:
    """Remove what was staged to go."""
    statement = text(_GO.format(table=sheet.table, staged=sheet.staged.name))
    await session.execute(statement, {"institution_id": bounds.institution_id})
