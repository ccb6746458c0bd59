"""Verifying the logs as a deed: whoever asks whether the service is ready hears of it when one was changed."""

from x_pilot_api.core import health
from x_pilot_api.core.checkpoints import CheckpointStore
from x_pilot_api.core.service import Service
from x_pilot_api.oversight import queries
from x_pilot_api.oversight.queries import Report

VERIFICATION_FAILED = "log_verification_failed"


async def verify_logs(service: Service, store: CheckpointStore, *, only: str | None = None) -> list[Report]:
    """Verify every log, or one, against the checkpoints kept outside, and let readiness warn of what was found.

    Only when every log was verified and none was changed is the warning taken back.
    """
    async with service.database.transaction(read_only=True) as session:
        logs = [log for log in await queries.list_logs(session) if only in {None, log.name}]
    reports = [
        await queries.verify_log(
            service.database,
            log,
            issuer=service.settings.issuer,
            publics=service.log_key.publics,
            kept=store.read(log.name),
        )
        for log in logs
    ]
    async with service.database.transaction() as session:
        if any(report.findings for report in reports):
            await health.warn(session, VERIFICATION_FAILED)
        elif only is None:
            await health.clear(session, VERIFICATION_FAILED)
    return reports
