"""What goes through the door beside plans and results: the feed of events, and webhooks."""

from pydantic import BaseModel, Field

from x_pilot_api.outbox.models import OutboxEvent
from x_pilot_api.outbox.schemas import EventOut


class EventsOut(BaseModel):
    """Some events in their order; ask again with `after` set to `next_cursor`, at once while `has_more`."""

    items: list[EventOut]
    next_cursor: str = Field(description="Opaque; there even when nothing was, so that reading goes on from here")
    has_more: bool = Field(description="More events are there already")


def describe_event(event: OutboxEvent) -> EventOut:
    """Write an event as the feed and a webhook's body show it."""
    return EventOut(
        id=event.id,
        type=event.kind,
        timestamp=event.recorded_at,
        institution_id=event.institution_id,
        is_test=event.is_test,
        by_organisation=event.by_organisation,
        object_kind=event.object_kind,
        object_id=event.object_id,
        data=event.data,
    )
