"""Reading what concerns an organisation."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Organisation
from x_pilot_api.outbox import queries as outbox
from x_pilot_api.outbox.errors import EventsForgotten
from x_pilot_api.outbox.rules import Cursor
from x_pilot_api.partners.models import DeliveryState, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookSecret
from x_pilot_api.partners.schemas import EventsOut, describe_event


def organisation_of(actor: Actor) -> UUID:
    """Tell which organisation the actor speaks for; who speaks for none finds nothing here."""
    if actor.organisation_id is None:
        raise NotFound(what="organisation", zh="评价组织")
    return actor.organisation_id


async def read_events(
    session: AsyncSession, actor: Actor, *, after: Cursor | None, size: int, kept_days: int
) -> EventsOut:
    """Read the events of the actor's organisation and mode after a cursor."""
    return await read_feed_of(
        session,
        organisation_id=organisation_of(actor),
        is_test=bool(actor.is_test),
        after=after,
        size=size,
        kept_days=kept_days,
    )


async def read_feed_of(
    session: AsyncSession, *, organisation_id: UUID, is_test: bool, after: Cursor | None, size: int, kept_days: int
) -> EventsOut:
    """Read the events of an organisation in one mode after a cursor."""
    feed = await outbox.read_feed(session, organisation_id=organisation_id, is_test=is_test, after=after, size=size)
    if after is not None and await outbox.is_forgotten(session, after):
        raise EventsForgotten(kept_days=kept_days)
    return EventsOut(
        items=[describe_event(event) for event in feed.events],
        next_cursor=feed.cursor.written(),
        has_more=not feed.is_whole,
    )


def visible_endpoints(actor: Actor) -> Select[WebhookEndpoint]:
    """Select the endpoints of the actor's organisation."""
    return select(WebhookEndpoint).where(WebhookEndpoint.organisation_id == actor.organisation_id)


async def lock_organisation(session: AsyncSession, organisation_id: UUID) -> None:
    """Let only one at a time name endpoints of an organisation, so that none is counted twice."""
    statement = select(Organisation.id).where(Organisation.id == organisation_id)
    await session.execute(statement.with_for_update(key_share=True))


async def get_endpoint(session: AsyncSession, actor: Actor, endpoint_id: UUID) -> WebhookEndpoint:
    """Read one endpoint of the actor's organisation."""
    found = (await session.scalars(visible_endpoints(actor).where(WebhookEndpoint.id == endpoint_id))).one_or_none()
    if found is None:
        raise _absent()
    return found


async def lock_endpoint(session: AsyncSession, actor: Actor, endpoint_id: UUID) -> WebhookEndpoint:
    """Lock one endpoint of the actor's organisation to change it."""
    statement = visible_endpoints(actor).where(WebhookEndpoint.id == endpoint_id).with_for_update(key_share=True)
    found = (await session.scalars(statement)).one_or_none()
    if found is None:
        raise _absent()
    return found


async def hold_endpoint(session: AsyncSession, endpoint_id: UUID) -> WebhookEndpoint:
    """Lock an endpoint that a delivery belongs to."""
    statement = select(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id).with_for_update(key_share=True)
    return (await session.scalars(statement)).one()


def _absent() -> NotFound:
    return NotFound(what="webhook endpoint", zh="Webhook 端点")


async def list_endpoints(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[WebhookEndpoint], str | None]:
    """List the endpoints of the actor's organisation in the order they were named."""
    return await page_of(session, visible_endpoints(actor), order=(WebhookEndpoint.id,), wish=wish)


async def get_delivery(session: AsyncSession, endpoint: WebhookEndpoint, delivery_id: UUID) -> WebhookDelivery:
    """Read one delivery to an endpoint."""
    statement = select(WebhookDelivery).where(
        WebhookDelivery.endpoint_id == endpoint.id, WebhookDelivery.id == delivery_id
    )
    return await lookups.get_one(session, statement, what="webhook delivery", zh="Webhook 投递")


async def list_deliveries(
    session: AsyncSession, endpoint: WebhookEndpoint, *, state: DeliveryState | None, wish: PageWish
) -> tuple[Sequence[WebhookDelivery], str | None]:
    """List the deliveries to an endpoint in the order they were made."""
    statement = select(WebhookDelivery).where(WebhookDelivery.endpoint_id == endpoint.id)
    if state is not None:
        statement = statement.where(WebhookDelivery.state == state)
    return await page_of(session, statement, order=(WebhookDelivery.id,), wish=wish)


async def list_attempts(session: AsyncSession, delivery: WebhookDelivery) -> Sequence[WebhookAttempt]:
    """List the tries at a delivery, the first first."""
    statement = select(WebhookAttempt).where(WebhookAttempt.delivery_id == delivery.id).order_by(WebhookAttempt.id)
    return (await session.scalars(statement)).all()


async def find_newest_secret_id(session: AsyncSession, endpoint_id: UUID) -> UUID:
    """Find the secret of an endpoint that was given last."""
    statement = select(WebhookSecret.id).where(WebhookSecret.endpoint_id == endpoint_id)
    return (await session.scalars(statement.order_by(WebhookSecret.id.desc()).limit(1))).one()


async def list_live_secrets(session: AsyncSession, endpoint_id: UUID, *, at: datetime) -> Sequence[WebhookSecret]:
    """List the secrets that deliveries are signed with now, the newest first."""
    statement = (
        select(WebhookSecret)
        .where(
            WebhookSecret.endpoint_id == endpoint_id,
            or_(WebhookSecret.expires_at.is_(None), WebhookSecret.expires_at > at),
        )
        .order_by(WebhookSecret.id.desc())
    )
    return (await session.scalars(statement)).all()


_BEHIND = text("""
SELECT endpoint.id FROM webhook_endpoints AS endpoint JOIN webhook_cursors AS place ON place.endpoint_id = endpoint.id
WHERE endpoint.disabled_at IS NULL AND (place.lineage <> :lineage OR EXISTS (
    SELECT FROM outbox_events AS event WHERE event.organisation_id = endpoint.organisation_id
        AND event.is_test = endpoint.is_test AND (event.xid, event.id) > (place.xid, place.event_id)
        AND event.xid < :xid))
ORDER BY endpoint.id
""")

_DUE = text("""
SELECT endpoint.id FROM webhook_endpoints AS endpoint WHERE endpoint.disabled_at IS NULL AND EXISTS (
    SELECT FROM webhook_deliveries AS delivery WHERE delivery.endpoint_id = endpoint.id
        AND delivery.state = 'waiting' AND delivery.next_attempt_at <= :at)
ORDER BY endpoint.id
""")


async def list_endpoints_behind(session: AsyncSession) -> Sequence[UUID]:
    """List the endpoints whose organisation has events that no delivery was made of yet."""
    head = await outbox.find_head(session)
    return (await session.scalars(_BEHIND, {"lineage": str(head.lineage), "xid": head.xid})).all()


async def list_endpoints_due(session: AsyncSession, *, at: datetime) -> Sequence[UUID]:
    """List the endpoints that a delivery is due to."""
    return (await session.scalars(_DUE, {"at": at})).all()
