"""Tables of credit accounts and learning outcomes."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class AccountState(StrEnum):
    """Whether a credit account takes and gives."""

    ACTIVE = "active"
    FROZEN = "frozen"
    CLOSED = "closed"


class OutcomeState(StrEnum):
    """How far a learning outcome came: a verified one waits for an account, a recognised one counts."""

    VERIFIED = "verified"
    RECOGNISED = "recognised"
    REVOKED = "revoked"


class OutcomeReason(StrEnum):
    """Why an outcome brought the credits it brought."""

    DEPOSITED = "deposited"
    DEPOSIT_PENDING = "deposit_pending"
    ACCOUNT_NOT_OPEN = "account_not_open"
    NO_PUBLISHED_MAPPING = "no_published_mapping"
    LIMIT_LEAVES_NOTHING = "limit_leaves_nothing"
    HIGHER_LEVEL_COUNTS = "higher_level_counts"
    AWARD_REVOKED = "award_revoked"


class CreditAccount(TenantRow, Base):
    """One student's credit account; the book keeps its balance in `ledger_account_id`."""

    __tablename__ = "credit_accounts"
    __table_args__ = (
        within("student_id", to="students"),
        within("ledger_account_id", to="ledger_accounts"),
        one_of("state", AccountState),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closing_has_an_instant"),
        Index(
            "credit_accounts_one_open_per_student_key",
            "institution_id",
            "student_id",
            unique=True,
            postgresql_where=text("state <> 'closed'"),
        ),
        UniqueConstraint("institution_id", "ledger_account_id"),
        about(Reach.TENANT),
    )

    student_id: Mapped[UUID]
    ledger_account_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(server_default=AccountState.ACTIVE)
    opened_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    closed_at: Mapped[datetime | None]


class LearningOutcome(TenantRow, Base):
    """One certificate a student can show, what the rules made of it, and the entry that brought its credits."""

    __tablename__ = "learning_outcomes"
    __table_args__ = (
        within("student_id", to="students"),
        within("award_id", to="awards"),
        within("mapping_id", to="mappings"),
        within("entry_id", to="journal_entries"),
        one_of("state", OutcomeState),
        one_of("reason", OutcomeReason),
        CheckConstraint("credit_hundredths >= 0", name="credit_not_negative"),
        CheckConstraint("credit_hundredths <= rule_credit_hundredths", name="credit_within_rule"),
        CheckConstraint(
            "(reason IN ('deposited', 'deposit_pending')) = (credit_hundredths > 0)", name="credits_have_a_deposit"
        ),
        CheckConstraint("credit_hundredths = 0 OR entry_id IS NOT NULL", name="credits_have_an_entry"),
        UniqueConstraint("institution_id", "award_id"),
        Index(None, "institution_id", "student_id"),
        Index(None, "institution_id", "entry_id"),
        about(Reach.TENANT),
    )

    student_id: Mapped[UUID]
    award_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    state: Mapped[str]
    reason: Mapped[str]
    mapping_id: Mapped[UUID | None]
    rule_credit_hundredths: Mapped[int] = mapped_column(server_default=text("0"))
    credit_hundredths: Mapped[int] = mapped_column(server_default=text("0"))
    entry_id: Mapped[UUID | None]
    deposits: Mapped[int] = mapped_column(server_default=text("0"))
    due_at: Mapped[datetime | None]
    earned_on: Mapped[date]
