"""Tables of the guaranteed attempt of each student of the pilot, and of everything that became of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within

ABSENCES_MAX = 2
"""The first unexcused absence warns, the second uses the attempt up (decision 20)."""


class GuaranteeState(StrEnum):
    """Where a student's guaranteed attempt stands; unused are the first two."""

    AVAILABLE = "available"
    RESERVED = "reserved"
    USED = "used"
    FORFEITED = "forfeited"


class GuaranteeDeed(StrEnum):
    """What became of a guaranteed attempt."""

    GRANT = "grant"
    RESERVE = "reserve"
    RELEASE = "release"
    USE = "use"
    WARN = "warn"
    FORFEIT = "forfeit"
    RESTORE = "restore"
    CORRECT = "correct"


class GuaranteeCause(StrEnum):
    """Why it became so."""

    PILOT_PROGRAMME = "pilot_programme"
    REGISTRATION = "registration"
    WITHDRAWAL = "withdrawal"
    ATTENDANCE = "attendance"
    ABSENCE = "absence"
    EXCUSED = "excused"
    SITTING_CANCELLED = "sitting_cancelled"
    PLAN_CANCELLED = "plan_cancelled"
    INCIDENT = "incident"
    ILLNESS = "illness"
    CORRECTION = "correction"


class Guarantee(TenantRow, Base):
    """The one guaranteed attempt of one student: for which registration it is reserved or was used, if for any."""

    __tablename__ = "guarantees"
    __table_args__ = (
        within("student_id", to="students"),
        within("registration_id", to="registrations"),
        one_of("state", GuaranteeState),
        UniqueConstraint("institution_id", "student_id", name="guarantees_one_a_student_key"),
        UniqueConstraint("institution_id", "registration_id", name="guarantees_one_a_registration_key"),
        CheckConstraint("(state = 'available') = (registration_id IS NULL)", name="held_by_a_registration"),
        CheckConstraint(f"absences BETWEEN 0 AND {ABSENCES_MAX}", name="absences_in_range"),
        CheckConstraint(f"state <> 'forfeited' OR absences = {ABSENCES_MAX}", name="forfeited_by_absences"),
        CheckConstraint("events > 0", name="events_positive"),
        about(
            Reach.TENANT,
            row_security=True,
            server_set=("granted_at",),
            goes_with="part.state = 'available' AND part.events = 1",
        ),
    )

    student_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(server_default=GuaranteeState.AVAILABLE)
    registration_id: Mapped[UUID | None]
    absences: Mapped[int] = mapped_column(server_default=text("0"))
    """Unexcused ones that still count."""
    events: Mapped[int] = mapped_column(server_default=text("1"))
    """The number of its latest event."""
    granted_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class GuaranteeEvent(TenantRow, Base):
    """One thing that became of a guaranteed attempt, and how it stood afterwards."""

    __tablename__ = "guarantee_events"
    __table_args__ = (
        within("guarantee_id", to="guarantees"),
        within("registration_id", to="registrations"),
        one_of("deed", GuaranteeDeed),
        one_of("cause", GuaranteeCause),
        one_of("state", GuaranteeState),
        UniqueConstraint("institution_id", "guarantee_id", "number", name="guarantee_events_in_order_key"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("cause <> 'illness' OR document_number IS NOT NULL", name="illness_has_a_document"),
        Index(None, "institution_id", "registration_id"),
        Index(None, "institution_id", "recorded_at"),
        # An attempt that was only granted goes with a student whose import is undone, and its one event with it.
        about(Reach.TENANT, row_security=True, append_only=True, forgets=True, server_set=("id", "recorded_at")),
    )

    guarantee_id: Mapped[UUID]
    number: Mapped[int]
    deed: Mapped[str]
    cause: Mapped[str]
    state: Mapped[str]
    absences: Mapped[int]
    registration_id: Mapped[UUID | None]
    """What it is about; the attempt itself may not be held by it any more."""
    document_number: Mapped[str | None]
    reason: Mapped[str | None]
    actor_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
