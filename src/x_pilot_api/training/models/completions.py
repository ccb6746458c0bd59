"""Tables of what teachers completed, here and elsewhere, and of the certificates they hold themselves."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, one_of, within
from x_pilot_api.training.models.cycles import HOURS_MAX
from x_pilot_api.training.models.projects import TrainingOrigin


class OutsideState(StrEnum):
    """Whether a training elsewhere counts."""

    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REVERSED = "reversed"


class OutsideTraining(TenantRow, Base):
    """One training that a teacher did elsewhere, with its document; it counts once a second person has confirmed it."""

    __tablename__ = "outside_trainings"
    __table_args__ = (
        within("teacher_id", to="teachers"),
        one_of("origin", TrainingOrigin),
        one_of("state", OutsideState),
        CheckConstraint(f"hours BETWEEN 1 AND {HOURS_MAX}", name="hours_in_range"),
        CheckConstraint("(state = 'recorded') = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("decided_by <> recorded_by", name="decided_by_a_second_person"),
        CheckConstraint("state <> 'refused' OR remark IS NOT NULL", name="refused_for_a_reason"),
        Index(
            "outside_trainings_one_live_key",
            "institution_id",
            "teacher_id",
            "document_number",
            unique=True,
            postgresql_where=text("state IN ('recorded', 'confirmed')"),
        ),
        about(Reach.TENANT, server_set=("recorded_at",)),
    )

    teacher_id: Mapped[UUID]
    title: Mapped[str]
    organiser: Mapped[str]
    origin: Mapped[str]
    certificate_level_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate_levels.id"))
    hours: Mapped[int]
    is_x_module: Mapped[bool]
    completed_on: Mapped[date]
    document_number: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=OutsideState.RECORDED)
    remark: Mapped[str | None]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    decided_by: Mapped[UUID | None]


class TrainingCompletion(TenantRow, Base):
    """One training a teacher completed: evidence, which counts until it is reversed; `hours` are those attended."""

    __tablename__ = "training_completions"
    __table_args__ = (
        within("teacher_id", to="teachers"),
        within("enrolment_id", to="training_enrolments"),
        within("outside_training_id", to="outside_trainings"),
        CheckConstraint("num_nonnulls(enrolment_id, outside_training_id) = 1", name="one_source"),
        CheckConstraint("attempt > 0", name="attempt_positive"),
        CheckConstraint(f"hours BETWEEN 1 AND {HOURS_MAX}", name="hours_in_range"),
        UniqueConstraint(
            "institution_id", "enrolment_id", "attempt", name="training_completions_one_of_an_enrolment_key"
        ),
        UniqueConstraint(
            "institution_id", "outside_training_id", name="training_completions_one_of_an_outside_training_key"
        ),
        Index(None, "institution_id", "teacher_id", "completed_on"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    teacher_id: Mapped[UUID]
    enrolment_id: Mapped[UUID | None]
    attempt: Mapped[int] = mapped_column(server_default=text("1"))
    outside_training_id: Mapped[UUID | None]
    title: Mapped[str]
    certificate_level_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate_levels.id"))
    hours: Mapped[int]
    is_x_module: Mapped[bool]
    completed_on: Mapped[date]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class TrainingReversal(Base):
    """That one completion counts no longer, and why; each is reversed once."""

    __tablename__ = "training_reversals"
    __table_args__ = (
        within("completion_id", to="training_completions"),
        about(Reach.TENANT, append_only=True, server_set=("reversed_at",)),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    completion_id: Mapped[UUID] = mapped_column(primary_key=True)
    reason: Mapped[str]
    reversed_by: Mapped[UUID]
    reversed_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class TeacherCertificate(TenantRow, Base):
    """One certificate a teacher holds themself: of the catalogue, or another by its name."""

    __tablename__ = "teacher_certificates"
    __table_args__ = (
        within("teacher_id", to="teachers"),
        CheckConstraint("expires_on > issued_on", name="dates_in_order"),
        UniqueConstraint(
            "institution_id", "teacher_id", "certificate_number", name="teacher_certificates_each_once_key"
        ),
        about(Reach.TENANT),
    )

    teacher_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate_levels.id"))
    name: Mapped[str]
    issuer: Mapped[str]
    certificate_number: Mapped[str]
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]
    recorded_by: Mapped[UUID]
