"""What happens without anybody asking: deposits whose objection window has ended are posted."""

import asyncio
from uuid import UUID, uuid4

from sqlalchemy import select

from x_pilot_api.core import logs, metrics
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.service import Service
from x_pilot_api.credits import commands as credits_
from x_pilot_api.identity.models import Institution

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


async def run(service: Service) -> None:
    """Look for work until cancelled; what failed once is tried again at the next look."""
    service.database.be_measured()
    metrics.serve(service.settings)
    while True:
        try:
            posted = await post_due_deposits(service)
            if posted:
                logs.logger.info("deposits_posted", count=posted)
        except Exception as error:  # noqa: BLE001 - the next look must come whatever happened in this one
            logs.logger.error("work_failed", kind=type(error).__name__, where=logs.where(error))
        await asyncio.sleep(_EVERY_SECONDS)
