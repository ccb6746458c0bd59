"""Reading the audit is a deed too: who looked for what is on record before anything is shown."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import JsonObject


async def note_reading(session: AsyncSession, actor: Actor, *, deed: str, asked: JsonObject) -> None:
    """Record that somebody reads or exports the audit, and what they asked for."""
    await audit.record(
        session,
        actor,
        deed,
        institution_id=actor.institution_id,
        object_kind="audit",
        object_id=actor.institution_id or UUID(int=0),
        detail=asked,
    )
