"""Tables of training classes, of who teaches them, and of who takes part."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within

HOURS_TENTHS_MAX = 20_000
PLACES_MAX = 500
"""Of one class: as many as are registered for an exam at once."""


class ClassState(StrEnum):
    """Where a class is on its way."""

    DRAFT = "draft"
    OPEN = "open"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class SocialGroup(StrEnum):
    """The three groups of N(18): employees of enterprises, key employment groups, labourers of low income."""

    ENTERPRISE_EMPLOYEE = "enterprise_employee"
    KEY_EMPLOYMENT = "key_employment"
    LOW_INCOME = "low_income"


class ParticipantState(StrEnum):
    """Whether somebody still takes part."""

    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"


class ParticipantResult(StrEnum):
    """How somebody ended the class; the certificate is another matter, and the organisation's."""

    PASSED = "passed"
    FAILED = "failed"


class SocialClass(TenantRow, Base):
    """One training class that a college gives towards a certificate level for people who are no students here."""

    __tablename__ = "social_classes"
    __table_args__ = (
        within("college_id", to="colleges"),
        one_of("state", ClassState),
        CheckConstraint("starts_on <= ends_on", name="days_in_order"),
        CheckConstraint(f"hours_tenths BETWEEN 1 AND {HOURS_TENTHS_MAX}", name="hours_in_range"),
        CheckConstraint(f"places BETWEEN 1 AND {PLACES_MAX}", name="places_in_range"),
        # Participants are counted here, so that no two lists can take the last place together.
        CheckConstraint("taken BETWEEN 0 AND places", name="taken_within_places"),
        CheckConstraint("(state = 'cancelled') = (reason IS NOT NULL)", name="cancelling_has_a_reason"),
        Index(None, "institution_id", "college_id", "starts_on"),
        Index(None, "certificate_level_id"),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"))
    title: Mapped[str]
    partner: Mapped[str | None]
    """The employer, or whoever else the class is given with."""
    hours_tenths: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(server_default=text("0"))
    state: Mapped[str] = mapped_column(server_default=ClassState.DRAFT)
    reason: Mapped[str | None]


class SocialClassTeacher(Base):
    """One teacher who teaches one class, and may log workload on it."""

    __tablename__ = "social_class_teachers"
    __table_args__ = (
        within("social_class_id", to="social_classes"),
        within("teacher_id", to="teachers"),
        Index(None, "institution_id", "teacher_id"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    social_class_id: Mapped[UUID] = mapped_column(primary_key=True)
    teacher_id: Mapped[UUID] = mapped_column(primary_key=True)


class SocialParticipant(TenantRow, Base):
    """One person in one class: their hours, their result, and the day they agreed to their data being kept."""

    __tablename__ = "social_participants"
    __table_args__ = (
        within("social_class_id", to="social_classes"),
        within("identity_document_id", to="identity_documents"),
        UniqueConstraint(
            "institution_id", "social_class_id", "identity_document_id", name="social_participants_once_a_class_key"
        ),
        one_of("social_group", SocialGroup),
        one_of("state", ParticipantState),
        one_of("result", ParticipantResult),
        CheckConstraint(f"attended_tenths BETWEEN 0 AND {HOURS_TENTHS_MAX}", name="attended_in_range"),
        CheckConstraint("(state = 'withdrawn') = (reason IS NOT NULL)", name="withdrawing_has_a_reason"),
        CheckConstraint("social_group <> 'enterprise_employee' OR employer IS NOT NULL", name="employee_has_employer"),
        Index(None, "institution_id", "identity_document_id"),
        about(Reach.TENANT, row_security=True),
    )

    social_class_id: Mapped[UUID]
    identity_document_id: Mapped[UUID]
    name: Mapped[str]
    social_group: Mapped[str]
    employer: Mapped[str | None]
    consented_on: Mapped[date]
    state: Mapped[str] = mapped_column(server_default=ParticipantState.ENROLLED)
    reason: Mapped[str | None]
    attended_tenths: Mapped[int] = mapped_column(server_default=text("0"))
    result: Mapped[str | None]


class SocialRegistration(Base):
    """One registration for an exam that a participant was entered for by their class."""

    __tablename__ = "social_registrations"
    __table_args__ = (
        within("registration_id", to="registrations"),
        within("participant_id", to="social_participants"),
        Index(None, "institution_id", "participant_id"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    participant_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
