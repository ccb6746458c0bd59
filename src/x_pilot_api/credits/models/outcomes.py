"""Tables of outcomes beside certificates: the policy that recognises them, what was submitted, what was decided."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within
from x_pilot_api.credits.models.conversions import OnLoss


class EvidenceKind(StrEnum):
    """What an outcome rests on: a grade of the register, or a document of somebody else."""

    GRADE = "grade"
    DOCUMENT = "document"


class SubmissionState(StrEnum):
    """How far a submitted outcome came; a recognised one counts."""

    SUBMITTED = "submitted"
    VERIFIED = "verified"
    RECOGNISED = "recognised"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


_LIVE = "state IN ('submitted', 'verified', 'recognised')"
_COUNTED = "(state IN ('recognised', 'reversed'))"


class RecognitionPolicy(TenantRow, Base):
    """One version of what an institution recognises beside certificates; the latest begun holds."""

    __tablename__ = "recognition_policies"
    __table_args__ = (
        of_institution(),
        one_of("on_loss", OnLoss),
        CheckConstraint("version > 0", name="version_positive"),
        UniqueConstraint("institution_id", "version"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    version: Mapped[int]
    on_loss: Mapped[str]
    document_number: Mapped[str]
    effective_from: Mapped[date]
    loaded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class RecognitionLine(Base):
    """One line of a recognition policy: a kind of outcome, what it has to meet, and the credits it brings."""

    __tablename__ = "recognition_lines"
    __table_args__ = (
        within("policy_id", to="recognition_policies"),
        within("course_id", to="courses"),
        one_of("evidence", EvidenceKind),
        CheckConstraint("credit_hundredths > 0", name="credit_positive"),
        CheckConstraint("least_hours > 0", name="hours_positive"),
        CheckConstraint(
            "CASE evidence WHEN 'grade' THEN num_nonnulls(issuer, least_hours) = 0"
            " ELSE num_nonnulls(course_id, least_grade) = 0 END",
            name="conditions_fit_evidence",
        ),
        about(Reach.TENANT, append_only=True),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    policy_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    evidence: Mapped[str]
    course_id: Mapped[UUID | None]
    least_grade: Mapped[str | None]
    issuer: Mapped[str | None]
    least_hours: Mapped[int | None]
    credit_hundredths: Mapped[int]


class RecognitionLimit(Base):
    """The most that outcomes of one kind may bring a student, or all of them together where no kind is named."""

    __tablename__ = "recognition_limits"
    __table_args__ = (
        within("policy_id", to="recognition_policies"),
        CheckConstraint("credit_hundredths >= 0", name="credit_not_negative"),
        about(Reach.TENANT, append_only=True),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    policy_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str | None]
    credit_hundredths: Mapped[int]


class SubmittedOutcome(TenantRow, Base):
    """One course grade or training that a student wants recognised, and what became of it.

    `seen_grade_id` is the revision of the grade that was looked at last: a later one is followed up.
    """

    __tablename__ = "submitted_outcomes"
    __table_args__ = (
        within("student_id", to="students"),
        within("grade_id", to="course_grades"),
        within("seen_grade_id", to="course_grades"),
        within("course_id", to="courses"),
        within("policy_id", to="recognition_policies"),
        within("entry_id", to="journal_entries"),
        one_of("state", SubmissionState),
        one_of("evidence", EvidenceKind),
        CheckConstraint(
            "CASE evidence WHEN 'grade' THEN num_nonnulls(grade_id, course_id) = 2"
            " AND num_nonnulls(document_number, issuer, issued_on, document_digest, hours) = 0"
            " ELSE num_nonnulls(grade_id, course_id) = 0"
            " AND num_nonnulls(document_number, issuer, issued_on, document_digest) = 4 END",
            name="evidence_whole",
        ),
        CheckConstraint("document_digest ~ '^[0-9a-f]{64}$'", name="digest_form"),
        CheckConstraint("hours > 0", name="hours_positive"),
        CheckConstraint("credit_hundredths >= 0", name="credit_not_negative"),
        CheckConstraint(f"{_COUNTED} = (credit_hundredths > 0)", name="recognising_has_credits"),
        CheckConstraint(f"{_COUNTED} = (entry_id IS NOT NULL)", name="credits_have_an_entry"),
        CheckConstraint(f"{_COUNTED} = (recognised_on IS NOT NULL)", name="recognising_has_a_day"),
        CheckConstraint(f"{_COUNTED} = (recognised_by IS NOT NULL)", name="recognising_has_a_person"),
        CheckConstraint(f"{_COUNTED} = (num_nonnulls(policy_id, line_number) = 2)", name="credits_have_a_line"),
        CheckConstraint("state <> 'verified' OR verified_by IS NOT NULL", name="verifying_has_a_person"),
        CheckConstraint("recognised_by <> verified_by", name="two_persons"),
        # What has run out is gone; nothing of an outcome's credits is spent twice.
        CheckConstraint("expired_hundredths BETWEEN 0 AND credit_hundredths", name="never_expired_twice"),
        CheckConstraint("(state IN ('refused', 'withdrawn', 'reversed')) = (ended_at IS NOT NULL)", name="end_whole"),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="end_has_a_reason"),
        CheckConstraint("(flagged_at IS NULL) = (flag_reason IS NULL)", name="flag_whole"),
        # One course, one document brings credits once, whoever forgets to look.
        Index(
            "submitted_outcomes_one_live_course_key",
            "institution_id",
            "student_id",
            "course_id",
            unique=True,
            postgresql_where=text(f"{_LIVE} AND course_id IS NOT NULL"),
        ),
        Index(
            "submitted_outcomes_one_live_document_key",
            "institution_id",
            "student_id",
            "issuer",
            "document_number",
            unique=True,
            postgresql_where=text(f"{_LIVE} AND document_number IS NOT NULL"),
        ),
        Index(
            "submitted_outcomes_one_live_digest_key",
            "institution_id",
            "student_id",
            "document_digest",
            unique=True,
            postgresql_where=text(f"{_LIVE} AND document_digest IS NOT NULL"),
        ),
        Index(None, "institution_id", "student_id"),
        Index(None, "institution_id", "entry_id"),
        Index(None, "institution_id", "grade_id"),
        about(
            Reach.TENANT,
            append_only=True,
            row_security=True,
            updates=(
                "state",
                "policy_id",
                "line_number",
                "credit_hundredths",
                "expired_hundredths",
                "entry_id",
                "verified_by",
                "recognised_by",
                "recognised_on",
                "seen_grade_id",
                "ended_at",
                "end_reason",
                "flagged_at",
                "flag_reason",
            ),
            server_set=("submitted_at",),
        ),
    )

    student_id: Mapped[UUID]
    kind: Mapped[str]
    evidence: Mapped[str]
    grade_id: Mapped[UUID | None]
    seen_grade_id: Mapped[UUID | None]
    course_id: Mapped[UUID | None]
    document_number: Mapped[str | None]
    issuer: Mapped[str | None]
    issued_on: Mapped[date | None]
    document_digest: Mapped[str | None]
    hours: Mapped[int | None]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=SubmissionState.SUBMITTED)
    policy_id: Mapped[UUID | None]
    line_number: Mapped[int | None]
    credit_hundredths: Mapped[int] = mapped_column(server_default=text("0"))
    expired_hundredths: Mapped[int] = mapped_column(server_default=text("0"))
    entry_id: Mapped[UUID | None]
    submitted_by: Mapped[UUID]
    submitted_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    verified_by: Mapped[UUID | None]
    recognised_by: Mapped[UUID | None]
    recognised_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    flagged_at: Mapped[datetime | None]
    flag_reason: Mapped[str | None]


class SubmissionDecision(TenantRow, Base):
    """One deed on a submitted outcome: who, when, why, and the document it rests on."""

    __tablename__ = "submission_decisions"
    __table_args__ = (
        within("outcome_id", to="submitted_outcomes"),
        one_of("state", SubmissionState),
        Index(None, "institution_id", "outcome_id"),
        about(Reach.TENANT, append_only=True, server_set=("id", "decided_at")),
    )

    outcome_id: Mapped[UUID]
    deed: Mapped[str]
    state: Mapped[str]
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    document_number: Mapped[str | None]
    reason: Mapped[str | None]
