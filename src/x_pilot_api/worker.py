"""What happens without anybody asking: due deposits are posted, and the logs are sealed."""

import asyncio
from uuid import UUID, uuid4

from sqlalchemy import select

from x_pilot_api.core import logs
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.checkpoints import CheckpointFiles
from x_pilot_api.core.service import Service
from x_pilot_api.credits import commands as credits_
from x_pilot_api.identity.models import Institution
from x_pilot_api.oversight import commands as oversight

WORKER = Actor(id=UUID(int=0), kind=ActorKind.SYSTEM, name="worker", permissions=frozenset())
_EVERY_SECONDS = 30


async def post_due_deposits(service: Service) -> int:
    """Post what is due, each institution in a transaction of its own."""
    async with service.database.transaction(read_only=True) as session:
        institutions = (await session.scalars(select(Institution.id).order_by(Institution.id))).all()
    posted = 0
    for institution_id in institutions:
        async with service.database.transaction() as session:
            posted += await credits_.post_due_deposits(session, WORKER, institution_id=institution_id, cause=uuid4())
    return posted


def checkpoint_store(service: Service) -> CheckpointFiles:
    """Find where a service exports its checkpoints to."""
    settings = service.settings
    return CheckpointFiles(settings.checkpoint_dir or settings.state_dir / "checkpoints")


async def _deposits(service: Service) -> None:
    posted = await post_due_deposits(service)
    if posted:
        logs.logger.info("deposits_posted", count=posted)


async def _seals(service: Service) -> None:
    sealed = await oversight.seal_logs(service, checkpoint_store(service))
    if sealed:
        logs.logger.info("logs_sealed", rows=sealed)


async def run(service: Service) -> None:
    """Look for work until cancelled; what failed once is tried again at the next look."""
    while True:
        for work in (_deposits, _seals):
            try:
                await work(service)
            except Exception as error:  # noqa: BLE001 - the next work must be done whatever happened in this one
                logs.logger.error("work_failed", kind=type(error).__name__, where=logs.where(error))
        await asyncio.sleep(_EVERY_SECONDS)
