"""Sending events: out of the feed into deliveries, and out of the house, never within a transaction."""

import asyncio
from datetime import timedelta
from uuid import UUID

from x_pilot_api.core import clock, jobs, logs
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.outbound import Answer
from x_pilot_api.core.service import Service
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.partners import commands, queries, rules
from x_pilot_api.partners.commands.deliveries import Parcel

_AT_ONCE = 4


async def send_news(service: Service) -> None:
    """Make deliveries of what is new in the feed, and ask for a job for each endpoint that some are due to.

    Called every few seconds by every worker: whoever is first at an endpoint's cursor moves it.
    """
    async with service.database.transaction(read_only=True) as session:
        behind = await queries.list_endpoints_behind(session)
    for endpoint_id in behind:
        async with service.database.transaction() as session:
            await commands.fan_out(session, endpoint_id=endpoint_id, at=clock.now())
    async with service.database.transaction(read_only=True) as session:
        due = await queries.list_endpoints_due(session, at=clock.now())
    for endpoint_id in due:
        async with service.database.transaction() as session:
            await jobs.enqueue(
                session,
                "deliver_webhooks",
                arguments={"endpoint_id": str(endpoint_id)},
                once_as=f"deliver_webhooks:{endpoint_id}",
            )


async def deliver_webhooks(service: Service, job: Job) -> None:
    """Send what is due to one endpoint, some at once; a slow endpoint keeps nobody else waiting."""
    endpoint_id = UUID(job.arguments["endpoint_id"])
    while True:
        async with service.database.transaction() as session:
            parcels = await commands.claim(session, endpoint_id=endpoint_id, sealer=service.sealer, at=clock.now())
        if not parcels:
            return
        turn = asyncio.Semaphore(_AT_ONCE)
        async with asyncio.TaskGroup() as sending:
            for parcel in parcels:
                sending.create_task(_deliver(service, parcel, turn))


async def _deliver(service: Service, parcel: Parcel, turn: asyncio.Semaphore) -> None:
    async with turn:
        answer = await send(service, parcel)
        async with service.database.transaction() as session:
            reason = await commands.record_attempt(session, SYSTEM, parcel=parcel, answer=answer, at=clock.now())
    if reason is not None:
        logs.logger.warning("webhook_endpoint_disabled", endpoint=str(parcel.endpoint_id), reason=str(reason))


async def send(service: Service, parcel: Parcel) -> Answer:
    """Sign a parcel with the time of this try and send it; nothing is held meanwhile."""
    headers = rules.headers(parcel.event_id, parcel.body, secrets=parcel.secrets, at=clock.now())
    reach = service.settings.webhook_reach
    return await service.sender.post(parcel.url, body=parcel.body, headers=headers, reach=reach)


async def forget_events(service: Service, job: Job) -> None:
    """Remove events, deliveries and tries that have been kept as long as the settings say."""
    before = clock.now() - timedelta(days=service.settings.events_kept_days)
    async with service.database.transaction() as session:
        events = await outbox.forget_events(session, SYSTEM, before=before)
    async with service.database.transaction() as session:
        deliveries = await commands.forget_deliveries(session, before=before)
    logs.logger.info("events_forgotten", job=str(job.id), events=events, deliveries=deliveries)
