"""Tables of what was publicised, of administrators' trainings, and of who was reminded of what."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within

REACH_MAX = 10_000_000
HOURS_TENTHS_MAX = 10_000


class PublicityChannel(StrEnum):
    """Where a policy is made known."""

    MEETING = "meeting"
    LECTURE = "lecture"
    WEBSITE = "website"
    SOCIAL_MEDIA = "social_media"
    PRINT = "print"
    VISIT = "visit"
    OTHER = "other"


class PolicyPublicity(TenantRow, Base):
    """One occasion on which a policy was made known, by a college or the office; all of it may be corrected."""

    __tablename__ = "policy_publicities"
    __table_args__ = (
        of_institution(),
        within("college_id", to="colleges"),
        one_of("channel", PublicityChannel),
        CheckConstraint(f"reach BETWEEN 0 AND {REACH_MAX}", name="reach_in_range"),
        Index(None, "institution_id", "held_on"),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID | None]
    title: Mapped[str]
    policy_reference: Mapped[str]
    channel: Mapped[str]
    held_on: Mapped[date]
    reach: Mapped[int]
    counted_by: Mapped[str]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))


class AdministratorTraining(TenantRow, Base):
    """One training of those who administer certificates (N(12)), by a college or the office; it may be corrected."""

    __tablename__ = "administrator_trainings"
    __table_args__ = (
        of_institution(),
        within("college_id", to="colleges"),
        CheckConstraint(f"hours_tenths BETWEEN 1 AND {HOURS_TENTHS_MAX}", name="hours_in_range"),
        Index(None, "institution_id", "held_on"),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID | None]
    subject: Mapped[str]
    held_on: Mapped[date]
    hours_tenths: Mapped[int]
    trainer: Mapped[str]
    material: Mapped[str | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))


class AdministratorTrainingPerson(Base):
    """One person invited to a training, and whether they took part."""

    __tablename__ = "administrator_training_people"
    __table_args__ = (
        within("training_id", to="administrator_trainings"),
        Index(None, "institution_id", "person_id"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    training_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    took_part: Mapped[bool]


class ReminderKind(StrEnum):
    """What somebody is reminded of."""

    PROBLEM = "pilot_problem"
    FOLLOW_UP = "follow_up"
    CORRESPONDENCE = "correspondence"


class ReminderStage(StrEnum):
    """How near the day is."""

    TOMORROW = "tomorrow"
    OVERDUE = "overdue"


class GuidanceReminder(TenantRow, Base):
    """One person told once that one thing is due on one day, or was; another owner or day is another row."""

    __tablename__ = "guidance_reminders"
    __table_args__ = (
        of_institution(),
        one_of("kind", ReminderKind),
        one_of("stage", ReminderStage),
        UniqueConstraint(
            "institution_id", "object_id", "owner_id", "due_on", "stage", "kind", name="guidance_reminders_once_key"
        ),
        Index(None, "institution_id", "batch_id"),
        about(Reach.TENANT, append_only=True, server_set=("id", "told_at")),
    )

    batch_id: Mapped[UUID]
    kind: Mapped[str]
    object_id: Mapped[UUID]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date]
    stage: Mapped[str]
    told_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
