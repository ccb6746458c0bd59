"""Marking instants for the feed of changes, and forgetting old marks."""

from datetime import datetime

from sqlalchemy import delete, func, insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.db import write
from x_pilot_api.student_space.models import ChangeMark


async def mark_instant(session: AsyncSession) -> None:
    """Keep by when which transactions had ended; the database says both."""
    await session.execute(insert(ChangeMark).values(marked_at=func.clock_timestamp()))


async def forget_marks(session: AsyncSession, *, before: datetime) -> int:
    """Remove the marks made before an instant; who asks from before is told everything."""
    return await write(session, delete(ChangeMark).where(ChangeMark.marked_at < before))
