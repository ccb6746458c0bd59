"""Tables of credit accounts and learning outcomes."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core import leaves
from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, one_of, within


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


class CourseRefusal(StrEnum):
    """Why a course could not be replaced by credits, were that asked for."""

    COURSE_PASSED = "course_passed"
    COURSE_REPLACED = "course_replaced"


class NextStep(StrEnum):
    """What comes next for a certificate's credits."""

    WAIT_FOR_OBJECTIONS = "wait_for_objections"
    OPEN_ACCOUNT = "open_account"
    UNFREEZE_ACCOUNT = "unfreeze_account"
    AWAIT_RULE = "await_rule"
    PROPOSE_RULE = "propose_rule"
    CATCH_UP = "catch_up"
    USE_CREDITS = "use_credits"
    AWAIT_CONVERSION = "await_conversion"
    SETTLE_CONVERSION = "settle_conversion"
    EARN_CERTIFICATE = "earn_certificate"
    EARN_AGAIN = "earn_again"
    NOTHING = "nothing"


class CreditAccount(TenantRow, Base):
    """One student's credit account; the book keeps its balance in `ledger_account_id`."""

    __tablename__ = "credit_accounts"
    __table_args__ = (
        within("student_id", to="students"),
        within("ledger_account_id", to="ledger_accounts"),
        one_of("state", AccountState),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closing_has_an_instant"),
        CheckConstraint("state <> 'frozen' OR state_reason IS NOT NULL", name="freezing_has_a_reason"),
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
    state_reason: Mapped[str | None]


class ClosingStatement(TenantRow, Base):
    """The statement certified when one account was closed: its text and hash are in the institution's log as they are.

    It names the student by id alone.
    """

    __tablename__ = "closing_statements"
    __table_args__ = (
        within("account_id", to="credit_accounts"),
        UniqueConstraint("institution_id", "account_id"),
        CheckConstraint("posted_hundredths >= 0", name="posted_not_negative"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    account_id: Mapped[UUID]
    reason: Mapped[str]
    posted_hundredths: Mapped[int]
    movements: Mapped[int]
    content: Mapped[str]
    content_hash: Mapped[str]
    actor_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    leaf: Mapped[bytes] = leaves.leaf_of(
        "closing_statements",
        institution_id="uuid",
        id="uuid",
        account_id="uuid",
        reason="text",
        posted_hundredths="integer",
        movements="integer",
        content="text",
        content_hash="text",
        actor_id="uuid",
        recorded_at="instant",
    )


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
        # What conversions hold or have used: none of an outcome's credits is used twice, whoever forgets to look.
        CheckConstraint("used_hundredths BETWEEN 0 AND credit_hundredths", name="never_used_twice"),
        # What has run out by policy is neither used nor there to be used.
        CheckConstraint(
            "expired_hundredths BETWEEN 0 AND credit_hundredths - used_hundredths", name="never_expired_and_used"
        ),
        CheckConstraint(
            "(reason IN ('deposited', 'deposit_pending')) = (credit_hundredths > 0)", name="credits_have_a_deposit"
        ),
        CheckConstraint("credit_hundredths = 0 OR entry_id IS NOT NULL", name="credits_have_an_entry"),
        CheckConstraint("(limit_code IS NULL) = (limit_credit_hundredths IS NULL)", name="limit_whole"),
        CheckConstraint("limit_credit_hundredths BETWEEN 0 AND rule_credit_hundredths - 1", name="limit_cuts_the_rule"),
        # What is explained adds up to what was posted: the rule's credits, or the limit that cut them.
        CheckConstraint(
            "credit_hundredths IN (0, coalesce(limit_credit_hundredths, rule_credit_hundredths))",
            name="credit_adds_up",
        ),
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
    limit_code: Mapped[str | None]
    limit_credit_hundredths: Mapped[int | None]
    credit_hundredths: Mapped[int] = mapped_column(server_default=text("0"))
    used_hundredths: Mapped[int] = mapped_column(server_default=text("0"))
    expired_hundredths: Mapped[int] = mapped_column(server_default=text("0"))
    entry_id: Mapped[UUID | None]
    deposits: Mapped[int] = mapped_column(server_default=text("0"))
    due_at: Mapped[datetime | None]
    earned_on: Mapped[date]


class Simulation(TenantRow, Base):
    """One rule run over a cohort as if it had been in force on the days of its exams; nothing is posted by it.

    `reached` is the last student number that was decided, from where an interrupted run goes on.
    """

    __tablename__ = "simulations"
    __table_args__ = (
        within("mapping_id", to="mappings"),
        CheckConstraint("entry_year_from <= entry_year_to", name="entry_years_in_order"),
        CheckConstraint("exam_from <= exam_to", name="exam_dates_in_order"),
        CheckConstraint("credit_hundredths > 0", name="credit_positive"),
        CheckConstraint("students >= 0 AND rows >= 0", name="counted"),
        Index(None, "institution_id", "mapping_id"),
        about(Reach.TENANT),
    )

    mapping_id: Mapped[UUID]
    content_hash: Mapped[str]
    credit_hundredths: Mapped[int]
    entry_year_from: Mapped[int]
    entry_year_to: Mapped[int]
    exam_from: Mapped[date | None]
    exam_to: Mapped[date | None]
    assumes_open_accounts: Mapped[bool]
    requested_by: Mapped[UUID]
    requested_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    job_id: Mapped[UUID]
    reached: Mapped[str] = mapped_column(server_default=text("''"))
    students: Mapped[int] = mapped_column(server_default=text("0"))
    rows: Mapped[int] = mapped_column(server_default=text("0"))
    finished_at: Mapped[datetime | None]


class SimulationCourse(Base):
    """One course of a simulated rule as it was when the rule was run, in hundredths of a credit."""

    __tablename__ = "simulation_courses"
    __table_args__ = (
        within("simulation_id", to="simulations"),
        within("course_id", to="courses"),
        CheckConstraint("credit_hundredths > 0", name="credit_positive"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    simulation_id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(primary_key=True)
    credit_hundredths: Mapped[int]


class SimulationRow(Base):
    """One certificate of one student in a simulation: what it brings as things are, and what it would bring.

    `refusals` names the rule's courses that could not be replaced for this student, each with a `CourseRefusal`.
    """

    __tablename__ = "simulation_rows"
    __table_args__ = (
        within("simulation_id", to="simulations"),
        within("outcome_id", to="learning_outcomes"),
        one_of("reason_before", OutcomeReason),
        one_of("reason_after", OutcomeReason),
        CheckConstraint("(limit_code IS NULL) = (limit_credit_hundredths IS NULL)", name="limit_whole"),
        CheckConstraint("credit_before_hundredths >= 0", name="credit_before_not_negative"),
        CheckConstraint(
            "credit_after_hundredths IN (0, coalesce(limit_credit_hundredths, rule_credit_hundredths))",
            name="credit_after_adds_up",
        ),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    simulation_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome_id: Mapped[UUID]
    student_id: Mapped[UUID]
    reason_before: Mapped[str]
    credit_before_hundredths: Mapped[int]
    is_by_rule: Mapped[bool]
    reason_after: Mapped[str]
    rule_credit_hundredths: Mapped[int]
    limit_code: Mapped[str | None]
    limit_credit_hundredths: Mapped[int | None]
    credit_after_hundredths: Mapped[int]
    refusals: Mapped[JsonObject] = mapped_column(server_default=text("'{}'"))
