"""Work on imports after the answer: previewing, applying, undoing, and forgetting what has had its time."""

from x_pilot_api.core import attempts
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.imports import commands
from x_pilot_api.imports.models import ImportState


async def import_table(service: Service, job: Job) -> None:
    """Preview a file; once that is confirmed, apply it."""
    made = await commands.find(service, job)
    if made.state in {ImportState.UPLOADED, ImportState.PREVIEWED}:
        await commands.preview_import(service, job)
    elif made.state == ImportState.CONFIRMED:
        await commands.apply_import(service, job)


async def undo_import(service: Service, job: Job) -> None:
    """Undo an applied import."""
    await commands.undo_import(service, job)


async def forget_imports(service: Service, job: Job) -> None:
    """Forget old imports, a few in each transaction."""
    done = job.progress_done
    while True:
        async with service.database.transaction() as session:
            here = await commands.forget_imports(session, days=service.settings.imports_kept_days)
            done += here
            await attempts.advance(session, job, done=done)
        if not here:
            return
