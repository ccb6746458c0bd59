"""Tables of webhooks: where an organisation wants its events sent, and what became of each sending."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, SharedRow, about, one_of
from x_pilot_api.core.sealed import sealed


class DisabledReason(StrEnum):
    """Why an endpoint gets nothing any more."""

    BY_PERSON = "by_person"
    GONE = "gone"
    FAILING = "failing"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookEndpoint(SharedRow, Base):
    """One address of an organisation that events are sent to."""

    __tablename__ = "webhook_endpoints"
    __table_args__ = (
        one_of("disabled_reason", DisabledReason),
        CheckConstraint("(disabled_at IS NULL) = (disabled_reason IS NULL)", name="disabled_for_a_reason"),
        Index(None, "organisation_id", "id"),
        about(Reach.SHARED, server_set=("created_at",)),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    url: Mapped[str]
    description: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text))
    is_test: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    disabled_at: Mapped[datetime | None]
    disabled_reason: Mapped[str | None]
    failing_since: Mapped[datetime | None]


class WebhookSecret(SharedRow, Base):
    """One secret that deliveries to an endpoint are signed with, sealed; the newest one never ends by itself."""

    __tablename__ = "webhook_secrets"
    __table_args__ = (
        Index(None, "endpoint_id"),
        about(Reach.SHARED, server_set=("created_at",)),
    )

    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoints.id"))
    sealed_secret: Mapped[bytes] = sealed()
    key_id: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    expires_at: Mapped[datetime | None]


class WebhookCursor(Base):
    """How far an endpoint's deliveries have been made out of the feed."""

    __tablename__ = "webhook_cursors"
    __table_args__ = (about(Reach.LOCAL),)

    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoints.id"), primary_key=True)
    lineage: Mapped[str]
    xid: Mapped[int]
    event_id: Mapped[UUID]
    moved_at: Mapped[datetime]


class WebhookDelivery(SharedRow, Base):
    """One event on its way to one endpoint."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("endpoint_id", "event_id"),
        one_of("state", DeliveryState),
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        Index(None, "endpoint_id", "next_attempt_at", postgresql_where=text("state = 'waiting'")),
        Index(None, "created_at"),
        about(Reach.LOCAL, server_set=("created_at",)),
    )

    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoints.id"))
    event_id: Mapped[UUID]
    event_kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    next_attempt_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class WebhookAttempt(SharedRow, Base):
    """One try at a delivery: what was answered, or why nothing was; neither body is kept."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (
        CheckConstraint("(status IS NULL) <> (error IS NULL)", name="status_or_error"),
        Index(None, "delivery_id", "id"),
        Index(None, "attempted_at"),
        about(Reach.LOCAL, append_only=True, forgets=True, server_set=("id",)),
    )

    delivery_id: Mapped[UUID]
    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoints.id"))
    attempted_at: Mapped[datetime]
    status: Mapped[int | None]
    error: Mapped[str | None]
    duration_ms: Mapped[int]
