"""Confirming a preview: only by its digest, only while it is still true, and only once."""

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, jobs
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.settings import Settings
from x_pilot_api.imports import queries, rules
from x_pilot_api.imports.errors import ImportNotWaiting, PreviewOutdated
from x_pilot_api.imports.models import TableImport
from x_pilot_api.imports.queries import Import


async def confirm_import(
    session: AsyncSession, actor: Actor, *, sought: Import, digest: str, settings: Settings
) -> TableImport:
    """Let a previewed import be applied; refused when it is another preview, or the register has moved on."""
    made = await queries.get_import(session, actor, sought, locked=True)
    target = rules.WORKFLOW.target_of("confirm", state=made.state)
    assert made.digest is not None  # noqa: S101 - a CHECK says so
    if made.uploaded_by == actor.id and made.bounds != rules.bounds_of(actor):
        raise PreviewOutdated(rows=0, digest=made.digest)
    kind = queries.kind_of(made.kind)
    changed = await queries.count_changed(session, made, kind, state="before") if digest == made.digest else 0
    if digest != made.digest or changed:
        raise PreviewOutdated(rows=changed, digest=made.digest)
    rules.check_preview(made.mode, made.counts, percent=settings.import_full_change_percent)
    made.state = target
    if made.job_id is None or not await jobs.go_on(session, made.job_id):
        raise ImportNotWaiting(job_id=str(made.job_id))
    await audit.record(
        session,
        actor,
        "confirm_import",
        institution_id=made.institution_id,
        object_kind="import",
        object_id=made.id,
        detail={"digest": made.digest, **made.counts},
    )
    return made
