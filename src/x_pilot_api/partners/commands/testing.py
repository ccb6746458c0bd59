"""Trying the way that events go."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox import queries as events
from x_pilot_api.outbox.schemas import EventKind, EventOut
from x_pilot_api.partners.schemas import describe_event


async def send_test_event(session: AsyncSession, actor: Actor, *, organisation_id: UUID, is_test: bool) -> EventOut:
    """Announce an event that says nothing but that it came."""
    event_id = await outbox.announce(
        session,
        actor,
        institution_id=None,
        organisation_id=organisation_id,
        kind=EventKind.TEST_SENT,
        object_kind="organisation",
        object_id=organisation_id,
        data={"note": "asked for by the organisation"},
        is_test=is_test,
    )
    await audit.record(
        session, actor, "send_test_event", institution_id=None, object_kind="organisation", object_id=organisation_id
    )
    found = await events.find_events(session, organisation_id=organisation_id, ids=[event_id])
    return describe_event(found[event_id])
