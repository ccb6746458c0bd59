"""Tables of the outbox."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, SharedRow, about


class OutboxEvent(SharedRow, Base):
    """One thing that happened and concerns an organisation.

    Local, not a tenant's: one feed spans all institutions, and its order is one server's order of transactions.
    """

    __tablename__ = "outbox_events"
    __table_args__ = (
        Index(None, "organisation_id", "is_test", "xid", "id"),
        Index(None, "recorded_at"),
        about(Reach.LOCAL, append_only=True, forgets=True, server_set=("id", "xid", "recorded_at")),
    )

    # Of the type bigint, which every driver knows; PostgreSQL would need 2^63 transactions to leave it.
    xid: Mapped[int] = mapped_column(server_default=text("((pg_current_xact_id())::text)::bigint"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    institution_id: Mapped[UUID | None] = mapped_column(ForeignKey("institutions.id"))
    is_test: Mapped[bool]
    by_organisation: Mapped[bool]
    kind: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[UUID]
    data: Mapped[JsonObject]


class OutboxHorizon(SharedRow, Base):
    """One removal of old events: those of transactions below `xid` may be gone since."""

    __tablename__ = "outbox_horizons"
    __table_args__ = (about(Reach.LOCAL, append_only=True, server_set=("id", "recorded_at")),)

    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    xid: Mapped[int]
    events: Mapped[int]
