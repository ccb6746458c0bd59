"""Corrections: one case for each result or certificate that turned out otherwise, and everything that followed."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, of_institution, one_of, within


class CaseKind(StrEnum):
    """What set a case off; `objection_upheld` is a correction that an objection brought about."""

    RESULT_CORRECTED = "result_corrected"
    OBJECTION_UPHELD = "objection_upheld"
    AWARD_REVOKED = "award_revoked"
    AWARD_ISSUED = "award_issued"


class CaseState(StrEnum):
    """Whether a case waits for a second person, was carried out, or was refused."""

    PROPOSED = "proposed"
    DONE = "done"
    REFUSED = "refused"


class StepKind(StrEnum):
    """What one step of a case did."""

    RESULT_CHANGED = "result_changed"
    AWARD_REVOKED = "award_revoked"
    AWARD_ISSUED = "award_issued"
    CREDITS_REVERSED = "credits_reversed"
    CREDITS_POSTED = "credits_posted"
    CONVERSION_LAPSED = "conversion_lapsed"
    CONVERSION_FLAGGED = "conversion_flagged"
    CONVERSION_UNWOUND = "conversion_unwound"
    GRADE_ENTERED = "grade_entered"
    GRADE_REVISED = "grade_revised"
    GRADE_VOIDED = "grade_voided"
    GRADE_FLAGGED = "grade_flagged"
    AWARD_FLAGGED = "award_flagged"
    GUARANTEE_CHANGED = "guarantee_changed"
    CHARGE_CANCELLED = "charge_cancelled"
    CHARGE_RAISED = "charge_raised"
    CHARGE_REFUNDED = "charge_refunded"
    PARTIES_TOLD = "parties_told"


class CorrectionCounter(Base):
    """How many cases an institution has opened in a year."""

    __tablename__ = "correction_counters"
    __table_args__ = (
        of_institution(),
        CheckConstraint("cases > 0", name="counted"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cases: Mapped[int]


class CorrectionCase(TenantRow, Base):
    """One case: what was corrected, of which candidate, why, and who decided it."""

    __tablename__ = "correction_cases"
    __table_args__ = (
        within("registration_id", to="registrations"),
        within("award_id", to="awards"),
        within("result_id", to="results"),
        within("corrected_result_id", to="results"),
        within("batch_id", to="result_batches"),
        within("student_id", to="students"),
        one_of("kind", CaseKind),
        one_of("state", CaseState),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decision_has_an_instant"),
        CheckConstraint("state <> 'done' OR decided_by <> proposed_by", name="done_by_a_second"),
        CheckConstraint("proposed_by IS NOT NULL OR state = 'done'", name="a_push_waits_for_nobody"),
        CheckConstraint("kind <> 'award_revoked' OR award_id IS NOT NULL", name="revocation_has_an_award"),
        CheckConstraint("kind <> 'award_issued' OR registration_id IS NOT NULL", name="issue_has_a_registration"),
        UniqueConstraint("institution_id", "number"),
        UniqueConstraint("institution_id", "result_id"),
        Index(
            "correction_cases_one_open_of_an_award_key",
            "institution_id",
            "award_id",
            unique=True,
            postgresql_where=text("state = 'proposed' AND award_id IS NOT NULL"),
        ),
        Index(
            "correction_cases_one_open_of_a_registration_key",
            "institution_id",
            "registration_id",
            unique=True,
            postgresql_where=text("state = 'proposed' AND kind = 'award_issued'"),
        ),
        Index(None, "institution_id", "student_id"),
        about(Reach.TENANT, row_security=True),
    )

    number: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    registration_id: Mapped[UUID | None]
    student_id: Mapped[UUID | None]
    award_id: Mapped[UUID | None]
    result_id: Mapped[UUID | None]
    corrected_result_id: Mapped[UUID | None]
    batch_id: Mapped[UUID | None]
    reason: Mapped[str | None]
    evidence: Mapped[str | None]
    certificate_number: Mapped[str | None]
    preview: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    digest: Mapped[str | None]
    opened_at: Mapped[datetime]
    proposed_by: Mapped[UUID | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str | None]


class CorrectionStep(Base):
    """One step of a case's timeline: what it changed, and how that stood before and after."""

    __tablename__ = "correction_steps"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "case_id", "number"),
        within("case_id", to="correction_cases"),
        one_of("kind", StepKind),
        CheckConstraint("number > 0", name="number_positive"),
        about(Reach.TENANT, row_security=True, append_only=True, server_set=("recorded_at",)),
    )

    institution_id: Mapped[UUID]
    case_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[UUID]
    before: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
