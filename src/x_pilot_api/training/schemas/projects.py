"""What is asked and told of projects, enrolments and surveys."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.training.models import (
    HOURS_MAX,
    PLACES_MAX,
    RATING_MAX,
    EnrolmentState,
    TrainingMode,
    TrainingOrigin,
    TrainingProjectState,
    TrainingResult,
)
from x_pilot_api.training.schemas.cycles import DocumentNumber, Hours, TeacherIds

RESULTS_MAX = 500

TrainingPlaces = Annotated[int, Field(strict=True, ge=1, le=PLACES_MAX, examples=[40])]
Rating = Annotated[int, Field(strict=True, ge=1, le=RATING_MAX, examples=[4], description="1 poor to 5 excellent")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TrainingProjectIn(_Body):
    """A training to offer, by an organisation's scheme (N(8)); nobody but the office sees it until it is published."""

    title: Line = Field(examples=["智能财税（中级）师资培训"])
    origin: TrainingOrigin
    organisation_id: UUID | None = Field(default=None, description="The evaluation organisation that holds it")
    certificate_level_id: UUID | None = Field(
        default=None, description="The level teachers are trained for: 1, 2 and 3 are the tiers of N(7)"
    )
    scheme: Paragraph = Field(description="What is taught, how, and by whom")
    document_number: DocumentNumber | None = None
    mode: TrainingMode = Field(description="N(8): online, offline, or blended of both")
    venue: Line | None = None
    hours: Hours
    is_x_module: bool = Field(strict=True, description="Its hours count toward the X module of N(6)")
    places: TrainingPlaces
    enrols_until: Day = Field(description="The last day to enrol")
    starts_on: Day
    ends_on: Day = Field(description="What is passed counts from this day")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.enrols_until <= self.starts_on <= self.ends_on:
            raise ValueError("enrols_until, starts_on and ends_on must follow each other")
        return self


class TrainingPlacesIn(_Body):
    """Another number of places; those who wait get what is added."""

    places: TrainingPlaces


class TrainingReasonIn(_Body):
    """Why."""

    reason: Paragraph


class TrainingProjectOut(BaseModel):
    """One project with its places; a caller who is a teacher is told how they stand to it."""

    id: UUID
    title: str
    origin: TrainingOrigin
    organisation_id: UUID | None
    organisation_name: str | None
    certificate_level_id: UUID | None
    certificate_name: str | None
    level: str | None = Field(examples=["2"], description="The tier: 1 elementary, 2 intermediate, 3 advanced")
    scheme: str
    document_number: str | None
    mode: TrainingMode
    venue: str | None
    hours: int = Field(description="Whole class hours")
    is_x_module: bool
    places: int
    taken: int
    left: int
    waiting: int
    concluded: int = Field(description="Participants with a result")
    enrols_until: date
    starts_on: date
    ends_on: date
    state: TrainingProjectState
    cancelled_because: str | None
    own_enrolment_id: UUID | None = Field(description="The caller's own, unless withdrawn")
    own_state: EnrolmentState | None
    allowed_deeds: list[str] = Field(examples=[["publish", "change"]], description="What the caller may do next")


class EnrolmentIn(_Body):
    """Teachers to enrol, in the order in which they stand in line; a teacher enrols themself alone."""

    teacher_ids: TeacherIds

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.teacher_ids)) < len(self.teacher_ids):
            raise ValueError("teacher_ids must name nobody twice")
        return self


class TrainingEnrolmentOut(BaseModel):
    """One teacher's enrolment: with a place or waiting, and what came of it."""

    id: UUID
    project_id: UUID
    project_title: str
    starts_on: date
    ends_on: date
    hours: int = Field(description="Whole class hours of the project")
    is_x_module: bool
    teacher_id: UUID
    staff_number: str
    teacher_name: str
    college_id: UUID
    college_name: str
    number: int = Field(description="Place in the line of all who ever enrolled")
    ahead: int | None = Field(description="How many wait before this one; null unless it waits")
    state: EnrolmentState
    hours_attended: int | None = Field(description="Whole class hours; null until recorded")
    result: TrainingResult | None
    withdrawn_because: str | None
    enrolled_at: datetime
    placed_at: datetime | None = Field(description="When the place was given")
    allowed_deeds: list[str] = Field(examples=[["withdraw"]], description="What the caller may do next")


class TrainingResultIn(_Body):
    """What one participant attended, and once it is over what came of it."""

    enrolment_id: UUID
    hours_attended: Annotated[int, Field(strict=True, ge=0, le=HOURS_MAX, description="Whole class hours")]
    result: TrainingResult | None = Field(default=None, description="Null: attendance alone")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.result == TrainingResult.PASSED and self.hours_attended == 0:
            raise ValueError("who passes has attended")
        if self.result == TrainingResult.ABSENT and self.hours_attended > 0:
            raise ValueError("who is absent has attended nothing")
        return self


class TrainingResultsIn(_Body):
    """A project's attendance and results, all rows or none."""

    rows: Annotated[list[TrainingResultIn], Field(min_length=1, max_length=RESULTS_MAX)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({row.enrolment_id for row in self.rows}) < len(self.rows):
            raise ValueError("rows must name no enrolment twice")
        return self


class TrainingSurveyIn(_Body):
    """What a participant says of a project; it stays, and nobody is told whose it is."""

    content: Rating
    teaching: Rating
    organisation: Rating
    usefulness: Rating
    comment: Paragraph | None = None


class TrainingRatingOut(BaseModel):
    """One rating's mean, as what it is made of."""

    question: str = Field(examples=["content"])
    sum: int = Field(description="The numerator: all ratings together")
    answers: int = Field(description="The denominator")
    mean: HundredthsOut | None = Field(description="Null where nobody answered", examples=["4.25"])


class TrainingSurveyOut(BaseModel):
    """What participants said of a project, without names."""

    project_id: UUID
    participants: int = Field(description="Who has a result and was there: the denominator")
    answers: int = Field(description="The numerator")
    response_percent: HundredthsOut | None = Field(
        description="Null where there are no participants", examples=["75.00"]
    )
    ratings: list[TrainingRatingOut]
    comments: list[str]
