"""What an organisation's people see of the feed that their systems read."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import PAGE_SIZE_MAX
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity import queries as identity
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.outbox import rules as outbox
from x_pilot_api.partners import queries
from x_pilot_api.partners.routes import door
from x_pilot_api.partners.schemas import EventsOut

router = AreaRouter(prefix="/machine-clients/{client_id}", tags=door.TAGS)


@router.get("/events", dependencies=[require(Permission.WEBHOOKS_MANAGE)])
async def list_client_events(
    client_id: UUID,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    after: Annotated[str | None, Query(max_length=100, description="`next_cursor` of the answer before")] = None,
    page_size: Annotated[
        int, Query(ge=1, description=f"Events an answer; silently lowered to {PAGE_SIZE_MAX}")
    ] = PAGE_SIZE_MAX,
) -> EventsOut:
    """Read the feed as one of the organisation's systems reads it: of test institutions for a test client, else live.

    Whoever names webhook endpoints may have every event sent, so that reading them here shows nothing more.
    """
    client = await identity.get_client(session, actor, client_id)
    return await queries.read_feed_of(
        session,
        organisation_id=client.organisation_id,
        is_test=client.is_test,
        after=outbox.read_cursor(after) if after is not None else None,
        size=min(page_size, PAGE_SIZE_MAX),
        kept_days=service.settings.events_kept_days,
    )
