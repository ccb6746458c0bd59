"""Tables of expiry: the policy that lets credits run out, who was told of it, and what has run out."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, within


class ExpiryPolicy(TenantRow, Base):
    """One version of how long credits last; it holds for what is posted from its day on; with none, for ever."""

    __tablename__ = "expiry_policies"
    __table_args__ = (
        of_institution(),
        CheckConstraint("version > 0", name="version_positive"),
        UniqueConstraint("institution_id", "version"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    version: Mapped[int]
    document_number: Mapped[str]
    effective_from: Mapped[date]
    loaded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class ExpiryTerm(Base):
    """How long credits of one kind of outcome last, and how long before that their owner is told."""

    __tablename__ = "expiry_terms"
    __table_args__ = (
        within("policy_id", to="expiry_policies"),
        CheckConstraint("validity_months BETWEEN 1 AND 600", name="validity_plausible"),
        CheckConstraint("notice_days BETWEEN 0 AND 366", name="notice_plausible"),
        about(Reach.TENANT, append_only=True),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    policy_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    validity_months: Mapped[int]
    notice_days: Mapped[int]


class ExpiryNotice(TenantRow, Base):
    """What a student was told about one deposit: the day from which its unspent credits are gone."""

    __tablename__ = "expiry_notices"
    __table_args__ = (
        within("student_id", to="students"),
        within("learning_outcome_id", to="learning_outcomes"),
        within("submitted_outcome_id", to="submitted_outcomes"),
        within("deposit_entry_id", to="journal_entries"),
        within("policy_id", to="expiry_policies"),
        CheckConstraint("num_nonnulls(learning_outcome_id, submitted_outcome_id) = 1", name="one_outcome"),
        CheckConstraint("credit_hundredths > 0", name="credit_positive"),
        CheckConstraint("told_on <= expires_on", name="told_before"),
        UniqueConstraint("institution_id", "deposit_entry_id"),
        Index(None, "institution_id", "expires_on"),
        Index(None, "institution_id", "learning_outcome_id"),
        Index(None, "institution_id", "submitted_outcome_id"),
        about(Reach.TENANT, append_only=True),
    )

    student_id: Mapped[UUID]
    learning_outcome_id: Mapped[UUID | None]
    submitted_outcome_id: Mapped[UUID | None]
    deposit_entry_id: Mapped[UUID]
    policy_id: Mapped[UUID]
    credit_hundredths: Mapped[int]
    expires_on: Mapped[date]
    told_on: Mapped[date]


class ExpiredCredit(TenantRow, Base):
    """Credits of one outcome that have run out, and the entry that took them from the account."""

    __tablename__ = "expired_credits"
    __table_args__ = (
        within("notice_id", to="expiry_notices"),
        within("entry_id", to="journal_entries"),
        CheckConstraint("credit_hundredths > 0", name="credit_positive"),
        UniqueConstraint("institution_id", "entry_id"),
        Index(None, "institution_id", "notice_id"),
        about(Reach.TENANT, append_only=True),
    )

    notice_id: Mapped[UUID]
    entry_id: Mapped[UUID]
    credit_hundredths: Mapped[int]
    expired_on: Mapped[date]
