"""Tables of teachers' workload: the ratios it is converted by, what was logged, and each teacher's account."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within

DAY_TENTHS_MAX = 240
RATIO_PART_MAX = 10_000
"""How large the numerator and the denominator of a ratio may be; so every product of them is exact in a bigint."""


class WorkloadState(StrEnum):
    """Where what a teacher logged is on its way."""

    LOGGED = "logged"
    VERIFIED = "verified"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


class WorkloadRatio(TenantRow, Base):
    """One ratio by which hours of social training count as teaching workload, by a document and for its days.

    Its parts never change; only its last day is set when another follows it.
    """

    __tablename__ = "workload_ratios"
    __table_args__ = (
        of_institution(),
        CheckConstraint(f"numerator BETWEEN 1 AND {RATIO_PART_MAX}", name="numerator_in_range"),
        CheckConstraint(f"denominator BETWEEN 1 AND {RATIO_PART_MAX}", name="denominator_in_range"),
        # A slip of the pen rather than a ratio; above a tenth the least that can be logged comes to something.
        CheckConstraint("numerator * 10 >= denominator AND numerator <= denominator * 10", name="ratio_plausible"),
        CheckConstraint("effective_to >= effective_from", name="days_in_order"),
        ExcludeConstraint(
            ("institution_id", "="),
            (text("daterange(effective_from, effective_to, '[]')"), "&&"),
            using="gist",
            name="workload_ratios_one_a_day_excl",
        ),
        about(Reach.TENANT, append_only=True, updates=("effective_to",), server_set=("recorded_at",)),
    )

    numerator: Mapped[int]
    denominator: Mapped[int]
    document_number: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    """Its last day; null while nothing follows it."""
    loaded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class WorkloadAccount(TenantRow, Base):
    """One teacher's account in the book, opened with the first hours that are verified."""

    __tablename__ = "workload_accounts"
    __table_args__ = (
        within("teacher_id", to="teachers"),
        within("ledger_account_id", to="ledger_accounts"),
        UniqueConstraint("institution_id", "teacher_id"),
        UniqueConstraint("institution_id", "ledger_account_id"),
        about(Reach.TENANT, append_only=True),
    )

    teacher_id: Mapped[UUID]
    ledger_account_id: Mapped[UUID]


class WorkloadRecord(TenantRow, Base):
    """What one teacher did for one class on one day, in tenths of an hour, and what it came to in the book."""

    __tablename__ = "workload_records"
    __table_args__ = (
        within("social_class_id", to="social_classes"),
        within("teacher_id", to="teachers"),
        within("ratio_id", to="workload_ratios"),
        within("entry_id", to="journal_entries"),
        within("reversal_entry_id", to="journal_entries"),
        one_of("state", WorkloadState),
        CheckConstraint(f"hours_tenths BETWEEN 1 AND {DAY_TENTHS_MAX}", name="hours_within_a_day"),
        CheckConstraint("verified_by <> logged_by", name="verified_by_a_second_person"),
        CheckConstraint("state <> 'refused' OR reason IS NOT NULL", name="refusal_has_a_reason"),
        CheckConstraint(
            "num_nonnulls(ratio_id, workload_hundredths, entry_id, verified_by, verified_at)"
            " = CASE WHEN state IN ('verified', 'reversed') THEN 5 ELSE 0 END",
            name="verified_is_whole",
        ),
        CheckConstraint(
            "num_nonnulls(reversal_reason, reversal_entry_id, reversed_by, reversed_at)"
            " = CASE WHEN state = 'reversed' THEN 4 ELSE 0 END",
            name="reversed_is_whole",
        ),
        CheckConstraint("workload_hundredths > 0", name="workload_positive"),
        UniqueConstraint("institution_id", "entry_id"),
        UniqueConstraint("institution_id", "reversal_entry_id"),
        Index(
            "workload_records_once_a_day_key", "institution_id", "social_class_id", "teacher_id", "worked_on",
            unique=True, postgresql_where=text("state IN ('logged', 'verified', 'refused')"),
        ),
        Index(None, "institution_id", "teacher_id", "worked_on"),
        about(
            Reach.TENANT,
            append_only=True,
            updates=(
                "worked_on", "hours_tenths", "what", "state", "reason", "ratio_id", "workload_hundredths", "entry_id",
                "verified_by", "verified_at", "reversal_reason", "reversal_entry_id", "reversed_by", "reversed_at",
            ),
        ),
    )  # fmt: skip

    social_class_id: Mapped[UUID]
    teacher_id: Mapped[UUID]
    worked_on: Mapped[date]
    hours_tenths: Mapped[int]
    what: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=WorkloadState.LOGGED)
    logged_by: Mapped[UUID]
    reason: Mapped[str | None]
    """Why it was refused; it stays beside what is logged anew."""
    ratio_id: Mapped[UUID | None]
    workload_hundredths: Mapped[int | None]
    entry_id: Mapped[UUID | None]
    verified_by: Mapped[UUID | None]
    verified_at: Mapped[datetime | None]
    reversal_reason: Mapped[str | None]
    reversal_entry_id: Mapped[UUID | None]
    reversed_by: Mapped[UUID | None]
    reversed_at: Mapped[datetime | None]
