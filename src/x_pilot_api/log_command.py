"""Sealing and verifying the logs by hand."""

from pathlib import Path

from x_pilot_api.core.checkpoints import CheckpointFiles
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.service import Service
from x_pilot_api.oversight import commands
from x_pilot_api.oversight.queries import Report


async def seal(service: Service) -> int:
    """Seal every log, and tell how many rows that was."""
    try:
        return await commands.seal_logs(service, CheckpointFiles(service.settings.checkpoint_folder))
    finally:
        await service.database.close()


async def verify(service: Service, *, folder: Path | None, only: str | None) -> list[Report]:
    """Verify every log, or one, against the checkpoints in a folder."""
    store = CheckpointFiles(folder) if folder else CheckpointFiles(service.settings.checkpoint_folder)
    try:
        reports = await commands.verify_logs(service, store, only=only)
        if not reports:
            raise NotReady(f"there is no log {only}")
        return reports
    finally:
        await service.database.close()
