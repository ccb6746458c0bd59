"""What is asked and told of who may see results, of public notices and of objections."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import Code, Paragraph
from x_pilot_api.exams.models import ResultObjectionState


class VisibilityIn(BaseModel):
    """From when colleges, students and the public may see a plan's results; null: at once."""

    model_config = ConfigDict(extra="forbid")

    college_from: datetime | None
    student_from: datetime | None
    public_from: datetime | None

    @model_validator(mode="after")
    def keep_audiences_in_order(self) -> Self:
        """Refuse that students see what their college may not, or the public what students may not."""
        instants = (self.college_from, self.student_from, self.public_from)
        if any(instant is not None and instant.tzinfo is None for instant in instants):
            raise ValueError("an instant needs an offset, such as +08:00")
        later: datetime | None = None
        for instant in instants:
            if later is not None and (instant is None or instant < later):
                raise ValueError("colleges see results first, then students, then the public")
            later = instant or later
        return self


class VisibilityOut(BaseModel):
    """From when colleges, students and the public may see a plan's results; null: at once."""

    exam_plan_id: UUID
    college_from: datetime | None
    student_from: datetime | None
    public_from: datetime | None


class VisibleResultOut(BaseModel):
    """One result as colleges and students see it."""

    id: UUID
    exam_plan_id: UUID
    certificate_level_id: UUID
    student_id: UUID | None
    admission_number: str
    revision: int
    activity: str
    grading: str
    components: dict[str, HundredthsOut]
    total: HundredthsOut | None
    passed: bool | None
    reason: str | None = Field(description="Why a newer revision differs")
    award_id: UUID | None
    recorded_at: datetime


class ResultNoticeOut(BaseModel):
    """A plan's public notice."""

    exam_plan_id: UUID
    published_at: datetime
    starts_at: datetime = Field(description="From when it shows: its publishing, or when the public may see results")
    ends_at: datetime = Field(description="It comes down by itself, when objections end")
    withdrawn_at: datetime | None
    public_url: str


class ObjectionToResultIn(BaseModel):
    """What somebody objects to a result."""

    model_config = ConfigDict(extra="forbid")

    text: Paragraph


class ObjectionReviewIn(BaseModel):
    """What one person of the organisation finds; without a change the result stands."""

    model_config = ConfigDict(extra="forbid")

    answer: Paragraph
    components: dict[Code, HundredthsIn] | None = Field(
        default=None, min_length=1, max_length=20, description="The scores the result is to have; null: it stands"
    )


class ResultObjectionOut(BaseModel):
    """One objection to a result, and what became of it."""

    id: UUID
    result_id: UUID
    exam_plan_id: UUID
    org_result_id: str
    admission_number: str
    text: str
    state: ResultObjectionState
    raised_by: UUID
    raised_at: datetime
    due_on: date = Field(description="By when it is to be answered")
    is_overdue: bool
    answer: str | None
    change: dict[str, HundredthsOut] | None = Field(description="The component scores that are proposed")
    reviewed_by: UUID | None
    reviewed_at: datetime | None
    decided_by: UUID | None
    decided_at: datetime | None
    batch_id: UUID | None
    new_result_id: UUID | None = Field(description="The revision that the objection led to")
    allowed_deeds: list[str]
