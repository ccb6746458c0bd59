"""Applying a confirmed import: read, decided and compared anew, then written whole, in one transaction."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import attempts, audit
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.core.tables.kinds import Kind
from x_pilot_api.imports import queries, rules
from x_pilot_api.imports.commands import deciding, previewing, telling
from x_pilot_api.imports.commands.gathering import Gathered
from x_pilot_api.imports.errors import PreviewOutdated
from x_pilot_api.imports.models import ImportState, TableImport

_NOW = select(func.clock_timestamp())


async def apply_import(service: Service, job: Job) -> None:
    """Apply what was confirmed; when that is no longer what would happen, nothing is written."""
    made = await previewing.find(service, job)
    kind = queries.kind_of(made.kind)
    gathered = await previewing.gathered_of(service, job, made, kind)
    try:
        async with service.database.transaction(institution_id=job.institution_id) as session:
            await _apply(session, service, job, kind, gathered)
    except PreviewOutdated:
        await _give_up(service, made)
        raise


async def _apply(session: AsyncSession, service: Service, job: Job, kind: Kind, gathered: Gathered) -> None:
    held = await queries.lock_import(session, job.institution_id, UUID(job.arguments["import_id"]))
    if held.state != ImportState.CONFIRMED:
        # Another attempt has done it, or somebody has forgotten it.
        raise attempts.Superseded
    ground = deciding.ground_of(service, held)
    decided = await deciding.decide(session, held, kind, ground=ground, gathered=gathered)
    if decided.digest != held.digest:
        raise PreviewOutdated(rows=0, digest=held.digest)
    # The register is locked since it was decided: what is recorded between these two instants is this import's.
    held.began_at = await session.scalar(_NOW)
    await kind.write(session, ground)
    await deciding.keep(session, held, kind, gathered=gathered)
    held.applied_at = await session.scalar(_NOW)
    held.state = rules.WORKFLOW.target_of("apply", state=held.state)
    await session.flush()
    await audit.record(
        session,
        SYSTEM,
        "apply_import",
        institution_id=held.institution_id,
        object_kind="import",
        object_id=held.id,
        detail={"digest": held.digest, **held.counts},
    )
    result = {"import_id": str(held.id), "url": f"/v1/imports/{held.id}"}
    warnings = bool(held.counts["blocked"])
    await telling.tell_sender(session, telling.APPLIED, held, kind)
    await attempts.finish(session, job, result=result, warnings=warnings, **held.counts)


async def _give_up(service: Service, made: TableImport) -> None:
    async with service.database.transaction() as session:
        held = await queries.lock_import(session, made.institution_id, made.id)
        if held.state != ImportState.CONFIRMED:
            return
        held.state = rules.WORKFLOW.target_of("give_up", state=held.state)
        held.problem = {"code": PreviewOutdated.code, "figures": {"digest": held.digest, "rows": 0}, "faults": []}
        await audit.record(
            session,
            SYSTEM,
            "give_up_import",
            institution_id=held.institution_id,
            object_kind="import",
            object_id=held.id,
            detail={"digest": held.digest},
        )
