"""Tables of charges: who pays for a registration and how much, what is waived or subsidised, what is given back."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.certificates.models import ExamForm
from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within

SHARE_WHOLE = 10_000
"""A share is in hundredths of a per cent."""
FEN_MAX = 1_000_000_000_000


class Payer(StrEnum):
    """Whose money it is."""

    INSTITUTION = "institution"
    COLLEGE = "college"
    STUDENT = "student"
    SUBSIDY = "subsidy"


class ChargeState(StrEnum):
    """Where a charge stands: it follows from its figures but for a cancelled one."""

    OPEN = "open"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class ReliefKind(StrEnum):
    """Whether nobody pays it, or a fund does."""

    WAIVER = "waiver"
    SUBSIDY = "subsidy"


class RefundCause(StrEnum):
    """Why money is given back."""

    SITTING_CANCELLED = "sitting_cancelled"
    PLAN_CANCELLED = "plan_cancelled"
    INCIDENT = "incident"
    ILLNESS = "illness"
    CORRECTION = "correction"
    OVERCHARGE = "overcharge"


class PayerRule(TenantRow, Base):
    """Who pays in a period, by the institution's own rule: for all, or for a level or a college only."""

    __tablename__ = "payer_rules"
    __table_args__ = (
        of_institution(),
        within("college_id", to="colleges"),
        one_of("payer", Payer),
        CheckConstraint("effective_to > effective_from", name="dates_in_order"),
        ExcludeConstraint(
            ("institution_id", "="),
            (text("coalesce(certificate_level_id, '00000000-0000-0000-0000-000000000000')"), "="),
            (text("coalesce(college_id, '00000000-0000-0000-0000-000000000000')"), "="),
            (text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="payer_rules_no_overlap_excl",
        ),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    certificate_level_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate_levels.id"))
    college_id: Mapped[UUID | None]
    payer: Mapped[str]
    document_number: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class ReliefRule(TenantRow, Base):
    """What a group of students is let off, or a fund pays for them, in a period: a share or an amount."""

    __tablename__ = "relief_rules"
    __table_args__ = (
        of_institution(),
        one_of("kind", ReliefKind),
        UniqueConstraint("institution_id", "group_code", "effective_from"),
        CheckConstraint("num_nonnulls(share, amount_fen) = 1", name="share_or_amount"),
        CheckConstraint(f"share BETWEEN 1 AND {SHARE_WHOLE}", name="share_in_range"),
        CheckConstraint(f"amount_fen BETWEEN 1 AND {FEN_MAX}", name="amount_in_range"),
        CheckConstraint("effective_to > effective_from", name="dates_in_order"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    kind: Mapped[str]
    group_code: Mapped[str]
    group_name: Mapped[str]
    share: Mapped[int | None]
    amount_fen: Mapped[int | None]
    document_number: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class ReliefMember(Base):
    """One student of a group that a relief is for."""

    __tablename__ = "relief_members"
    __table_args__ = (
        within("relief_rule_id", to="relief_rules"),
        within("student_id", to="students"),
        about(Reach.TENANT, row_security=True, append_only=True),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    relief_rule_id: Mapped[UUID] = mapped_column(primary_key=True)
    student_id: Mapped[UUID] = mapped_column(primary_key=True)


class Charge(TenantRow, Base):
    """What one registration costs and who pays it; what it still owes follows from its figures."""

    __tablename__ = "charges"
    __table_args__ = (
        within("registration_id", to="registrations"),
        within("exam_plan_id", to="exam_plans"),
        within("college_id", to="colleges"),
        within("student_id", to="students"),
        within("fee_standard_id", to="fee_standards"),
        within("payer_rule_id", to="payer_rules"),
        one_of("payer", Payer),
        one_of("state", ChargeState),
        one_of("exam_form", ExamForm),
        CheckConstraint(f"amount_fen BETWEEN 1 AND {FEN_MAX}", name="amount_in_range"),
        CheckConstraint("least(waived_fen, subsidised_fen, paid_fen, refunded_fen) >= 0", name="parts_not_negative"),
        CheckConstraint("refunded_fen <= paid_fen", name="refunded_at_most_what_was_paid"),
        CheckConstraint(
            "waived_fen + subsidised_fen + paid_fen <= amount_fen", name="nothing_beyond_the_amount"
        ),
        CheckConstraint(
            "CASE state WHEN 'cancelled' THEN paid_fen = refunded_fen AND waived_fen = 0 AND subsidised_fen = 0"
            " ELSE (state = 'settled') = (waived_fen + subsidised_fen + paid_fen = amount_fen) END",
            name="state_as_figures_say",
        ),
        CheckConstraint("payer <> 'student' OR student_id IS NOT NULL OR is_social", name="student_is_somebody"),
        CheckConstraint("NOT (is_guaranteed AND payer = 'student')", name="guaranteed_is_free"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_at_some_time"),
        Index(
            "charges_one_a_registration_key", "institution_id", "registration_id",
            unique=True, postgresql_where=text("state <> 'cancelled'"),
        ),
        Index(None, "institution_id", "registration_id", "id"),
        Index(None, "institution_id", "exam_plan_id", "id"),
        Index(None, "institution_id", "student_id"),
        Index(None, "institution_id", "raised_at"),
        Index(None, "organisation_id"),
        about(Reach.TENANT, row_security=True, server_set=("raised_at",)),
    )  # fmt: skip

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    registration_id: Mapped[UUID]
    exam_plan_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    college_id: Mapped[UUID]
    student_id: Mapped[UUID | None]
    """Nobody for a social candidate from outside."""
    is_social: Mapped[bool] = mapped_column(server_default=text("false"))
    is_guaranteed: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether it was raised for a student whose guaranteed attempt was unused: then it is not theirs to pay."""
    exam_form: Mapped[str]
    fee_standard_id: Mapped[UUID]
    payer_rule_id: Mapped[UUID | None]
    """By which rule; none says that it is the institution's budget."""
    payer: Mapped[str]
    amount_fen: Mapped[int]
    waived_fen: Mapped[int] = mapped_column(server_default=text("0"))
    subsidised_fen: Mapped[int] = mapped_column(server_default=text("0"))
    paid_fen: Mapped[int] = mapped_column(server_default=text("0"))
    refunded_fen: Mapped[int] = mapped_column(server_default=text("0"))
    state: Mapped[str] = mapped_column(server_default=ChargeState.OPEN)
    entry_id: Mapped[UUID]
    """Its entry in the book."""
    raised_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    cancelled_at: Mapped[datetime | None]


class ChargeRelief(TenantRow, Base):
    """What a charge was let off or a fund paid of it, by a rule or by a deed with its reason."""

    __tablename__ = "charge_reliefs"
    __table_args__ = (
        within("charge_id", to="charges"),
        within("relief_rule_id", to="relief_rules"),
        one_of("kind", ReliefKind),
        CheckConstraint(f"amount_fen BETWEEN 1 AND {FEN_MAX}", name="amount_in_range"),
        CheckConstraint("(relief_rule_id IS NULL) = (reason IS NOT NULL)", name="rule_or_reason"),
        Index(None, "institution_id", "charge_id"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    charge_id: Mapped[UUID]
    kind: Mapped[str]
    amount_fen: Mapped[int]
    relief_rule_id: Mapped[UUID | None]
    document_number: Mapped[str]
    reason: Mapped[str | None]
    entry_id: Mapped[UUID]
    actor_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class ChargeRefund(TenantRow, Base):
    """Money given back on a charge, and why."""

    __tablename__ = "charge_refunds"
    __table_args__ = (
        within("charge_id", to="charges"),
        one_of("cause", RefundCause),
        CheckConstraint(f"amount_fen BETWEEN 1 AND {FEN_MAX}", name="amount_in_range"),
        Index(None, "institution_id", "charge_id"),
        Index(None, "institution_id", "recorded_at"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    charge_id: Mapped[UUID]
    cause: Mapped[str]
    amount_fen: Mapped[int]
    document_number: Mapped[str | None]
    reason: Mapped[str]
    entry_id: Mapped[UUID]
    actor_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
