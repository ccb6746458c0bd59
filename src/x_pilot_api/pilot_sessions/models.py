"""Tables of sessions about the pilot, and of who took part in them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within

HOURS_MAX = 80
MATERIALS_MAX = 20


class PilotSessionState(StrEnum):
    """Whether a session is still to come, took place, or does not."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class PilotSessionMode(StrEnum):
    """Where people meet."""

    ONLINE = "online"
    OFFLINE = "offline"
    BLENDED = "blended"


class PilotSessionAudience(StrEnum):
    """For whom a session is."""

    STUDENTS = "students"
    TEACHERS = "teachers"
    BOTH = "both"


class PilotSession(TenantRow, Base):
    """One session that a college holds about the pilot: its subject, day, place, speaker, and material."""

    __tablename__ = "pilot_sessions"
    __table_args__ = (
        within("college_id", to="colleges"),
        one_of("state", PilotSessionState),
        one_of("mode", PilotSessionMode),
        one_of("audience", PilotSessionAudience),
        CheckConstraint(f"hours BETWEEN 1 AND {HOURS_MAX}", name="hours_in_range"),
        CheckConstraint("mode = 'online' OR place IS NOT NULL", name="a_place_to_meet"),
        CheckConstraint("(state = 'cancelled') = (cancel_reason IS NOT NULL)", name="cancelled_for_a_reason"),
        Index(None, "institution_id", "college_id", "held_on"),
        about(Reach.TENANT, server_set=("recorded_at",)),
    )

    college_id: Mapped[UUID]
    subject: Mapped[str]
    held_on: Mapped[date]
    mode: Mapped[str]
    place: Mapped[str | None]
    audience: Mapped[str]
    speaker: Mapped[str]
    hours: Mapped[int]
    """Whole class hours."""
    materials: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    summary: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default=PilotSessionState.PLANNED)
    cancel_reason: Mapped[str | None]
    planned_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class PilotSessionParticipant(TenantRow, Base):
    """One teacher or student of the register who took part in one session, once."""

    __tablename__ = "pilot_session_participants"
    __table_args__ = (
        within("session_id", to="pilot_sessions"),
        within("student_id", to="students"),
        within("teacher_id", to="teachers"),
        CheckConstraint("num_nonnulls(student_id, teacher_id) = 1", name="student_or_teacher"),
        UniqueConstraint(
            "institution_id",
            "session_id",
            "student_id",
            "teacher_id",
            name="pilot_session_participants_once_key",
            postgresql_nulls_not_distinct=True,
        ),
        Index(None, "institution_id", "student_id"),
        Index(None, "institution_id", "teacher_id"),
        about(Reach.TENANT, row_security=True, append_only=True, forgets=True, server_set=("recorded_at",)),
    )

    session_id: Mapped[UUID]
    student_id: Mapped[UUID | None]
    teacher_id: Mapped[UUID | None]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
