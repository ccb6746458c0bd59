"""Tables of the double-entry book."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core import leaves
from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within


class Unit(StrEnum):
    """What an account counts; two units never meet in one transfer."""

    CREDIT = "credit"
    CNY = "cny"
    WORKLOAD = "workload"


class Phase(StrEnum):
    """What a transfer does: all at once, or first pending and then posted, voided or timed out by a second row."""

    SINGLE = "single"
    PENDING = "pending"
    POST = "post"
    VOID = "void"
    TIMED_OUT = "timed_out"


class LedgerAccount(TenantRow, Base):
    """One account; a limited one has a balance row and cannot fall below zero, an institution-side one has none."""

    __tablename__ = "ledger_accounts"
    __table_args__ = (
        of_institution(),
        one_of("unit", Unit),
        UniqueConstraint("institution_id", "id", "unit"),
        Index(
            "ledger_accounts_institution_side_key",
            "institution_id",
            "kind",
            "unit",
            unique=True,
            postgresql_where=text("NOT is_limited"),
        ),
        about(Reach.TENANT, append_only=True),
    )

    unit: Mapped[str]
    kind: Mapped[str]
    is_limited: Mapped[bool]


class LedgerBalance(Base):
    """The running state of one limited account, changed only under its lock and only together with a transfer."""

    __tablename__ = "ledger_balances"
    __table_args__ = (
        within("account_id", to="ledger_accounts"),
        CheckConstraint("posted - held_out >= 0", name="available_not_negative"),
        CheckConstraint("posted >= 0 AND pending_in >= 0 AND held_out >= 0", name="parts_not_negative"),
        about(Reach.TENANT, append_only=True, updates=("posted", "pending_in", "held_out", "seq")),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    posted: Mapped[int] = mapped_column(server_default=text("0"))
    pending_in: Mapped[int] = mapped_column(server_default=text("0"))
    held_out: Mapped[int] = mapped_column(server_default=text("0"))
    seq: Mapped[int] = mapped_column(server_default=text("0"))


class JournalEntry(TenantRow, Base):
    """One business event in the book: the fact it rests on, and the entry it reverses if it does."""

    __tablename__ = "journal_entries"
    __table_args__ = (
        of_institution(),
        within("reverses_id", to="journal_entries"),
        UniqueConstraint("institution_id", "reverses_id"),
        UniqueConstraint("institution_id", "source_id", "kind", "occasion"),
        Index(None, "institution_id", "recorded_at"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    kind: Mapped[str]
    source_kind: Mapped[str]
    source_id: Mapped[UUID]
    occasion: Mapped[int]
    reverses_id: Mapped[UUID | None]
    actor_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    leaf: Mapped[bytes] = leaves.leaf_of(
        "journal_entries",
        institution_id="uuid",
        id="uuid",
        kind="text",
        source_kind="text",
        source_id="uuid",
        occasion="integer",
        reverses_id="uuid",
        actor_id="uuid",
        recorded_at="instant",
    )


class Transfer(TenantRow, Base):
    """One amount moved from one account to another in one unit.

    A limited side stores its account's next `seq` and what was available on it after this row.
    """

    __tablename__ = "transfers"
    __table_args__ = (
        within("entry_id", to="journal_entries"),
        ForeignKeyConstraint(
            ["institution_id", "debit_account_id", "unit"],
            ["ledger_accounts.institution_id", "ledger_accounts.id", "ledger_accounts.unit"],
        ),
        ForeignKeyConstraint(
            ["institution_id", "credit_account_id", "unit"],
            ["ledger_accounts.institution_id", "ledger_accounts.id", "ledger_accounts.unit"],
        ),
        within("resolves_id", to="transfers"),
        one_of("phase", Phase),
        CheckConstraint("amount BETWEEN 1 AND 1000000000000", name="amount_positive"),
        CheckConstraint("debit_account_id <> credit_account_id", name="two_accounts"),
        CheckConstraint(
            "(phase IN ('post', 'void', 'timed_out')) = (resolves_id IS NOT NULL)", name="resolves_pending"
        ),
        CheckConstraint("(debit_seq IS NULL) = (debit_available IS NULL)", name="debit_side_whole"),
        CheckConstraint("(credit_seq IS NULL) = (credit_available IS NULL)", name="credit_side_whole"),
        CheckConstraint("debit_available >= 0", name="debit_available_not_negative"),
        CheckConstraint("credit_available >= 0", name="credit_available_not_negative"),
        Index(None, "institution_id", "entry_id"),
        Index(None, "institution_id", "recorded_at"),
        Index(
            "transfers_debit_seq_key", "institution_id", "debit_account_id", "debit_seq",
            unique=True, postgresql_where=text("debit_seq IS NOT NULL"),
        ),
        Index(
            "transfers_credit_seq_key", "institution_id", "credit_account_id", "credit_seq",
            unique=True, postgresql_where=text("credit_seq IS NOT NULL"),
        ),
        Index(
            "transfers_resolves_key", "institution_id", "resolves_id",
            unique=True, postgresql_where=text("resolves_id IS NOT NULL"),
        ),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )  # fmt: skip

    entry_id: Mapped[UUID]
    phase: Mapped[str]
    unit: Mapped[str]
    debit_account_id: Mapped[UUID]
    credit_account_id: Mapped[UUID]
    amount: Mapped[int]
    resolves_id: Mapped[UUID | None]
    debit_seq: Mapped[int | None]
    debit_available: Mapped[int | None]
    credit_seq: Mapped[int | None]
    credit_available: Mapped[int | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    leaf: Mapped[bytes] = leaves.leaf_of(
        "transfers",
        institution_id="uuid",
        id="uuid",
        entry_id="uuid",
        phase="text",
        unit="text",
        debit_account_id="uuid",
        credit_account_id="uuid",
        amount="integer",
        resolves_id="uuid",
        debit_seq="integer",
        debit_available="integer",
        credit_seq="integer",
        credit_available="integer",
        recorded_at="instant",
    )


class TransferTimeOut(TenantRow, Base):
    """When one pending transfer ends by itself unless it was posted or voided before; its `id` is the transfer's."""

    __tablename__ = "transfer_time_outs"
    __table_args__ = (
        within("id", to="transfers"),
        Index(None, "institution_id", "times_out_at"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    times_out_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    leaf: Mapped[bytes] = leaves.leaf_of(
        "transfer_time_outs", institution_id="uuid", id="uuid", times_out_at="instant", recorded_at="instant"
    )
