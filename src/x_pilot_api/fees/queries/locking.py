"""The lock under which fees and ceilings meet, so that neither misses the other."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

FEES_LOCK = (0x46454553, 1)
"""The advisory lock of every deed that sets fees against ceilings: a class of our own ("FEES" in ASCII) and its key."""

_LOCK = text(f"SELECT pg_advisory_xact_lock({FEES_LOCK[0]}, {FEES_LOCK[1]})")


async def lock_fees(session: AsyncSession) -> None:
    """Wait until nobody else is setting a ceiling, or a fee under one, before the end of the transaction."""
    await session.execute(_LOCK)
