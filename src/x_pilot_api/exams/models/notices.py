"""Tables of who may see results from when, of their public notice, and of objections."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, one_of, within


class ResultVisibility(Base):
    """From when colleges, students and the public may see a plan's results; null: at once."""

    __tablename__ = "result_visibilities"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "exam_plan_id"),
        within("exam_plan_id", to="exam_plans"),
        CheckConstraint(
            "coalesce(college_from, '-infinity') <= coalesce(student_from, '-infinity')", name="college_before_student"
        ),
        CheckConstraint("student_from <= public_from OR student_from IS NULL", name="student_before_public"),
        Index(None, "student_from", postgresql_where=text("lifted_at IS NULL")),
        CheckConstraint("student_from IS NULL OR public_from IS NOT NULL", name="public_has_an_instant"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    exam_plan_id: Mapped[UUID]
    college_from: Mapped[datetime | None]
    student_from: Mapped[datetime | None]
    public_from: Mapped[datetime | None]
    set_by: Mapped[UUID]
    lifted_at: Mapped[datetime | None]


class ResultNotice(Base):
    """One plan's passed results on public notice, from its publishing until the plan's objections end."""

    __tablename__ = "result_notices"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "exam_plan_id"),
        within("exam_plan_id", to="exam_plans"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_by_somebody"),
        Index(None, "exam_plan_id"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    exam_plan_id: Mapped[UUID]
    published_by: Mapped[UUID]
    published_at: Mapped[datetime]
    withdrawn_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]


class ResultObjectionState(StrEnum):
    """How far an objection came."""

    RAISED = "raised"
    REVIEWED = "reviewed"
    UPHELD = "upheld"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class ResultObjection(TenantRow, Base):
    """One objection to one revision of a result, what the organisation proposes, and what a second person decided.

    `change` is the result as it is proposed to be; null: the result stands.
    """

    __tablename__ = "result_objections"
    __table_args__ = (
        within("result_id", to="results"),
        within("registration_id", to="registrations"),
        within("new_result_id", to="results"),
        within("batch_id", to="result_batches"),
        one_of("state", ResultObjectionState),
        CheckConstraint("decided_by <> reviewed_by", name="second_person"),
        CheckConstraint("(state IN ('upheld', 'changed')) = (decided_by IS NOT NULL)", name="decided_by_somebody"),
        CheckConstraint("state <> 'reviewed' OR num_nulls(reviewed_by, answer) = 0", name="review_answers"),
        CheckConstraint("(state = 'changed') = (batch_id IS NOT NULL)", name="change_has_a_batch"),
        Index(
            "result_objections_one_open_key", "institution_id", "registration_id",
            unique=True, postgresql_where=text("state IN ('raised', 'reviewed')"),
        ),
        Index(None, "institution_id", "result_id"),
        about(Reach.TENANT, row_security=True, server_set=("raised_at",)),
    )  # fmt: skip

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    result_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    complaint: Mapped[str]
    state: Mapped[str]
    raised_by: Mapped[UUID]
    raised_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    due_on: Mapped[date]
    answer: Mapped[str | None]
    change: Mapped[JsonObject | None]
    reviewed_by: Mapped[UUID | None]
    reviewed_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    batch_id: Mapped[UUID | None]
    new_result_id: Mapped[UUID | None]
