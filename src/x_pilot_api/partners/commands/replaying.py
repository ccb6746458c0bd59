"""Sending again what was sent before, or would have been."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import JsonObject
from x_pilot_api.outbox import queries as events
from x_pilot_api.outbox.errors import EventsForgotten
from x_pilot_api.partners import queries, rules
from x_pilot_api.partners.commands import deliveries
from x_pilot_api.partners.errors import EndpointDisabled, ReplayTooLarge
from x_pilot_api.partners.models import DeliveryState, WebhookDelivery, WebhookEndpoint

_COUNT = text(f"SELECT count(*) {deliveries.CHOSEN}")
_REPLAY = text(f"{deliveries.MAKE_OF_CHOSEN} DO UPDATE SET state = 'waiting', attempts = 0, next_attempt_at = :at")


async def replay_delivery(
    session: AsyncSession, actor: Actor, *, endpoint_id: UUID, delivery_id: UUID, kept_days: int
) -> WebhookDelivery:
    """Send one delivery again, under the same webhook-id, with all its tries before it."""
    endpoint = await _lock_enabled(session, actor, endpoint_id)
    delivery = await queries.get_delivery(session, endpoint, delivery_id)
    found = await events.find_events(session, organisation_id=endpoint.organisation_id, ids=[delivery.event_id])
    if not found:
        raise EventsForgotten(kept_days=kept_days)
    delivery.state, delivery.attempts, delivery.next_attempt_at = DeliveryState.WAITING, 0, clock.now()
    await session.flush()
    await _record(session, actor, endpoint, {"delivery_id": str(delivery_id)})
    return delivery


async def replay_period(
    session: AsyncSession, actor: Actor, *, endpoint_id: UUID, since: datetime, until: datetime
) -> int:
    """Send again every event of a period that the endpoint wants, whether it was sent then or not."""
    endpoint = await _lock_enabled(session, actor, endpoint_id)
    chosen = deliveries.choice(endpoint, since=since, until=until)
    count = (await session.execute(_COUNT, chosen)).scalar_one()
    if count > rules.REPLAY_MAX:
        raise ReplayTooLarge(events=count, limit=rules.REPLAY_MAX)
    await session.execute(_REPLAY, chosen | {"endpoint_id": endpoint.id, "at": clock.now()})
    period: JsonObject = {"since": since.isoformat(), "until": until.isoformat(), "deliveries": count}
    await _record(session, actor, endpoint, period)
    return int(count)


async def _lock_enabled(session: AsyncSession, actor: Actor, endpoint_id: UUID) -> WebhookEndpoint:
    endpoint = await queries.lock_endpoint(session, actor, endpoint_id)
    if endpoint.disabled_at is not None:
        raise EndpointDisabled(reason=endpoint.disabled_reason)
    return endpoint


async def _record(session: AsyncSession, actor: Actor, endpoint: WebhookEndpoint, detail: JsonObject) -> None:
    await audit.record(
        session,
        actor,
        "replay_webhooks",
        institution_id=None,
        object_kind="webhook_endpoint",
        object_id=endpoint.id,
        detail=detail,
    )
