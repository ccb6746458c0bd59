"""What is asked and told of joint exams and of the grades they come to."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import Code, Line, Paragraph, clean
from x_pilot_api.exams.models import JointExamState

_MARK_MAX = 100_000
_BANDS_MAX = 200


def _follows(term: str) -> str:
    if int(term[5:9]) != int(term[:4]) + 1:
        raise ValueError("the years of a term follow one another, such as 2025-2026-01")
    return term


Term = Annotated[str, StringConstraints(pattern="^[0-9]{4}-[0-9]{4}-0[1-3]$", strict=True), AfterValidator(_follows)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=32, strict=True), AfterValidator(clean)]


class JointExamBandIn(BaseModel):
    """One row of the table: what a total from here on comes to; with neither score nor word it is the total itself."""

    model_config = ConfigDict(extra="forbid")

    from_total: HundredthsIn = Field(le=_MARK_MAX)
    score: HundredthsIn | None = Field(default=None, le=_MARK_MAX)
    grade_word: Word | None = None
    passed: bool

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.score is not None and self.grade_word is not None:
            raise ValueError("a grade is a score or a word")
        return self


class JointExamTerms(BaseModel):
    """What a joint exam says, as long as it is a draft."""

    model_config = ConfigDict(extra="forbid")

    term: Term = Field(examples=["2025-2026-02"], description="In which the grade is entered")
    document_number: Line = Field(description="The decision that the table rests on")
    bands: list[JointExamBandIn] = Field(max_length=_BANDS_MAX, description="The table; whole before it is laid down")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        thresholds = [band.from_total for band in self.bands]
        if len(set(thresholds)) != len(thresholds):
            raise ValueError("two rows of the table begin at the same total")
        return self


class JointExamIn(JointExamTerms):
    """A level of a plan that is to be the exam of a course as well."""

    exam_plan_id: UUID
    certificate_level_id: UUID
    course_id: UUID


class JointExamBandOut(BaseModel):
    """One row of the table."""

    from_total: HundredthsOut
    score: HundredthsOut | None = Field(description="With neither score nor word the grade is the total itself")
    grade_word: str | None
    passed: bool


class JointExamOut(BaseModel):
    """One joint exam."""

    id: UUID
    institution_id: UUID
    exam_plan_id: UUID
    certificate_level_id: UUID
    course_id: UUID
    programme_id: UUID = Field(description="Whose students get the grade")
    term: str
    document_number: str
    state: JointExamState
    drafted_by: UUID
    drafted_at: datetime
    laid_down_by: UUID | None
    laid_down_at: datetime | None
    withdrawn_at: datetime | None
    bands: list[JointExamBandOut]
    allowed_deeds: list[str] = Field(examples=[["change", "lay_down"]])


class JointStanding(StrEnum):
    """Whether a result and its grade agree, or which of them was changed since."""

    IN_STEP = "in_step"
    GRADE_CHANGED = "grade_changed"
    RESULT_CHANGED = "result_changed"
    BOTH_CHANGED = "both_changed"


class JointGradeOut(BaseModel):
    """What ties one result to one course grade."""

    id: UUID
    joint_exam_id: UUID
    exam_plan_id: UUID
    registration_id: UUID
    student_id: UUID
    course_id: UUID
    term: str
    attempt: int
    standing: JointStanding = Field(description="Anything but in_step is flagged, and waits to be settled")
    result_id: UUID = Field(description="The revision that was last followed")
    current_result_id: UUID | None = Field(description="The revision in effect; null where there is none any more")
    grade_id: UUID = Field(description="The grade that answers to it")
    current_grade_id: UUID
    score: HundredthsOut | None
    grade_word: str | None
    passed: bool
    is_void: bool
    settled_by: UUID | None
    settled_at: datetime | None
    settled_reason: str | None
    settled_document: str | None
    recorded_at: datetime
    allowed_deeds: list[str] = Field(examples=[["settle"]])


class SettlementKind(StrEnum):
    """What becomes of a grade that was changed by hand: it stands, or the table's takes its place."""

    KEEP = "keep"
    FOLLOW = "follow"


class JointSettlementIn(BaseModel):
    """What is decided about a flagged grade, and why."""

    model_config = ConfigDict(extra="forbid")

    decision: SettlementKind
    reason: Paragraph
    document_number: Code
