"""Tables of joint exams: one sitting that gives a certificate's score and a course's grade."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from x_pilot_api.core.db import Base, Reach, TenantRow, about, within


class JointExam(TenantRow, Base):
    """One level of a plan whose score is also the grade of one course in one term."""

    __tablename__ = "joint_exams"
    __table_args__ = (
        ForeignKeyConstraint(
            ["institution_id", "exam_plan_id", "certificate_level_id"],
            [
                "exam_plan_levels.institution_id",
                "exam_plan_levels.exam_plan_id",
                "exam_plan_levels.certificate_level_id",
            ],
        ),
        within("course_id", to="courses"),
        UniqueConstraint("institution_id", "exam_plan_id", "certificate_level_id"),
        CheckConstraint("term ~ '^[0-9]{4}-[0-9]{4}-0[1-3]$'", name="term_spelt"),
        CheckConstraint("attempt BETWEEN 1 AND 9", name="attempt_plausible"),
        about(Reach.TENANT, append_only=True),
    )

    exam_plan_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID]
    course_id: Mapped[UUID]
    term: Mapped[str]
    attempt: Mapped[int]
    set_by: Mapped[UUID]


class JointExamGrade(Base):
    """One line of the table that turns a score into a grade: from this score on, this word, passed or not."""

    __tablename__ = "joint_exam_grades"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "joint_exam_id", "score_from_hundredths"),
        within("joint_exam_id", to="joint_exams"),
        CheckConstraint("score_from_hundredths >= 0", name="score_not_negative"),
        about(Reach.TENANT, append_only=True),
    )

    institution_id: Mapped[UUID]
    joint_exam_id: Mapped[UUID]
    score_from_hundredths: Mapped[int]
    grade: Mapped[str]
    passed: Mapped[bool]


class JointResult(Base):
    """One revision of a result and the grade it gave; or why it gave none."""

    __tablename__ = "joint_results"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "result_id"),
        within("result_id", to="results"),
        within("joint_exam_id", to="joint_exams"),
        within("grade_id", to="course_grades"),
        CheckConstraint("(grade_id IS NULL) = (refusal IS NOT NULL)", name="grade_or_refusal"),
        Index(None, "institution_id", "joint_exam_id"),
        about(Reach.TENANT, append_only=True),
    )

    institution_id: Mapped[UUID]
    result_id: Mapped[UUID]
    joint_exam_id: Mapped[UUID]
    grade_id: Mapped[UUID | None]
    refusal: Mapped[str | None]
