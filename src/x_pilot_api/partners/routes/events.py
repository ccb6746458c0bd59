"""The feed of events."""

from typing import Annotated

from fastapi import Query

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import PAGE_SIZE_MAX
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.outbox import rules as outbox
from x_pilot_api.outbox.schemas import EventOut
from x_pilot_api.partners import commands, queries
from x_pilot_api.partners.routes import door
from x_pilot_api.partners.schemas import EventsOut

router = AreaRouter(prefix=door.PREFIX, tags=door.TAGS)


@router.get("/events", dependencies=[require(Permission.EVENTS_READ)])
async def list_partner_events(
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    after: Annotated[str | None, Query(max_length=100, description="`next_cursor` of the answer before")] = None,
    page_size: Annotated[
        int, Query(ge=1, description=f"Events an answer; silently lowered to {PAGE_SIZE_MAX}")
    ] = PAGE_SIZE_MAX,
) -> EventsOut:
    """Read what happened since a cursor that concerns the organisation, in one order and without a gap.

    Without `after` it begins with the oldest event kept. An event shows once every transaction begun before its own
    has ended, so it may come some seconds late but never behind a cursor already given out. 410 when events after the
    cursor are no longer kept. A test-mode client reads of test institutions only, any other of live ones only.
    """
    cursor = outbox.read_cursor(after) if after is not None else None
    size, kept_days = min(page_size, PAGE_SIZE_MAX), service.settings.events_kept_days
    return await queries.read_events(session, actor, after=cursor, size=size, kept_days=kept_days)


@router.post("/events:test", status_code=201, dependencies=[require(Permission.EVENTS_READ)])
async def send_test_event(session: Session, actor: CurrentActor) -> EventOut:
    """Let a `test.sent` event appear in the feed and at every enabled webhook endpoint of the client's mode."""
    organisation_id = queries.organisation_of(actor)
    return await commands.send_test_event(session, actor, organisation_id=organisation_id, is_test=bool(actor.is_test))
