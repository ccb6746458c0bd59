"""Looking for texts on the ground that do not say whose they are."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.world import World
from x_pilot_api.core.row_security import act_within

_TEXTS = text("""
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND data_type = 'text' ORDER BY table_name, column_name
""")


async def unmarked(session: AsyncSession, world: World, *, exempt: frozenset[str]) -> list[str]:
    """List the text columns in which a row has no mark, but for those that hold no text of anybody's own."""
    found: list[str] = []
    for school in world.schools:
        await act_within(session, institution_id=school.id)
        found += await _unmarked(session, exempt)
    return sorted(set(found))


async def _unmarked(session: AsyncSession, exempt: frozenset[str]) -> list[str]:
    found: list[str] = []
    for table, column in (await session.execute(_TEXTS)).all():
        if f"{table}.{column}" in exempt or column in exempt:
            continue
        bare = await session.execute(text(f"SELECT count(*) FROM {table} WHERE {column} NOT LIKE '%zq-%'"))
        if bare.scalar_one():
            found.append(f"{table}.{column}")
    return found
