"""Where an organisation wants its events sent, and what became of each sending."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.outbox.schemas import EventOut
from x_pilot_api.partners import commands, queries
from x_pilot_api.partners.models import DeliveryState, DisabledReason, WebhookDelivery, WebhookEndpoint
from x_pilot_api.partners.routes import door
from x_pilot_api.partners.schemas import (
    ReplayIn,
    ReplayOut,
    WebhookAttemptOut,
    WebhookDeliveryLogOut,
    WebhookDeliveryOut,
    WebhookEndpointChange,
    WebhookEndpointIn,
    WebhookEndpointOut,
    WebhookSecretOut,
)

router = AreaRouter(
    prefix=f"{door.PREFIX}/webhook-endpoints", tags=door.TAGS, dependencies=[require(Permission.WEBHOOKS_MANAGE)]
)


def _described(endpoint: WebhookEndpoint) -> WebhookEndpointOut:
    return WebhookEndpointOut.model_validate(endpoint, from_attributes=True)


def _delivery(delivery: WebhookDelivery) -> WebhookDeliveryOut:
    due = delivery.next_attempt_at if delivery.state == DeliveryState.WAITING else None
    return WebhookDeliveryOut(
        id=delivery.id,
        event_id=delivery.event_id,
        event_kind=delivery.event_kind,
        state=delivery.state,
        attempts=delivery.attempts,
        next_attempt_at=due,
        created_at=delivery.created_at,
    )


@router.post("", status_code=201)
async def create_webhook_endpoint(
    body: WebhookEndpointIn, response: Response, session: Session, actor: CurrentActor, service: CurrentService
) -> WebhookSecretOut:
    """Name an address that events from now on are sent to; the answer alone holds the secret they are signed with."""
    endpoint, secret = await commands.create_endpoint(
        session, actor, wish=body, sealer=service.sealer, reach=service.settings.webhook_reach
    )
    response.headers["Location"] = f"/v1/partner/webhook-endpoints/{endpoint.id}"
    response.headers["Cache-Control"] = "no-store"
    return WebhookSecretOut(endpoint=_described(endpoint), secret=secret, previous_valid_until=None)


@router.get("")
async def list_webhook_endpoints(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[WebhookEndpointOut]:
    """List the organisation's endpoints."""
    rows, token = await queries.list_endpoints(session, actor, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[WebhookEndpointOut](items=[_described(row) for row in rows], next_page_token=token)


@router.get("/{endpoint_id}")
async def get_webhook_endpoint(endpoint_id: UUID, session: Session, actor: CurrentActor) -> WebhookEndpointOut:
    """Read one endpoint; its secret is never shown again."""
    return _described(await queries.get_endpoint(session, actor, endpoint_id))


@router.patch("/{endpoint_id}")
async def change_webhook_endpoint(
    endpoint_id: UUID, body: WebhookEndpointChange, session: Session, actor: CurrentActor, service: CurrentService
) -> WebhookEndpointOut:
    """Change an endpoint's address, description or kinds; what waits goes to the new address."""
    return _described(
        await commands.change_endpoint(
            session, actor, endpoint_id=endpoint_id, change=body, reach=service.settings.webhook_reach
        )
    )


@router.post("/{endpoint_id}:disable")
async def disable_webhook_endpoint(endpoint_id: UUID, session: Session, actor: CurrentActor) -> WebhookEndpointOut:
    """Send nothing more; what waits has failed and can be replayed."""
    endpoint = await queries.lock_endpoint(session, actor, endpoint_id)
    await commands.disable_endpoint(session, actor, endpoint=endpoint, reason=DisabledReason.BY_PERSON)
    return _described(endpoint)


@router.post("/{endpoint_id}:enable")
async def enable_webhook_endpoint(endpoint_id: UUID, session: Session, actor: CurrentActor) -> WebhookEndpointOut:
    """Send again what happens from now on; what happened meanwhile is in the feed, and can be replayed."""
    return _described(await commands.enable_endpoint(session, actor, endpoint_id=endpoint_id))


@router.post("/{endpoint_id}:rotate-secret")
async def rotate_webhook_secret(
    endpoint_id: UUID, response: Response, session: Session, actor: CurrentActor, service: CurrentService
) -> WebhookSecretOut:
    """Give a new secret; for a day deliveries carry the signatures of both, so that nothing is refused meanwhile."""
    endpoint, secret, until = await commands.rotate_secret(
        session, actor, endpoint_id=endpoint_id, sealer=service.sealer
    )
    response.headers["Cache-Control"] = "no-store"
    return WebhookSecretOut(endpoint=_described(endpoint), secret=secret, previous_valid_until=until)


@router.post("/{endpoint_id}:test", status_code=201)
async def test_webhook_endpoint(endpoint_id: UUID, session: Session, actor: CurrentActor) -> EventOut:
    """Announce a `test.sent` event in the endpoint's mode; every enabled endpoint of that mode gets it."""
    endpoint = await queries.get_endpoint(session, actor, endpoint_id)
    return await commands.send_test_event(
        session, actor, organisation_id=endpoint.organisation_id, is_test=endpoint.is_test
    )


@router.post("/{endpoint_id}:replay")
async def replay_webhook_events(endpoint_id: UUID, body: ReplayIn, session: Session, actor: CurrentActor) -> ReplayOut:
    """Send again every event recorded from `since` to before `until`, under the same webhook-ids."""
    count = await commands.replay_period(session, actor, endpoint_id=endpoint_id, since=body.since, until=body.until)
    return ReplayOut(deliveries=count)


@router.get("/{endpoint_id}/deliveries")
async def list_webhook_deliveries(
    endpoint_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    state: Annotated[DeliveryState | None, Query(description="Only deliveries that stand so")] = None,
) -> PageOut[WebhookDeliveryOut]:
    """List the deliveries to an endpoint in the order they were made."""
    endpoint = await queries.get_endpoint(session, actor, endpoint_id)
    rows, token = await queries.list_deliveries(session, endpoint, state=state, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[WebhookDeliveryOut](items=[_delivery(row) for row in rows], next_page_token=token)


@router.get("/{endpoint_id}/deliveries/{delivery_id}")
async def get_webhook_delivery(
    endpoint_id: UUID, delivery_id: UUID, session: Session, actor: CurrentActor
) -> WebhookDeliveryLogOut:
    """Read one delivery with every try at it; what was sent and answered is not kept."""
    endpoint = await queries.get_endpoint(session, actor, endpoint_id)
    delivery = await queries.get_delivery(session, endpoint, delivery_id)
    tries = await queries.list_attempts(session, delivery)
    return WebhookDeliveryLogOut(
        delivery=_delivery(delivery),
        attempts=[WebhookAttemptOut.model_validate(row, from_attributes=True) for row in tries],
    )


@router.post("/{endpoint_id}/deliveries/{delivery_id}:replay")
async def replay_webhook_delivery(
    endpoint_id: UUID, delivery_id: UUID, session: Session, actor: CurrentActor, service: CurrentService
) -> WebhookDeliveryOut:
    """Send one delivery again, under the same webhook-id; 410 when its event is no longer kept."""
    kept_days = service.settings.events_kept_days
    return _delivery(
        await commands.replay_delivery(
            session, actor, endpoint_id=endpoint_id, delivery_id=delivery_id, kept_days=kept_days
        )
    )
