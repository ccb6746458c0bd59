"""Fetching the blocked rows of one's own import, document numbers and all: that is on record."""

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.imports import queries
from x_pilot_api.imports.commands import sending
from x_pilot_api.imports.queries import Import


async def fetch_error_file(session: AsyncSession, actor: Actor, *, sought: Import, sealer: Sealer) -> bytes:
    """Give whoever sent the file its blocked rows back; nobody else gets to see what they sent."""
    made = await queries.get_import(session, actor, sought)
    if made.sealed_error_file is None or made.uploaded_by != actor.id:
        raise NotFound(what="import", zh="导入")
    await audit.record(
        session,
        actor,
        "fetch_import_error_file",
        institution_id=made.institution_id,
        object_kind="import",
        object_id=made.id,
        detail={"blocked": made.counts["blocked"]},
    )
    return sealer.open(made.sealed_error_file, key_id=made.key_id, context=sending.CONTEXT)
