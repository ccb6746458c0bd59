"""Who teaches which course in which term, as it comes in and as it is told."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.core.texts import Code

_TERM = "2025-2026-01"


class CourseTeacherIn(BaseModel):
    """A teacher who teaches a course in a term."""

    model_config = ConfigDict(extra="forbid")

    course_id: UUID
    teacher_id: UUID
    term: Code = Field(examples=[_TERM])


class CourseTeacherOut(BaseModel):
    """One teacher of one course in one term."""

    id: UUID
    course_id: UUID
    course_code: str
    course_name: str
    programme_id: UUID
    teacher_id: UUID
    staff_number: str
    teacher_name: str
    term: str = Field(examples=[_TERM])
