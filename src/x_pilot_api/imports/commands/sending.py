"""Sending a file: it is kept sealed, and a job is asked to preview it."""

import hashlib
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, jobs
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.imports import queries, rules
from x_pilot_api.imports.errors import ImportEmpty
from x_pilot_api.imports.models import ImportMode, TableImport

CONTEXT = "imports"
"""What a sealed file belongs to."""


@dataclass(frozen=True)
class Sent:
    """A file as it came."""

    kind: str
    mode: ImportMode
    body: bytes = field(repr=False)


async def send_import(session: AsyncSession, actor: Actor, *, sent: Sent, sealer: Sealer) -> TableImport:
    """Take a file in and ask for its preview; nobody but its importer and the office sees what is in it."""
    kind = queries.kind_of(sent.kind)
    rules.check_upload(actor, kind)
    institution_id = actor.own_institution()
    if not sent.body:
        raise ImportEmpty
    values = {
        "institution_id": institution_id,
        "kind": kind.name,
        "mode": sent.mode,
        "file_hash": hashlib.sha256(sent.body).digest(),
        "sealed_body": sealer.seal(sent.body, context=CONTEXT),
        "key_id": sealer.key_id,
        "bounds": rules.bounds_of(actor),
        "uploaded_by": actor.id,
    }
    made = (await session.scalars(insert(TableImport).values(values).returning(TableImport))).one()
    made.job_id = await jobs.enqueue(
        session,
        "import_table",
        arguments={"import_id": str(made.id)},
        institution_id=institution_id,
        requested_by=actor,
    )
    await session.flush()
    await _record(session, actor, made, size=len(sent.body))
    return made


async def _record(session: AsyncSession, actor: Actor, made: TableImport, *, size: int) -> None:
    import_id: UUID = made.id
    await audit.record(
        session,
        actor,
        "send_import",
        institution_id=made.institution_id,
        object_kind="import",
        object_id=import_id,
        detail={"kind": made.kind, "mode": made.mode, "bytes": size, "sha256": made.file_hash.hex()},
    )
