"""What becomes due by itself: the logs are sealed, and their checkpoints go where the database does not reach."""

from x_pilot_api.core import logs
from x_pilot_api.core.checkpoints import CheckpointFiles
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.oversight import commands


async def seal_logs(service: Service, job: Job) -> None:
    """Seal what was committed since the last seal; sealed rows are not sealed again."""
    rows = await commands.seal_logs(service, CheckpointFiles(service.settings.checkpoint_folder))
    if rows:
        logs.logger.info("logs_sealed", rows=rows, job=str(job.id))


async def verify_logs(service: Service, job: Job) -> None:
    """Verify every log against the checkpoints kept outside, and make a finding known."""
    reports = await commands.verify_logs(service, CheckpointFiles(service.settings.checkpoint_folder))
    for report in reports:
        for finding in report.findings:
            logs.logger.error("log_changed", said=str(finding), job=str(job.id))
