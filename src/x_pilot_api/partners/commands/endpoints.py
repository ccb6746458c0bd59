"""Naming, changing, ending and taking up again the addresses that events are sent to."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, outbound
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.outbound import AddressRefused, Reach
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox import queries as events
from x_pilot_api.outbox.schemas import EventKind
from x_pilot_api.partners import queries, rules
from x_pilot_api.partners.errors import EndpointsTooMany, WebhookAddressRefused
from x_pilot_api.partners.models import (
    DeliveryState,
    DisabledReason,
    WebhookCursor,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookSecret,
)
from x_pilot_api.partners.schemas import WebhookEndpointChange, WebhookEndpointIn


async def create_endpoint(
    session: AsyncSession, actor: Actor, *, wish: WebhookEndpointIn, sealer: Sealer, reach: Reach
) -> tuple[WebhookEndpoint, str]:
    """Name an address; events from now on are sent there, signed with the secret that is shown this once."""
    _check_address(wish.url, reach)
    organisation_id = queries.organisation_of(actor)
    await queries.lock_organisation(session, organisation_id)
    existing = select(func.count()).where(WebhookEndpoint.organisation_id == organisation_id)
    if (await session.execute(existing)).scalar_one() >= rules.ENDPOINTS_MAX:
        raise EndpointsTooMany(limit=rules.ENDPOINTS_MAX)
    endpoint = WebhookEndpoint(
        organisation_id=organisation_id,
        url=wish.url,
        description=wish.description,
        kinds=[str(kind) for kind in wish.kinds],
        is_test=wish.is_test,
    )
    session.add(endpoint)
    await session.flush()
    await session.refresh(endpoint)
    head = await events.find_head(session)
    place = {"lineage": str(head.lineage), "xid": head.xid, "event_id": head.id, "moved_at": clock.now()}
    session.add(WebhookCursor(endpoint_id=endpoint.id, **place))
    secret = await _add_secret(session, endpoint, sealer)
    await _record(session, actor, "create_webhook_endpoint", endpoint, kinds=endpoint.kinds, is_test=endpoint.is_test)
    return endpoint, secret


async def change_endpoint(
    session: AsyncSession, actor: Actor, *, endpoint_id: UUID, change: WebhookEndpointChange, reach: Reach
) -> WebhookEndpoint:
    """Change where an endpoint is or what it gets; what waits goes to the new address."""
    endpoint = await queries.lock_endpoint(session, actor, endpoint_id)
    if change.url is not None:
        _check_address(change.url, reach)
        endpoint.url = change.url
    if change.description is not None:
        endpoint.description = change.description
    if change.kinds is not None:
        endpoint.kinds = [str(kind) for kind in change.kinds]
    await session.flush()
    fields = sorted(change.model_dump(exclude_none=True))
    await _record(session, actor, "change_webhook_endpoint", endpoint, fields=fields, kinds=endpoint.kinds)
    return endpoint


async def disable_endpoint(
    session: AsyncSession, actor: Actor, *, endpoint: WebhookEndpoint, reason: DisabledReason
) -> None:
    """Send nothing more to an endpoint that is locked by the caller; what waits has failed, and can be replayed."""
    if endpoint.disabled_at is not None:
        return
    endpoint.disabled_at, endpoint.disabled_reason = clock.now(), reason
    await session.flush()
    await session.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.endpoint_id == endpoint.id, WebhookDelivery.state == DeliveryState.WAITING)
        .values(state=DeliveryState.FAILED)
    )
    await _record(session, actor, "disable_webhook_endpoint", endpoint, reason=reason)
    await outbox.announce(
        session,
        actor,
        institution_id=None,
        organisation_id=endpoint.organisation_id,
        kind=EventKind.WEBHOOK_ENDPOINT_DISABLED,
        object_kind="webhook_endpoint",
        object_id=endpoint.id,
        data={"reason": reason},
        is_test=endpoint.is_test,
    )


async def enable_endpoint(session: AsyncSession, actor: Actor, *, endpoint_id: UUID) -> WebhookEndpoint:
    """Send to an endpoint again what happens from now on; what happened meanwhile can be replayed."""
    endpoint = await queries.lock_endpoint(session, actor, endpoint_id)
    if endpoint.disabled_at is None:
        return endpoint
    endpoint.disabled_at = endpoint.disabled_reason = endpoint.failing_since = None
    await session.flush()
    head = await events.find_head(session)
    await session.execute(
        update(WebhookCursor)
        .where(WebhookCursor.endpoint_id == endpoint.id)
        .values(lineage=str(head.lineage), xid=head.xid, event_id=head.id, moved_at=clock.now())
    )
    await _record(session, actor, "enable_webhook_endpoint", endpoint)
    return endpoint


async def rotate_secret(
    session: AsyncSession, actor: Actor, *, endpoint_id: UUID, sealer: Sealer
) -> tuple[WebhookEndpoint, str, datetime]:
    """Give an endpoint a new secret; for a day deliveries carry the signature of the one before too."""
    endpoint = await queries.lock_endpoint(session, actor, endpoint_id)
    now = clock.now()
    until = now + rules.ROTATION_OVERLAP
    newest = await queries.find_newest_secret_id(session, endpoint.id)
    # Two are live at once and no more: what was leaving already leaves now.
    of_endpoint = update(WebhookSecret).where(WebhookSecret.endpoint_id == endpoint.id)
    await session.execute(of_endpoint.where(WebhookSecret.id != newest).values(expires_at=now))
    await session.execute(of_endpoint.where(WebhookSecret.id == newest).values(expires_at=until))
    secret = await _add_secret(session, endpoint, sealer)
    await _record(session, actor, "rotate_webhook_secret", endpoint, previous_valid_until=until.isoformat())
    return endpoint, secret, until


def _check_address(url: str, reach: Reach) -> None:
    try:
        outbound.read_target(url, reach)
    except AddressRefused as refused:
        raise WebhookAddressRefused(why=refused.why, ports=", ".join(map(str, sorted(reach.ports)))) from None


async def _add_secret(session: AsyncSession, endpoint: WebhookEndpoint, sealer: Sealer) -> str:
    secret = secrets.token_bytes(rules.SECRET_BYTES)
    sealed = sealer.seal(secret, context="webhook_secrets")
    session.add(WebhookSecret(endpoint_id=endpoint.id, sealed_secret=sealed, key_id=sealer.key_id))
    await session.flush()
    return rules.write_secret(secret)


async def _record(session: AsyncSession, actor: Actor, deed: str, endpoint: WebhookEndpoint, **detail: object) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=None,
        object_kind="webhook_endpoint",
        object_id=endpoint.id,
        detail=detail,
    )
