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
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within

_OF_PLAN_AND_LEVEL = ["institution_id", "exam_plan_id", "certificate_level_id"]
_SITTING_OF_PLAN_AND_LEVEL = [f"exam_sittings.{column}" for column in (*_OF_PLAN_AND_LEVEL, "id")]


class RegistrationState(StrEnum):
    """Where a registration is on its way; from accepted on it has an admission number."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    LOCKED = "locked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """By which way somebody is registered: as a student of a pilot programme, or as a social candidate."""

    STUDENT = "student"
    SOCIAL = "social"


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
    employer: Mapped[str | None]
    """Of a social candidate: where they work, or the school they come from."""


class Registration(TenantRow, Base):
    """One candidate registered for one level of a plan, through one college.

    From waiting on it holds a place of its quota, from offered on a seat of its sitting, where there are such.
    """

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
        # The sitting examines the registration's own level in its own plan.
        ForeignKeyConstraint(
            [*_OF_PLAN_AND_LEVEL, "sitting_id"], _SITTING_OF_PLAN_AND_LEVEL, name="registrations_sitting_fkey"
        ),
        ForeignKeyConstraint(
            [*_OF_PLAN_AND_LEVEL, "wished_sitting_id"],
            _SITTING_OF_PLAN_AND_LEVEL,
            name="registrations_wished_sitting_fkey",
        ),
        one_of("state", RegistrationState),
        one_of("channel", Channel),
        CheckConstraint("channel = 'student' OR participation_id IS NULL", name="social_takes_no_place"),
        CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name="offer_has_a_deadline"),
        CheckConstraint("state <> 'offered' OR sitting_id IS NOT NULL", name="offer_names_a_seat"),
        CheckConstraint("sitting_id IS NULL OR state IN ('offered', 'accepted', 'locked')", name="seat_is_held"),
        CheckConstraint("state <> 'refused' OR reason IS NOT NULL", name="refusal_has_a_reason"),
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
        Index(None, "institution_id", "sitting_id"),
        Index(None, "institution_id", "changed_at", "id"),
        Index(
            "registrations_waiting_idx",
            "institution_id",
            "exam_plan_id",
            "certificate_level_id",
            "wished_at",
            "id",
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("registrations_offered_idx", "offered_until", postgresql_where=text("state = 'offered'")),
        about(Reach.TENANT),
    )

    exam_plan_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID]
    candidate_id: Mapped[UUID]
    college_id: Mapped[UUID]
    participation_id: Mapped[UUID | None]
    channel: Mapped[str] = mapped_column(server_default=text("'student'"))
    state: Mapped[str]
    admission_number: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    wished_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    """When it was asked for, which is its turn when seats are short."""
    wished_sitting_id: Mapped[UUID | None]
    sitting_id: Mapped[UUID | None]
    """Where it holds a seat."""
    offered_until: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    """Why it was refused or withdrawn."""
    changed_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
