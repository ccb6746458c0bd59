"""What is asked and told of quality feedback."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.certificates.models import FeedbackState
from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line, Paragraph


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FeedbackIn(_Body):
    """Something an organisation is to set right."""

    certificate_id: UUID
    college_id: UUID | None = Field(
        default=None, description="The college that gives it; only an office may leave it out"
    )
    subject: Line
    body: Paragraph = Field(repr=False)
    due_on: Day = Field(description="The last day of the answer")


class FeedbackChange(_Body):
    """What to change of feedback that is not sent yet; what is left out stays."""

    subject: Line | None = None
    body: Paragraph | None = Field(default=None, repr=False)
    due_on: Day | None = None


class FeedbackAnswerIn(_Body):
    """The organisation's answer."""

    answer: Paragraph


class FeedbackVerdictIn(_Body):
    """What the office found when it looked whether the answer holds."""

    remark: Paragraph


class FeedbackReopeningIn(_Body):
    """Why the answer does not do, and until when another one is due."""

    remark: Paragraph
    due_on: Day


class FeedbackAnswerOut(BaseModel):
    """One answer of the organisation."""

    id: UUID
    answer: str
    asked_at: datetime
    answered_at: datetime


class FeedbackOut(BaseModel):
    """One piece of quality feedback with the organisation's answers, the oldest first."""

    id: UUID
    institution_id: UUID
    institution_name: str
    college_id: UUID | None
    certificate_id: UUID
    certificate_name: str
    organisation_id: UUID
    subject: str
    body: str = Field(repr=False)
    state: FeedbackState
    due_on: date
    opened_at: datetime
    asked_at: datetime | None = Field(description="When it was sent, or last reopened")
    remark: str | None = Field(description="What the office last said of an answer")
    closed_at: datetime | None
    age_days: int | None = Field(description="Days since it was asked, until today or until it was closed")
    is_overdue: bool = Field(description="An answer is waited for past its day")
    answers: list[FeedbackAnswerOut]
    allowed_deeds: list[str] = Field(examples=[["answer"]], description="What the caller may do next")
