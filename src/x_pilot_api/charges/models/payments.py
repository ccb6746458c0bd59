"""Tables of payments, and of the callbacks of a payment gateway, none of which is lost."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.charges.models.charges import FEN_MAX
from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within


class PaymentChannel(StrEnum):
    """By which way money comes."""

    VOUCHER = "voucher"
    GATEWAY = "gateway"


class PaymentState(StrEnum):
    """Whether money has come: a voucher waits for a second person, a gateway's order for its callback."""

    WAITING = "waiting"
    SETTLED = "settled"
    REJECTED = "rejected"


class CallbackOutcome(StrEnum):
    """What became of a callback: kept ones wait for the desk."""

    APPLIED = "applied"
    KEPT = "kept"


class Payment(TenantRow, Base):
    """One payment on a charge, which may be a part of it."""

    __tablename__ = "payments"
    __table_args__ = (
        within("charge_id", to="charges"),
        one_of("channel", PaymentChannel),
        one_of("state", PaymentState),
        CheckConstraint(f"amount_fen BETWEEN 1 AND {FEN_MAX}", name="amount_in_range"),
        CheckConstraint(
            "(channel = 'voucher') = (document_number IS NOT NULL) AND (document_number IS NULL) = (paid_on IS NULL)",
            name="voucher_is_a_document",
        ),
        CheckConstraint("(state = 'settled') = (entry_id IS NOT NULL)", name="settled_is_in_the_book"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_at_some_time"),
        CheckConstraint("channel <> 'voucher' OR decided_by <> recorded_by", name="second_person"),
        CheckConstraint("(state = 'rejected') = (reason IS NOT NULL)", name="rejection_has_a_reason"),
        Index(
            "payments_document_once_key", "institution_id", "document_number", "charge_id",
            unique=True, postgresql_where=text("state <> 'rejected'"),
        ),
        Index(None, "institution_id", "charge_id"),
        about(Reach.TENANT),
    )  # fmt: skip

    charge_id: Mapped[UUID]
    channel: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=PaymentState.WAITING)
    amount_fen: Mapped[int]
    document_number: Mapped[str | None]
    paid_on: Mapped[date | None]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    entry_id: Mapped[UUID | None]


class PaymentCallback(TenantRow, Base):
    """One thing the gateway said, by the id it gave it: taken once, however often it is sent."""

    __tablename__ = "payment_callbacks"
    __table_args__ = (
        of_institution(),
        within("payment_id", to="payments"),
        one_of("outcome", CallbackOutcome),
        UniqueConstraint("institution_id", "event_id", name="payment_callbacks_once_key"),
        CheckConstraint("(outcome = 'kept') = (reason IS NOT NULL)", name="kept_for_a_reason"),
        CheckConstraint("num_nulls(settled_at, settled_by, settlement) IN (0, 3)", name="settlement_whole"),
        CheckConstraint("settled_at IS NULL OR outcome = 'kept'", name="only_kept_are_settled"),
        about(
            Reach.TENANT,
            append_only=True,
            updates=("settled_at", "settled_by", "settlement"),
            server_set=("received_at",),
        ),
    )

    event_id: Mapped[str]
    order_id: Mapped[str]
    """As it was sent; whether we know it, `payment_id` says."""
    payment_id: Mapped[UUID | None]
    amount_fen: Mapped[int]
    currency: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None]
    settlement: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
