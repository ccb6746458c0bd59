"""Looking for one row: what is not there, and what the actor may not see, is not found alike."""

from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.errors import NotFound

Row = TypeVar("Row")


async def get_one(session: AsyncSession, statement: Select[Row], *, what: str, zh: str, lock: bool = False) -> Row:
    """Read the one row that a statement selects; a 404 names what is missing.

    With `lock` it is read as it is now, and nobody else changes it before the transaction ends.
    """
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = (await session.scalars(statement)).one_or_none()
    if found is None:
        raise NotFound(what=what, zh=zh)
    return found
