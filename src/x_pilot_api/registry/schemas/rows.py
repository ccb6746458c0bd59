"""Rows of the register as they come in, one or a hundred thousand; a value that is not given keeps what is there."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.registry.models import DocumentKind

_Figure = Annotated[int, Field(ge=-(10**9), le=10**9)]


class Row(BaseModel):
    """One row: its place among the others, and the id of what it changes where that is not found by its number."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: int = Field(default=1, ge=1, le=10**9)
    id: UUID | None = None


class CollegeRow(Row):
    """One secondary college, known by its code."""

    code: Code | None = None
    name: Line | None = None


class ProgrammeRow(Row):
    """One programme, known by its national code."""

    code: Code | None = None
    name: Line | None = None
    college_code: Code | None = None
    is_pilot: bool | None = None
    is_showcase: bool | None = None


class CourseRow(Row):
    """One course, known by its programme's code and its own."""

    programme_code: Code | None = None
    code: Code | None = None
    name: Line | None = None
    credit_hundredths: _Figure | None = None
    hours: _Figure | None = None
    category: Code | None = None
    is_compulsory: bool | None = None


class CourseTeacherRow(Row):
    """One teacher of one course in one term, by the numbers of all three."""

    programme_code: Code | None = None
    course_code: Code | None = None
    term: Code | None = None
    staff_number: Code | None = None


class PlanCourseRow(Row):
    """One course of a training plan, known by programme, entry year and course; the plan's own credits beside it."""

    programme_code: Code | None = None
    entry_year: _Figure | None = None
    graduation_credit_hundredths: _Figure | None = None
    course_code: Code | None = None
    term: _Figure | None = None
    credit_hundredths: _Figure | None = None
    category: Code | None = None
    is_compulsory: bool | None = None


class TeacherRow(Row):
    """One teacher, known by their staff number."""

    staff_number: Code | None = None
    name: Line | None = None
    college_code: Code | None = None
    is_active: bool | None = None


class StudentRow(Row):
    """One student, known by their student number; the reason and the day belong to a change of how they stand."""

    student_number: Code | None = None
    name: Line | None = None
    document_kind: DocumentKind = DocumentKind.RESIDENT_IDENTITY_CARD
    document_number: Code | None = Field(default=None, repr=False)
    programme_code: Code | None = None
    class_name: Line | None = None
    entry_year: _Figure | None = None
    status: Code | None = None
    effective_on: date | None = None
    reason: Paragraph | None = None


class CourseGradeRow(Row):
    """What a student got in one attempt at a course; the course is of the student's programme unless one is named."""

    student_number: Code | None = None
    programme_code: Code | None = None
    course_code: Code | None = None
    term: Code | None = None
    attempt: _Figure | None = None
    score_hundredths: _Figure | None = None
    grade_word: Code | None = None
    passed: bool | None = None
    is_void: bool = False
    reason: Paragraph | None = None
