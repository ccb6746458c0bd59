"""Joint exams: one sitting for a certificate's score and a course's grade, by a table that is laid down before."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class JointExamState(StrEnum):
    """Whether a joint exam is being written, holds for the results that will come, or was taken back before any."""

    DRAFT = "draft"
    LAID_DOWN = "laid_down"
    WITHDRAWN = "withdrawn"


class JointExam(TenantRow, Base):
    """One level of a plan that is also the exam of a course, for the students of the course's programme."""

    __tablename__ = "joint_exams"
    __table_args__ = (
        within("course_id", to="courses"),
        within("programme_id", to="programmes"),
        ForeignKeyConstraint(
            ["institution_id", "exam_plan_id", "certificate_level_id"],
            [
                "exam_plan_levels.institution_id",
                "exam_plan_levels.exam_plan_id",
                "exam_plan_levels.certificate_level_id",
            ],
        ),
        one_of("state", JointExamState),
        CheckConstraint("term ~ '^[0-9]{4}-[0-9]{4}-0[1-3]$'", name="term_form"),
        CheckConstraint("state <> 'laid_down' OR num_nulls(laid_down_by, laid_down_at) = 0", name="laid_down_by_one"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_at_some_time"),
        # A student of the programme gets one grade out of one result.
        Index(
            "joint_exams_one_of_a_programme_key",
            "institution_id",
            "exam_plan_id",
            "certificate_level_id",
            "programme_id",
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index(None, "institution_id", "course_id"),
        about(Reach.TENANT, server_set=("drafted_at",)),
    )

    exam_plan_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID]
    course_id: Mapped[UUID]
    programme_id: Mapped[UUID]
    term: Mapped[str]
    document_number: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=JointExamState.DRAFT)
    drafted_by: Mapped[UUID]
    drafted_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    laid_down_by: Mapped[UUID | None]
    laid_down_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class JointExamBand(Base):
    """What a total from some hundredths on comes to as a grade: a score, a word, or with neither the total itself."""

    __tablename__ = "joint_exam_bands"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "joint_exam_id", "from_hundredths"),
        within("joint_exam_id", to="joint_exams"),
        CheckConstraint("from_hundredths >= 0", name="from_not_negative"),
        CheckConstraint("score_hundredths BETWEEN 0 AND 100000", name="score_plausible"),
        CheckConstraint("num_nonnulls(score_hundredths, grade_word) <= 1", name="score_or_word"),
        about(Reach.TENANT, append_only=True, forgets=True),
    )

    institution_id: Mapped[UUID]
    joint_exam_id: Mapped[UUID]
    from_hundredths: Mapped[int]
    score_hundredths: Mapped[int | None]
    grade_word: Mapped[str | None]
    passed: Mapped[bool]


class JointGrade(TenantRow, Base):
    """What ties a result to a grade: the result that was last followed, and the grade that answers to it.

    Whether either was changed since is not stored: it follows from the revisions that are there.
    """

    __tablename__ = "joint_grades"
    __table_args__ = (
        within("joint_exam_id", to="joint_exams"),
        within("registration_id", to="registrations"),
        within("student_id", to="students"),
        within("result_id", to="results"),
        within("grade_id", to="course_grades"),
        UniqueConstraint("institution_id", "registration_id", name="joint_grades_one_of_a_registration_key"),
        CheckConstraint(
            "num_nulls(settled_by, settled_at, settled_reason, settled_document) IN (0, 4)", name="settled_whole"
        ),
        Index(None, "institution_id", "joint_exam_id"),
        Index(None, "institution_id", "student_id"),
        Index(None, "institution_id", "grade_id"),
        about(Reach.TENANT, row_security=True, server_set=("recorded_at",)),
    )

    joint_exam_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    student_id: Mapped[UUID]
    result_id: Mapped[UUID]
    grade_id: Mapped[UUID]
    settled_by: Mapped[UUID | None]
    settled_at: Mapped[datetime | None]
    settled_reason: Mapped[str | None]
    settled_document: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
