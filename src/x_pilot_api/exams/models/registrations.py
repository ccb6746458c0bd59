"""Tables of candidates and their registrations."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within


class RegistrationState(StrEnum):
    """Where a registration is on its way; from accepted on it has an admission number."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    LOCKED = "locked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Candidate(TenantRow, Base):
    """One person who can sit an exam: a student of the institution, or a social candidate."""

    __tablename__ = "candidates"
    __table_args__ = (
        within("identity_document_id", to="identity_documents"),
        within("student_id", to="students"),
        UniqueConstraint("institution_id", "identity_document_id"),
        Index(
            "candidates_student_key", "institution_id", "student_id",
            unique=True, postgresql_where=text("student_id IS NOT NULL"),
        ),
        about(Reach.TENANT, row_security=True),
    )  # fmt: skip

    identity_document_id: Mapped[UUID]
    student_id: Mapped[UUID | None]
    name: Mapped[str]


class Registration(TenantRow, Base):
    """One candidate registered for one level of a plan, through one college."""

    __tablename__ = "registrations"
    __table_args__ = (
        within("candidate_id", to="candidates"),
        within("college_id", to="colleges"),
        within("participation_id", to="participations"),
        ForeignKeyConstraint(
            ["institution_id", "exam_plan_id", "certificate_level_id"],
            [
                "exam_plan_levels.institution_id",
                "exam_plan_levels.exam_plan_id",
                "exam_plan_levels.certificate_level_id",
            ],
        ),
        one_of("state", RegistrationState),
        CheckConstraint(
            "state NOT IN ('accepted', 'locked') OR (admission_number IS NOT NULL AND confirmed_at IS NOT NULL)",
            name="accepted_has_a_number",
        ),
        UniqueConstraint("institution_id", "exam_plan_id", "admission_number"),
        Index(
            "registrations_one_per_level_key",
            "institution_id",
            "exam_plan_id",
            "certificate_level_id",
            "candidate_id",
            unique=True,
            postgresql_where=text("state NOT IN ('refused', 'withdrawn')"),
        ),
        Index(None, "institution_id", "candidate_id"),
        Index(None, "institution_id", "participation_id"),
        about(Reach.TENANT),
    )

    exam_plan_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID]
    candidate_id: Mapped[UUID]
    college_id: Mapped[UUID]
    participation_id: Mapped[UUID | None]
    state: Mapped[str]
    admission_number: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
