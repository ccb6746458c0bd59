"""Forgetting imports whose time is over: the file, the rows as they were, and the job nobody confirmed."""

from datetime import timedelta

from sqlalchemy import delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock
from x_pilot_api.core.jobs import JobRecord, JobState
from x_pilot_api.imports import queries, rules
from x_pilot_api.imports.models import ImportRow, ImportState, TableImport

_SLICE = 10
_OPEN = rules.WORKFLOW.deeds["forget"].sources


async def forget_imports(session: AsyncSession, *, days: int) -> int:
    """Delete what a slice of old imports held; tell how many, 0 when none is left."""
    old = (
        select(TableImport)
        .where(TableImport.sealed_body.is_not(None), TableImport.uploaded_at < clock.now() - timedelta(days=days))
        .order_by(TableImport.institution_id, TableImport.id)
        .limit(_SLICE)
        .with_for_update(skip_locked=True)
    )
    found = (await session.scalars(old)).all()
    for made in found:
        when_forgotten = queries.kind_of(made.kind).when_forgotten
        if when_forgotten is not None and made.state == ImportState.APPLIED:
            bound = {"institution_id": made.institution_id, "import_id": made.id}
            await session.execute(text(when_forgotten()), bound)
        await session.execute(
            delete(ImportRow).where(ImportRow.institution_id == made.institution_id, ImportRow.import_id == made.id)
        )
        if made.state in _OPEN:
            made.state = ImportState.FORGOTTEN
            await session.execute(
                update(JobRecord)
                .where(JobRecord.id == made.job_id, JobRecord.state == JobState.AWAITING_CONFIRMATION)
                .values(state=JobState.CANCELLED, ended_at=clock.now(), version=JobRecord.version + 1)
            )
        made.sealed_body = made.sealed_error_file = None
    await session.flush()
    return len(found)
