"""Tables of what went wrong on the day of an exam, and what follows from it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within
from x_pilot_api.core.sealed import sealed

MINUTES_MAX = 240


class IncidentCategory(StrEnum):
    """What happened: the first three to one candidate, the others to everybody in the sitting or in one room."""

    ILLNESS = "illness"
    BREACH = "breach"
    LATE = "late"
    POWER_FAILURE = "power_failure"
    EQUIPMENT_FAILURE = "equipment_failure"
    PAPER_ERROR = "paper_error"
    CANCELLED = "cancelled"
    WEATHER = "weather"


class Consequence(StrEnum):
    """What follows for each candidate concerned."""

    NONE = "none"
    RESTORES_GUARANTEE = "restores_guarantee"
    EXTENDS_TIME = "extends_time"
    VOIDS_RESULT = "voids_result"


class IncidentState(StrEnum):
    """Whether a second person has decided on it."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class ExamIncident(TenantRow, Base):
    """One incident at a sitting; what was written about it can be about somebody's health, and is sealed."""

    __tablename__ = "exam_incidents"
    __table_args__ = (
        within("sitting_id", to="exam_sittings"),
        within("room_id", to="rooms"),
        within("registration_id", to="registrations"),
        one_of("category", IncidentCategory),
        one_of("consequence", Consequence),
        one_of("state", IncidentState),
        CheckConstraint(
            "(category IN ('illness', 'breach', 'late')) = (registration_id IS NOT NULL)", name="candidate_named"
        ),
        CheckConstraint("(consequence = 'extends_time') = (minutes IS NOT NULL)", name="extension_has_minutes"),
        CheckConstraint(f"minutes BETWEEN 1 AND {MINUTES_MAX}", name="minutes_in_range"),
        CheckConstraint("(state = 'reported') = (decided_at IS NULL)", name="decided_at_some_time"),
        CheckConstraint("num_nulls(decided_at, decided_by) IN (0, 2)", name="decision_names_somebody"),
        CheckConstraint("decided_by <> reported_by", name="decided_by_a_second_person"),
        Index(None, "institution_id", "sitting_id"),
        Index(None, "institution_id", "registration_id"),
        Index(None, "organisation_id"),
        about(Reach.TENANT, row_security=True, server_set=("reported_at",)),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    sitting_id: Mapped[UUID]
    room_id: Mapped[UUID | None]
    """Null: everybody in the sitting, or, where a candidate is named, wherever they sit."""
    registration_id: Mapped[UUID | None]
    category: Mapped[str]
    occurred_at: Mapped[datetime]
    sealed_note: Mapped[bytes] = sealed()
    key_id: Mapped[str]
    consequence: Mapped[str]
    minutes: Mapped[int | None]
    state: Mapped[str] = mapped_column(server_default=IncidentState.REPORTED)
    reported_by: Mapped[UUID]
    reported_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None]


class IncidentConsequence(TenantRow, Base):
    """What a confirmed incident means for one registration; the guarantee and the results read it here."""

    __tablename__ = "incident_consequences"
    __table_args__ = (
        within("incident_id", to="exam_incidents"),
        within("registration_id", to="registrations"),
        one_of("kind", Consequence),
        UniqueConstraint("institution_id", "incident_id", "registration_id", name="incident_consequences_once_key"),
        CheckConstraint("kind <> 'none'", name="something_follows"),
        CheckConstraint("(kind = 'extends_time') = (minutes IS NOT NULL)", name="extension_has_minutes"),
        Index(None, "institution_id", "registration_id"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    incident_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    kind: Mapped[str]
    minutes: Mapped[int | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
