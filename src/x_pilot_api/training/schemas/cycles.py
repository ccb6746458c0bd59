"""What is asked and told of requirements and cycles."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import Line
from x_pilot_api.training.models import HOURS_MAX

TEACHERS_MAX = 500

Hours = Annotated[int, Field(strict=True, ge=1, le=HOURS_MAX, examples=[24], description="Whole class hours")]
DocumentNumber = Annotated[Line, Field(examples=["苏财院人〔2026〕12号"], description="The document that says so")]
TeacherIds = Annotated[list[UUID], Field(min_length=1, max_length=TEACHERS_MAX)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TrainingStanding(StrEnum):
    """How a cycle stands: met; provided for by the places held; short of that; ended and not met."""

    MET = "met"
    PROVIDED = "provided"
    SHORT = "short"
    OVERDUE = "overdue"


class TrainingRequirementIn(_Body):
    """What a five-year cycle takes, by a document; N(6) asks for the X module and names no figure."""

    total_hours: Hours = Field(description="Class hours in a cycle")
    module_hours: Hours = Field(description="Class hours of the X module among them")
    document_number: DocumentNumber
    effective_from: Day = Field(description="Cycles that begin on this day or later are judged by it")
    effective_to: Day | None = Field(default=None, description="The last day a cycle can begin on under it")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.module_hours > self.total_hours:
            raise ValueError("module_hours must not exceed total_hours")
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise ValueError("effective_to must not be before effective_from")
        return self


class TrainingRequirementOut(BaseModel):
    """One version of the requirement; of those that cover a cycle's first day the latest judges it."""

    id: UUID
    version: int
    total_hours: int = Field(description="Class hours in a cycle")
    module_hours: int = Field(description="Class hours of the X module among them")
    document_number: str
    effective_from: date
    effective_to: date | None
    loaded_at: datetime


class TrainingCyclesIn(_Body):
    """Cycles to open: for all active teachers of a college, or for some of them."""

    college_id: UUID
    begins_on: Day = Field(description="The first of the five years' days")
    teacher_ids: TeacherIds | None = Field(default=None, description="Null: everybody active in the college")


class TrainingCyclesOpenedOut(BaseModel):
    """How many cycles were opened, and how many teachers were in one that overlaps already."""

    opened: int
    kept: int
    begins_on: date
    ends_on: date


class TrainingCycleOut(BaseModel):
    """One teacher's five years: what they take, what is done, what the places held will bring, and the forecast."""

    id: UUID
    teacher_id: UUID
    staff_number: str
    teacher_name: str
    college_id: UUID
    college_name: str
    begins_on: date
    ends_on: date = Field(description="The last day on which what is completed counts")
    requirement_version: int
    requirement_document: str
    required_hours: int
    required_module_hours: int
    done_hours: int = Field(description="Class hours completed within the cycle, reversed ones left out")
    done_module_hours: int
    is_module_done: bool = Field(description="The X module of N(6) is met")
    held_hours: int = Field(description="Class hours of projects in which the teacher has a place and no result yet")
    held_module_hours: int
    standing: TrainingStanding
    last_useful_on: date | None = Field(
        description="The last day to enrol in a project on offer that still counts; null: none is, or none is needed"
    )


class CollegeCoverageOut(BaseModel):
    """How far a college's teachers are today; of an empty denominator there is no rate."""

    college_id: UUID
    college_name: str
    teachers: int = Field(description="Active teachers of the college")
    without_cycle: int = Field(description="Of them those who are in no cycle today")
    in_cycle: int = Field(description="Cycles that run today: the denominator")
    met: int = Field(description="Of them those already met: the numerator")
    provided: int
    short: int = Field(description="Of them those who would miss it with the places held so far")
    overdue: int = Field(description="Cycles that ended without being met")
    coverage_percent: HundredthsOut | None = Field(
        description="met / in_cycle; null where in_cycle is 0", examples=["62.50"]
    )
