"""What is asked and told of training plans and course grades."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.registry.models import CourseCategory
from x_pilot_api.registry.schemas.people import EntryYear

_COURSES_MAX = 300
Credits = Annotated[HundredthsIn, Field(gt=0)]


class PlanCategoryIn(BaseModel):
    """How many credits of one category a plan asks for."""

    model_config = ConfigDict(extra="forbid")

    category: CourseCategory
    credits: Credits = Field(examples=["40.00"])


class PlanCourseIn(BaseModel):
    """One course of a plan; what is not given is taken over from the course as it is now."""

    model_config = ConfigDict(extra="forbid")

    course_id: UUID
    term: int = Field(strict=True, ge=1, le=12, description="The how manieth term of the programme", examples=[1])
    credits: Credits | None = Field(default=None, examples=["4.00"])
    category: CourseCategory | None = None
    is_compulsory: bool | None = Field(default=None, strict=True)


class _PlanContent(BaseModel):
    model_config = ConfigDict(extra="forbid")

    graduation_credits: Credits = Field(examples=["140.00"])
    document_number: Line | None = Field(default=None, description="The number of the document that the plan is from")
    categories: list[PlanCategoryIn] = Field(max_length=len(CourseCategory))
    courses: list[PlanCourseIn] = Field(max_length=_COURSES_MAX)

    @model_validator(mode="after")
    def name_each_once(self) -> Self:
        """Refuse a category or course that is named twice."""
        if len({row.category for row in self.categories}) < len(self.categories):
            raise ValueError("a category is named twice")
        if len({row.course_id for row in self.courses}) < len(self.courses):
            raise ValueError("a course is named twice")
        return self


class TrainingPlanIn(_PlanContent):
    """The draft of a programme's next training plan for an entry year."""

    programme_id: UUID
    entry_year: EntryYear


class TrainingPlanChange(_PlanContent):
    """The whole content of a draft, in place of what it was."""


class PlanCategoryOut(BaseModel):
    """How many credits of one category a plan asks for, and how many its courses offer."""

    category: str
    credits: HundredthsOut
    offered_credits: HundredthsOut


class PlanCourseOut(BaseModel):
    """One course of a plan, with its figures as the plan has them."""

    course_id: UUID
    code: str
    name: str
    term: int
    credits: HundredthsOut
    category: str
    is_compulsory: bool


class TrainingPlanOut(BaseModel):
    """One version of a programme's training plan for an entry year."""

    id: UUID
    programme_id: UUID
    entry_year: int
    version: int
    state: str = Field(examples=["in_force"])
    graduation_credits: HundredthsOut
    document_number: str | None
    in_force_at: datetime | None
    allowed_deeds: list[str]


class TrainingPlanWithCoursesOut(TrainingPlanOut):
    """One version of a training plan with all it asks for and offers."""

    categories: list[PlanCategoryOut]
    courses: list[PlanCourseOut]


class _Grade(BaseModel):
    model_config = ConfigDict(extra="forbid")

    score: HundredthsIn | None = Field(default=None, examples=["86.50"])
    grade_word: Code | None = Field(default=None, examples=["优秀"], description="Instead of a score")
    passed: bool = Field(strict=True)


class CourseGradeIn(_Grade):
    """What a student got in one attempt at a course: a score or a word."""

    student_id: UUID
    course_id: UUID
    term: Code = Field(examples=["2025-2026-01"], description="Academic year and term")
    attempt: int = Field(default=1, strict=True, ge=1, le=9)


class GradeCorrectionIn(_Grade):
    """What a grade is corrected to, and why; a void one has neither score nor word and is not passed."""

    is_void: bool = Field(default=False, strict=True)
    reason: Paragraph


class CourseGradeOut(BaseModel):
    """The revision that counts of a student's grade in one attempt at a course."""

    id: UUID
    student_id: UUID
    course_id: UUID
    term: str
    attempt: int
    revision: int
    score: HundredthsOut | None
    grade_word: str | None
    passed: bool
    is_void: bool
    reason: str | None
    source_kind: str | None = Field(description="What it comes of, where nobody entered it", examples=["conversion"])
    source_id: UUID | None
    recorded_at: datetime


class CourseGradeWithRevisionsOut(CourseGradeOut):
    """A grade with all its revisions, the first one first."""

    revisions: list[CourseGradeOut]
