"""Making deliveries out of the feed, and writing down what became of each try. The delivery log is their record."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import write
from x_pilot_api.core.outbound import Answer
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.outbox import queries as events
from x_pilot_api.outbox.rules import Cursor
from x_pilot_api.outbox.schemas import EventKind
from x_pilot_api.partners import queries, rules
from x_pilot_api.partners.commands import endpoints
from x_pilot_api.partners.models import (
    DeliveryState,
    DisabledReason,
    WebhookAttempt,
    WebhookCursor,
    WebhookDelivery,
    WebhookEndpoint,
)
from x_pilot_api.partners.schemas import describe_event

FAN_OUT_MAX = 1_000
CLAIMED_MAX = 20
LEASE = timedelta(minutes=2)
"""Who claims a delivery has so long to send it; then it is due again, under the same id."""

# A parcel whose sender was killed is due again when its lease ends, so it is sent at least once.
_CLAIM = text("""
UPDATE webhook_deliveries SET next_attempt_at = :leased_until
WHERE id IN (
    SELECT id FROM webhook_deliveries
    WHERE endpoint_id = :endpoint_id AND state = 'waiting' AND next_attempt_at <= :at
    ORDER BY event_id LIMIT :size FOR NO KEY UPDATE SKIP LOCKED)
RETURNING id, event_id
""")


CHOSEN = """
FROM outbox_events WHERE organisation_id = :organisation_id AND is_test = :is_test
    AND recorded_at >= :since AND recorded_at < :until
    AND (cardinality(CAST(:kinds AS text[])) = 0 OR kind = ANY(CAST(:kinds AS text[])) OR kind = :always)
