"""What is asked and told of simulations."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.credits.models import CourseRefusal, OutcomeReason

EntryYear = Annotated[int, Field(strict=True, ge=1990, le=2100, examples=[2023])]


class Effect(StrEnum):
    """What a simulated rule does to one certificate's credits."""

    GAIN = "gain"
    LOSE = "lose"
    SAME = "same"


class SimulationIn(BaseModel):
    """The cohort to run a rule over: students of its programme, and the days of the exams they passed."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"entry_year_from": 2022, "entry_year_to": 2023, "exam_from": "2025-09-01"}]},
    )

    entry_year_from: EntryYear | None = Field(default=None, description="Left out with the next: the rule's own years")
    entry_year_to: EntryYear | None = Field(default=None, description="The last entry year, included")
    exam_from: Day | None = Field(default=None, description="Null: from the first exam on")
    exam_to: Day | None = Field(default=None, description="The last day, included; null: up to the last exam")
    assume_open_accounts: bool = Field(
        default=False, strict=True, description="Count students without an account as if theirs were open"
    )

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.entry_year_from is None) != (self.entry_year_to is None):
            raise ValueError("name both entry years, or neither")
        first, last = self.entry_year_from, self.entry_year_to
        if first is not None and last is not None and last < first:
            raise ValueError("entry_year_to must not be before entry_year_from")
        if self.exam_from is not None and self.exam_to is not None and self.exam_to < self.exam_from:
            raise ValueError("exam_to must not be before exam_from")
        return self


class SimulationSummaryOut(BaseModel):
    """One run of a rule over a cohort; nothing was posted by it."""

    id: UUID
    mapping_id: UUID
    mapping_version: int
    mapping_state: str = Field(examples=["draft"], description="Where the rule is now")
    is_current: bool = Field(description="The rule's content is still what was run")
    content_hash: str
    rule_credit: HundredthsOut = Field(description="What the rule gave when it was run")
    programme_id: UUID
    certificate_level_id: UUID
    entry_year_from: int
    entry_year_to: int = Field(description="The last entry year, included")
    exam_from: date | None
    exam_to: date | None = Field(description="The last day, included")
    assumes_open_accounts: bool
    requested_at: datetime
    job_id: UUID = Field(description="Follow it at /v1/jobs/{id}")
    finished_at: datetime | None = Field(description="Null until everybody was decided")


class ReasonCountOut(BaseModel):
    """How many certificates would get one reason."""

    reason: OutcomeReason
    certificates: int


class LimitCutOut(BaseModel):
    """One limit of policy that would cut what the rules give."""

    code: str = Field(examples=["per_certificate"])
    limit: HundredthsOut
    certificates: int = Field(description="How many it would cut")
    credit_cut: HundredthsOut = Field(description="By how much, added up")


class SimulatedCourseOut(BaseModel):
    """One course the rule replaces, and for how many holders of its credits it could."""

    course_id: UUID
    code: str
    name: str
    credit: HundredthsOut
    replaced: int = Field(description="Students for whom the credits could stand for the course")
    refused_passed: int = Field(description="Students who passed the course already")
    refused_replaced: int = Field(description="Students for whom another certificate's credits stand for it")


class FiguresOut(BaseModel):
    """What the rule would do to the cohort, added up."""

    students: int = Field(description="Everybody of the cohort")
    students_concerned: int = Field(description="Those who hold the rule's level, passed on the days asked for")
    certificates: int = Field(description="Their certificates of all levels, decided anew")
    gain: int
    lose: int
    same: int
    credit_before: HundredthsOut
    credit_after: HundredthsOut
    credit_gained: HundredthsOut
    credit_lost: HundredthsOut
    reasons: list[ReasonCountOut]
    limits: list[LimitCutOut]
    courses: list[SimulatedCourseOut]


class SimulationOut(SimulationSummaryOut):
    """One run of a rule over a cohort with what it found; nothing was posted by it."""

    figures: FiguresOut | None = Field(description="Null until it is finished")


class SimulationRowOut(BaseModel):
    """One student's certificate: what it brings as things are, and what it would bring."""

    number: int = Field(description="Counts the rows from 1, by student number and level")
    student_id: UUID
    student_number: str
    student_name: str
    outcome_id: UUID
    level: str = Field(examples=["2"])
    earned_on: date
    effect: Effect
    difference: HundredthsOut = Field(description="Negative for a loss")
    reason_before: OutcomeReason
    credit_before: HundredthsOut
    reason_after: OutcomeReason
    credit_after: HundredthsOut
    rule_credit: HundredthsOut = Field(description="What the rule that counts then gives before any limit")
    is_by_rule: bool = Field(description="Decided by the rule that was run, not by one in force")
    limit_code: str | None = Field(examples=["per_certificate"], description="The limit that cuts the rule's credits")
    limit_credit: HundredthsOut | None
    refusals: dict[UUID, CourseRefusal] = Field(description="Courses of the rule that would not be replaced, and why")
