"""What goes through the door beside plans and results: the feed of events, and webhooks."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from x_pilot_api.core.texts import Line
from x_pilot_api.outbox.models import OutboxEvent
from x_pilot_api.outbox.schemas import EventKind, EventOut


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


Kinds = Annotated[
    list[EventKind],
    Field(max_length=50, description="Which kinds to send; empty means all. A test event is always sent"),
]
Url = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strict=True)]


class WebhookEndpointIn(BaseModel):
    """An address that events are to be sent to."""

    model_config = ConfigDict(extra="forbid")

    url: Url = Field(description="https, a public host name, no user information", examples=["https://a.example/in"])
    description: Line = Field(examples=["results system"])
    kinds: Kinds = []
    is_test: bool = Field(default=False, description="Send the events of test institutions, else those of live ones")


class WebhookEndpointChange(BaseModel):
    """What to change of an endpoint; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    url: Url | None = None
    description: Line | None = None
    kinds: Kinds | None = None


class WebhookEndpointOut(BaseModel):
    """An address that events are sent to."""

    id: UUID
    organisation_id: UUID
    url: str
    description: str
    kinds: list[str] = Field(description="Empty means all")
    is_test: bool
    created_at: datetime
    disabled_at: datetime | None
    disabled_reason: str | None = Field(description="by_person, gone (it answered 410) or failing (a day of failures)")
    failing_since: datetime | None = Field(description="The first failure since the last success")


class WebhookSecretOut(BaseModel):
    """A new secret, shown this once."""

    endpoint: WebhookEndpointOut
    secret: str = Field(
        repr=False, description="`whsec_` and base64, as Standard Webhooks has it", examples=["whsec_…"]
    )
    previous_valid_until: datetime | None = Field(description="Until then deliveries carry the old signature too")


class WebhookDeliveryOut(BaseModel):
    """One event on its way to one endpoint."""

    id: UUID
    event_id: UUID
    event_kind: str
    state: str = Field(description="waiting, delivered or failed")
    attempts: int = Field(description="Since it was made or last replayed")
    next_attempt_at: datetime | None = Field(description="Null when none is due")
    created_at: datetime


class WebhookAttemptOut(BaseModel):
    """One try at a delivery."""

    attempted_at: datetime
    status: int | None = Field(description="What was answered, if anything was")
    error: str | None = Field(description="timeout, connect, tls, protocol, or why the address is not called")
    duration_ms: int


class WebhookDeliveryLogOut(BaseModel):
    """A delivery with every try at it, the first first."""

    delivery: WebhookDeliveryOut
    attempts: list[WebhookAttemptOut]


class ReplayIn(BaseModel):
    """A period whose events are to be sent again."""

    model_config = ConfigDict(extra="forbid")

    since: AwareDatetime
    until: AwareDatetime


class ReplayOut(BaseModel):
    """How much is sent again."""

    deliveries: int