"""
"""The events of a period that an endpoint wants."""

MAKE_OF_CHOSEN = f"""
INSERT INTO webhook_deliveries (endpoint_id, event_id, event_kind, next_attempt_at)
SELECT :endpoint_id, id, kind, :at {CHOSEN} ON CONFLICT (endpoint_id, event_id)
"""

_CATCH_UP = text(f"{MAKE_OF_CHOSEN} DO NOTHING")
_OVERLAP = timedelta(minutes=10)
"""Far more than any transaction of ours may take."""


@dataclass(frozen=True)
class Parcel:
    """One delivery ready to be sent."""

    delivery_id: UUID
    endpoint_id: UUID
    event_id: UUID
    url: str = field(repr=False)
    body: bytes = field(repr=False)
    secrets: tuple[bytes, ...] = field(repr=False)


async def fan_out(session: AsyncSession, *, endpoint_id: UUID, at: datetime) -> int:
    """Make a delivery of each event since the endpoint's cursor, and move the cursor; tell how many events it passed.

    Whoever holds the cursor works; anybody else passes by.
    """
    held = select(WebhookCursor).where(WebhookCursor.endpoint_id == endpoint_id).with_for_update(skip_locked=True)
    cursor = (await session.scalars(held)).one_or_none()
    endpoint = await session.get(WebhookEndpoint, endpoint_id)
    if cursor is None or endpoint is None or endpoint.disabled_at is not None:
        return 0
    head = await events.find_head(session)
    if cursor.lineage != str(head.lineage):
        return await _catch_up(session, endpoint, cursor, head=head, at=at)
    after = Cursor(head.lineage, cursor.xid, cursor.event_id)
    feed = await events.read_feed(
        session,
        organisation_id=endpoint.organisation_id,
        is_test=endpoint.is_test,
        after=after,
        size=FAN_OUT_MAX,
    )
    made = [
        {"endpoint_id": endpoint_id, "event_id": event.id, "event_kind": event.kind, "next_attempt_at": at}
        for event in feed.events
        if rules.wants(endpoint.kinds, event.kind)
    ]
    if made:
        await session.execute(insert(WebhookDelivery).on_conflict_do_nothing(), made)
    await _move(session, cursor, feed.cursor, at=at)
    return len(feed.events)


async def _move(session: AsyncSession, cursor: WebhookCursor, to: Cursor, *, at: datetime) -> None:
    cursor.lineage, cursor.xid, cursor.event_id, cursor.moved_at = str(to.lineage), to.xid, to.id, at
    await session.flush()


async def _catch_up(
    session: AsyncSession, endpoint: WebhookEndpoint, cursor: WebhookCursor, *, head: Cursor, at: datetime
) -> int:
    """Go on in a restored database, whose transactions are counted anew: by the time the cursor was moved last."""
    chosen = choice(endpoint, since=cursor.moved_at - _OVERLAP, until=at)
    made = await write(session, _CATCH_UP, chosen | {"endpoint_id": endpoint.id, "at": at})
    await _move(session, cursor, head, at=at)
    return made


def choice(endpoint: WebhookEndpoint, *, since: datetime, until: datetime) -> dict[str, object]:
    """Say which events of a period an endpoint wants, as CHOSEN takes it."""
    return {
        "organisation_id": endpoint.organisation_id,
        "is_test": endpoint.is_test,
        "since": since,
        "until": until,
        "kinds": endpoint.kinds,
        "always": EventKind.TEST_SENT,
    }


async def claim(session: AsyncSession, *, endpoint_id: UUID, sealer: Sealer, at: datetime) -> list[Parcel]:
    """Take some due deliveries of an endpoint for this sender alone, and make them ready."""
    endpoint = await session.get(WebhookEndpoint, endpoint_id)
    if endpoint is None or endpoint.disabled_at is not None:
        return []
    values = {"endpoint_id": endpoint_id, "at": at, "leased_until": at + LEASE, "size": CLAIMED_MAX}
    claimed = (await session.execute(_CLAIM, values)).all()
    if not claimed:
        return []
    found = await events.find_events(
        session, organisation_id=endpoint.organisation_id, ids=[row.event_id for row in claimed]
    )
    lost = [row.id for row in claimed if row.event_id not in found]
    if lost:
        # Its event had its time while it waited; nothing is left to send.
        forgotten = update(WebhookDelivery).where(WebhookDelivery.id.in_(lost))
        await session.execute(forgotten.values(state=DeliveryState.FAILED))
    sealed = await queries.list_live_secrets(session, endpoint_id, at=at)
    secrets = tuple(
        sealer.open(secret.sealed_secret, key_id=secret.key_id, context="webhook_secrets") for secret in sealed
    )
    return [
        Parcel(
            delivery_id=row.id,
            endpoint_id=endpoint_id,
            event_id=row.event_id,
            url=endpoint.url,
            body=describe_event(found[row.event_id]).model_dump_json().encode(),
            secrets=secrets,
        )
        for row in sorted(claimed, key=lambda row: row.event_id)
        if row.event_id in found
    ]


async def record_attempt(
    session: AsyncSession, actor: Actor, *, parcel: Parcel, answer: Answer, at: datetime
) -> DisabledReason | None:
    """Write down one try and what follows: done, later again, or given up; tell if the endpoint was disabled for it."""
    # The endpoint first, as whoever disables it does.
    endpoint = await queries.hold_endpoint(session, parcel.endpoint_id)
    delivery = await session.get_one(WebhookDelivery, parcel.delivery_id, with_for_update=True)
    session.add(
        WebhookAttempt(
            delivery_id=delivery.id,
            endpoint_id=endpoint.id,
            attempted_at=at,
            status=answer.status,
            error=answer.error,
            duration_ms=answer.duration_ms,
        )
    )
    delivery.attempts += 1
    reason: DisabledReason | None = None
    if rules.is_taken(answer.status):
        delivery.state, endpoint.failing_since = DeliveryState.DELIVERED, None
    elif delivery.state == DeliveryState.WAITING:
        endpoint.failing_since = failing_since = endpoint.failing_since or at
        reason = _put_off(delivery, failing_since=failing_since, status=answer.status, at=at)
    await session.flush()
    if reason is not None:
        await endpoints.disable_endpoint(session, actor, endpoint=endpoint, reason=reason)
    return reason


def _put_off(
    delivery: WebhookDelivery, *, failing_since: datetime, status: int | None, at: datetime
) -> DisabledReason | None:
    pause = rules.pause_after(delivery.attempts)
    if status == rules.GONE:
        delivery.state = DeliveryState.FAILED
        return DisabledReason.GONE
    if pause is not None:
        delivery.next_attempt_at = at + pause
        return None
    delivery.state = DeliveryState.FAILED
    return DisabledReason.FAILING if rules.is_given_up(failing_since=failing_since, at=at) else None


async def forget_deliveries(session: AsyncSession, *, before: datetime) -> int:
    """Remove the deliveries made before an instant, and the tries at them; tell how many deliveries."""
    await session.execute(delete(WebhookAttempt).where(WebhookAttempt.attempted_at < before))
    return await write(session, delete(WebhookDelivery).where(WebhookDelivery.created_at < before))
