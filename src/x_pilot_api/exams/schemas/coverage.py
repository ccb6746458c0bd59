"""What is told of whether a sitting's examiners may examine its level."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.exams.models import CoverageWarning, ExaminerDuty, SittingState


class ExaminerStandingOut(BaseModel):
    """One booked examiner, and whether they may examine the level on the sitting's day."""

    teacher_id: UUID | None
    name: str
    employer: str | None
    duty: ExaminerDuty
    is_qualified: bool | None = Field(description="Null for somebody from outside, who is not on the register")


class ExaminerCoverageOut(BaseModel):
    """Whether a sitting has an examiner who may examine its level on its day (N(7))."""

    sitting_id: UUID
    code: str
    state: SittingState
    held_on: date
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    qualified: int = Field(description="Of the booked examiners; a higher level of the certificate counts too")
    examiners: list[ExaminerStandingOut]
    warnings: list[CoverageWarning] = Field(
        description="Empty once the sitting is over; how many qualified examiners it takes is not known"
    )
