"""Tables of settlements: what a plan's exams come to between an institution and an organisation; whole fen."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class SettlementState(StrEnum):
    """Where a settlement is on its way."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    SETTLED = "settled"
    DISPUTED = "disputed"


class Presence(StrEnum):
    """Whether a locked candidate was examined, as far as it is known."""

    ATTENDED = "attended"
    ABSENT = "absent"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


class Settlement(TenantRow, Base):
    """One statement of what a plan's exams come to; the first, or one that adjusts what was agreed to before.

    `edition` grows with every recomputation, and the rows of the present one are what the hash is made of. `due_fen`
    is what is to be paid on this statement alone: what there is now, less what was agreed to before.
    """

    __tablename__ = "settlements"
    __table_args__ = (
        within("exam_plan_id", to="exam_plans"),
        within("adjusts_id", to="settlements"),
        one_of("state", SettlementState),
        UniqueConstraint("institution_id", "exam_plan_id", "number", name="settlements_one_number_key"),
        # Two cannot be drawn up at once, and a second one waits until the first was agreed to.
        Index(
            "settlements_one_open_key", "institution_id", "exam_plan_id",
            unique=True, postgresql_where=text("state IN ('draft', 'proposed', 'disputed')"),
        ),
        CheckConstraint("number > 0 AND edition > 0", name="counted"),
        CheckConstraint("(number = 1) = (adjusts_id IS NULL)", name="a_later_one_adjusts"),
        CheckConstraint(
            "candidates >= 0 AND attended >= 0 AND absent >= 0 AND exempt >= 0 AND guarantees_used >= 0"
            " AND attended + absent + exempt <= candidates AND guarantees_used <= candidates",
            name="candidates_counted",
        ),
        CheckConstraint(
            "least(charged_fen, cancelled_fen, waived_fen, reduced_fen, paid_fen, refunded_fen) >= 0",
            name="amounts_not_negative",
        ),
        CheckConstraint(
            "due_fen = charged_fen - cancelled_fen - waived_fen - reduced_fen - before_fen", name="due_adds_up"
        ),
        CheckConstraint("content_hash ~ '^[0-9a-f]{64}$'", name="hash_whole"),
        CheckConstraint(
            "state NOT IN ('agreed', 'settled') OR (institution_agreed_hash IS NOT NULL"
            " AND organisation_agreed_hash IS NOT NULL"
            " AND institution_agreed_hash = content_hash AND organisation_agreed_hash = content_hash)",
            name="agreed_by_both",
        ),
        CheckConstraint(
            "num_nulls(institution_agreed_hash, institution_agreed_by) IN (0, 2)"
            " AND num_nulls(organisation_agreed_hash, organisation_agreed_by) IN (0, 2)",
            name="agreement_names_somebody",
        ),
        CheckConstraint("institution_agreed_by <> organisation_agreed_by", name="two_people_agree"),
        CheckConstraint("(state = 'disputed') = (dispute_reason IS NOT NULL)", name="dispute_has_a_reason"),
        CheckConstraint(
            "(state = 'settled') = (payment_document IS NOT NULL)"
            " AND num_nulls(payment_document, paid_on) IN (0, 2)",
            name="payment_has_a_document",
        ),
        Index(None, "organisation_id"),
        about(Reach.TENANT, row_security=True),
    )  # fmt: skip

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    exam_plan_id: Mapped[UUID]
    number: Mapped[int]
    adjusts_id: Mapped[UUID | None]
    edition: Mapped[int] = mapped_column(server_default=text("1"))
    state: Mapped[str] = mapped_column(server_default=SettlementState.DRAFT)
    as_of: Mapped[datetime]
    content_hash: Mapped[str]
    institution_agreed_hash: Mapped[str | None]
    institution_agreed_by: Mapped[UUID | None]
    organisation_agreed_hash: Mapped[str | None]
    organisation_agreed_by: Mapped[UUID | None]
    candidates: Mapped[int]
    attended: Mapped[int]
    absent: Mapped[int]
    exempt: Mapped[int]
    guarantees_used: Mapped[int]
    charged_fen: Mapped[int]
    cancelled_fen: Mapped[int]
    waived_fen: Mapped[int]
    reduced_fen: Mapped[int]
    """Given back on charges that stand."""
    paid_fen: Mapped[int]
    refunded_fen: Mapped[int]
    before_fen: Mapped[int]
    due_fen: Mapped[int]
    dispute_reason: Mapped[str | None]
    payment_document: Mapped[str | None]
    paid_on: Mapped[date | None]


class SettlementRow(Base):
    """What one locked candidate comes to by one payer, as one edition of a settlement found it, for good.

    `before_fen` is what the settlement before it said was due for the same candidate and payer.
    """

    __tablename__ = "settlement_rows"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "settlement_id", "edition", "registration_id", "payer"),
        within("settlement_id", to="settlements"),
        within("registration_id", to="registrations"),
        within("college_id", to="colleges"),
        within("fee_standard_id", to="fee_standards"),
        one_of("presence", Presence),
        CheckConstraint(
            "least(charged_fen, cancelled_fen, waived_fen, reduced_fen, paid_fen, refunded_fen, due_fen) >= 0",
            name="amounts_not_negative",
        ),
        CheckConstraint("due_fen = charged_fen - cancelled_fen - waived_fen - reduced_fen", name="due_adds_up"),
        Index(
            "settlement_rows_by_number_idx", "institution_id", "settlement_id", "edition", "admission_number", "payer"
        ),
        about(Reach.TENANT, row_security=True, append_only=True),
    )

    institution_id: Mapped[UUID]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    settlement_id: Mapped[UUID]
    edition: Mapped[int]
    registration_id: Mapped[UUID]
    payer: Mapped[str]
    """Who bears it; `none` where nothing was charged."""
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    college_id: Mapped[UUID]
    admission_number: Mapped[str]
    presence: Mapped[str]
    guarantee_used: Mapped[bool]
    fee_standard_id: Mapped[UUID | None]
    fee_fen: Mapped[int | None]
    charged_fen: Mapped[int]
    """Everything that was charged, what was cancelled later too."""
    cancelled_fen: Mapped[int]
    waived_fen: Mapped[int]
    reduced_fen: Mapped[int]
    """Given back on charges that stand."""
    paid_fen: Mapped[int]
    refunded_fen: Mapped[int]
    due_fen: Mapped[int]
    """Charged, less what was cancelled, waived and given back; what of it has been paid is another matter."""
    before_fen: Mapped[int]
