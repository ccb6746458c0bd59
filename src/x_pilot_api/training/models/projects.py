"""Tables of training projects, who takes part in them, and what participants say of them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within
from x_pilot_api.training.models.cycles import HOURS_MAX

PLACES_MAX = 10_000
RATING_MAX = 5
RATINGS = ("content", "teaching", "organisation", "usefulness")
"""What a participant rates, each from 1 to 5."""


class TrainingOrigin(StrEnum):
    """Who holds a training."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    INSTITUTION = "institution"


class TrainingMode(StrEnum):
    """How a training is held."""

    ONLINE = "online"
    OFFLINE = "offline"
    BLENDED = "blended"


class TrainingProjectState(StrEnum):
    """Where a project is on its way."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class EnrolmentState(StrEnum):
    """How a teacher stands to a project."""

    WAITING = "waiting"
    ENROLLED = "enrolled"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


class TrainingResult(StrEnum):
    """What came of taking part."""

    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"


class TrainingProject(TenantRow, Base):
    """One training on offer to the institution's teachers; from its publication on only its places change.

    `taken` are the places that are held, `lined_up` how many have ever enrolled: the next one's place in the line.
    """

    __tablename__ = "training_projects"
    __table_args__ = (
        of_institution(),
        one_of("origin", TrainingOrigin),
        one_of("mode", TrainingMode),
        one_of("state", TrainingProjectState),
        CheckConstraint(f"hours BETWEEN 1 AND {HOURS_MAX}", name="hours_in_range"),
        CheckConstraint(f"places BETWEEN 1 AND {PLACES_MAX}", name="places_in_range"),
        CheckConstraint("taken BETWEEN 0 AND places", name="never_oversold"),
        CheckConstraint("lined_up >= taken", name="everybody_stood_in_line"),
        CheckConstraint("enrols_until <= starts_on AND starts_on <= ends_on", name="dates_in_order"),
        CheckConstraint("(state = 'cancelled') = (cancelled_because IS NOT NULL)", name="cancelled_for_a_reason"),
        Index(None, "institution_id", "ends_on"),
        about(Reach.TENANT),
    )

    title: Mapped[str]
    origin: Mapped[str]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    certificate_level_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate_levels.id"))
    scheme: Mapped[str]
    document_number: Mapped[str | None]
    mode: Mapped[str]
    venue: Mapped[str | None]
    hours: Mapped[int]
    is_x_module: Mapped[bool]
    places: Mapped[int]
    enrols_until: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[str] = mapped_column(server_default=TrainingProjectState.DRAFT)
    taken: Mapped[int] = mapped_column(server_default=text("0"))
    lined_up: Mapped[int] = mapped_column(server_default=text("0"))
    cancelled_because: Mapped[str | None]
    drafted_by: Mapped[UUID]


class TrainingEnrolment(TenantRow, Base):
    """One teacher in one project's line: waiting, or with a place, and what came of it."""

    __tablename__ = "training_enrolments"
    __table_args__ = (
        within("project_id", to="training_projects"),
        within("teacher_id", to="teachers"),
        one_of("state", EnrolmentState),
        one_of("result", TrainingResult),
        UniqueConstraint("institution_id", "project_id", "number", name="training_enrolments_one_number_key"),
        Index(
            "training_enrolments_one_live_key",
            "institution_id",
            "project_id",
            "teacher_id",
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(f"hours_attended BETWEEN 0 AND {HOURS_MAX}", name="hours_in_range"),
        CheckConstraint("(state = 'concluded') = (result IS NOT NULL)", name="concluded_with_a_result"),
        CheckConstraint("result <> 'passed' OR hours_attended > 0", name="who_passes_was_there"),
        CheckConstraint("result <> 'absent' OR hours_attended = 0", name="who_is_absent_was_not"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_because IS NOT NULL)", name="withdrawn_for_a_reason"),
        CheckConstraint("conclusions >= 0", name="conclusions_not_negative"),
        Index(None, "institution_id", "teacher_id"),
        about(Reach.TENANT, server_set=("enrolled_at",)),
    )

    project_id: Mapped[UUID]
    teacher_id: Mapped[UUID]
    number: Mapped[int]
    state: Mapped[str]
    hours_attended: Mapped[int | None]
    result: Mapped[str | None]
    conclusions: Mapped[int] = mapped_column(server_default=text("0"))
    withdrawn_because: Mapped[str | None]
    enrolled_by: Mapped[UUID]
    enrolled_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    placed_at: Mapped[datetime | None]


class TrainingSurveyAnswer(Base):
    """What one participant says of a project, once; nobody is told whose answer it is."""

    __tablename__ = "training_survey_answers"
    __table_args__ = (
        within("enrolment_id", to="training_enrolments"),
        within("project_id", to="training_projects"),
        *(CheckConstraint(f"{name} BETWEEN 1 AND {RATING_MAX}", name=f"{name}_in_range") for name in RATINGS),
        Index(None, "institution_id", "project_id"),
        about(Reach.TENANT, append_only=True, server_set=("answered_at",)),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    project_id: Mapped[UUID]
    content: Mapped[int]
    teaching: Mapped[int]
    organisation: Mapped[int]
    usefulness: Mapped[int]
    comment: Mapped[str | None]
    answered_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
