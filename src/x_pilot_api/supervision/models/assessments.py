"""Tables of one college's assessment of one year: what it states, what it submitted, how the office answered."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class CollegeAssessmentState(StrEnum):
    """Where a college's assessment is on its way."""

    OPEN = "open"
    SELF_ASSESSED = "self_assessed"
    RETURNED = "returned"
    REVIEWED = "reviewed"


class CollegeAssessment(TenantRow, Base):
    """One college's assessment of one year.

    The service writes its state, how often it was submitted and by whom, by whom reviewed, and the last comment.
    """

    __tablename__ = "college_assessments"
    __table_args__ = (
        within("year_id", to="assessment_years"),
        within("college_id", to="colleges"),
        one_of("state", CollegeAssessmentState),
        CheckConstraint("submissions >= 0", name="submissions_counted"),
        CheckConstraint("(submissions = 0) = (self_assessed_by IS NULL)", name="submitted_by_somebody"),
        CheckConstraint("state = 'open' OR submissions > 0", name="answered_was_submitted"),
        CheckConstraint("(state = 'reviewed') = (reviewed_by IS NOT NULL)", name="reviewed_by_somebody"),
        # Two persons: who assesses a college for itself does not review it.
        CheckConstraint("reviewed_by <> self_assessed_by", name="reviewer_is_another"),
        UniqueConstraint("institution_id", "year_id", "college_id"),
        Index(None, "institution_id", "college_id"),
        about(Reach.TENANT),
    )

    year_id: Mapped[UUID]
    college_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(server_default=CollegeAssessmentState.OPEN)
    submissions: Mapped[int] = mapped_column(server_default=text("0"))
    self_assessed_by: Mapped[UUID | None]
    reviewed_by: Mapped[UUID | None]
    comment: Mapped[str | None]


class CollegeEntry(Base):
    """What a college says to one indicator while it assesses itself: words, and figures where none are counted."""

    __tablename__ = "college_entries"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "assessment_id", "code"),
        within("assessment_id", to="college_assessments"),
        CheckConstraint("(numerator IS NULL) = (denominator IS NULL)", name="both_sides"),
        CheckConstraint("numerator >= 0 AND denominator >= 0", name="not_negative"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    assessment_id: Mapped[UUID]
    code: Mapped[str]
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    narrative: Mapped[str | None]
    """Words of the college; where it states the figures itself, the evidence for them."""


class CollegeSubmission(TenantRow, Base):
    """One self-assessment as it was submitted, and as of which instant its figures were computed."""

    __tablename__ = "college_submissions"
    __table_args__ = (
        within("assessment_id", to="college_assessments"),
        UniqueConstraint("institution_id", "assessment_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        about(Reach.TENANT, append_only=True, server_set=("submitted_at",)),
    )

    assessment_id: Mapped[UUID]
    number: Mapped[int]
    as_of: Mapped[datetime]
    submitted_by: Mapped[UUID]
    submitted_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class CollegeFigure(Base):
    """One indicator of a submission, frozen: both sides, the version they were counted with if any, and the words."""

    __tablename__ = "college_figures"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "submission_id", "code"),
        within("submission_id", to="college_submissions"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("numerator >= 0 AND denominator >= 0", name="not_negative"),
        about(Reach.TENANT, append_only=True),
    )

    institution_id: Mapped[UUID]
    submission_id: Mapped[UUID]
    code: Mapped[str]
    version: Mapped[int | None]
    """Of the figure's definition; none where the college stated it."""
    numerator: Mapped[int]
    denominator: Mapped[int]
    narrative: Mapped[str | None]


class CollegeAdjustment(Base):
    """What the office put in the place of figures a college stated, and why."""

    __tablename__ = "college_adjustments"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "submission_id", "code"),
        within("submission_id", to="college_submissions"),
        CheckConstraint("numerator >= 0 AND denominator >= 0", name="not_negative"),
        about(Reach.TENANT, append_only=True),
    )

    institution_id: Mapped[UUID]
    submission_id: Mapped[UUID]
    code: Mapped[str]
    numerator: Mapped[int]
    denominator: Mapped[int]
    reason: Mapped[str]


class CollegeDecision(TenantRow, Base):
    """One answer of the office to a submission: sent back with a comment, or reviewed."""

    __tablename__ = "college_decisions"
    __table_args__ = (
        within("assessment_id", to="college_assessments"),
        one_of("state", CollegeAssessmentState),
        CheckConstraint("state IN ('returned', 'reviewed')", name="an_answer"),
        CheckConstraint("state = 'reviewed' OR comment IS NOT NULL", name="sending_back_has_a_comment"),
        CheckConstraint("submission > 0", name="of_a_submission"),
        Index(None, "institution_id", "assessment_id"),
        about(Reach.TENANT, append_only=True, server_set=("id", "decided_at")),
    )

    assessment_id: Mapped[UUID]
    submission: Mapped[int]
    state: Mapped[str]
    comment: Mapped[str | None]
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
