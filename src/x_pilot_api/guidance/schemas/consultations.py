"""What is asked and told of consultations and of what follows from them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.guidance.models import ConsultationState, FollowUpState
from x_pilot_api.guidance.schemas.bodies import Body

PARTIES_MAX = 20

_OFFICE = "Null for the institution's office"


def _lines(text: str) -> str:
    """Let a text of several lines pass when each line is clean."""
    if not text.strip():
        raise ValueError("must not be blank")
    if any(not (char.isprintable() or char in "\n　") for char in text):
        raise ValueError("must not hold control characters or broken Unicode")
    return text


Minutes = Annotated[str, StringConstraints(min_length=1, max_length=20_000, strict=True), AfterValidator(_lines)]
"""Minutes: a text of several lines."""


def _each_once(ids: list[UUID]) -> list[UUID]:
    if len(set(ids)) < len(ids):
        raise ValueError("must name no party twice")
    return ids


class ConsultationIn(Body):
    """A consultation with outside parties (N(13))."""

    college_id: UUID | None = Field(description=_OFFICE)
    subject: Line = Field(examples=["智能财税岗位能力与证书标准对接研讨"])
    held_on: Day
    party_ids: Annotated[list[UUID], Field(min_length=1, max_length=PARTIES_MAX), AfterValidator(_each_once)]
    participants: Paragraph = Field(description="Who took part, of both sides")
    minutes: Minutes | None = Field(
        default=None, description="As far as they are written; they change until signed off"
    )


class MinuteAdditionIn(Body):
    """A further entry to minutes that were signed off."""

    body: Minutes = Field(repr=False)


class ConsultationPartyOut(BaseModel):
    """One party at a consultation."""

    party_id: UUID
    name: str
    kind: str


class MinuteEntryOut(BaseModel):
    """What was signed off, which has number 1, or an addition to it."""

    number: int
    body: str = Field(repr=False)
    writer_name: str
    written_at: datetime


class ConsultationOut(BaseModel):
    """One consultation: who met, what is written of it, and how much is to follow."""

    id: UUID
    college_id: UUID | None = Field(description=_OFFICE)
    college_name: str | None
    subject: str
    held_on: date
    parties: list[ConsultationPartyOut]
    participants: str
    minutes: str | None
    state: ConsultationState
    entries: list[MinuteEntryOut] = Field(description="Empty until the minutes are signed off; never changed after")
    follow_ups: int
    open_follow_ups: int = Field(description="Of these, what is neither done nor checked")
    overdue_follow_ups: int
    allowed_deeds: list[str]


class FollowUpIn(Body):
    """Something to be done after a consultation."""

    consultation_id: UUID
    task: Line
    owner_id: UUID
    due_on: Day


class FollowUpAssignmentIn(Body):
    """Another owner, or another day."""

    owner_id: UUID
    due_on: Day


class FollowUpResultIn(Body):
    """What was done."""

    result: Paragraph


class FollowUpCheckIn(Body):
    """That it was done as agreed."""

    comment: Paragraph | None = None


class FollowUpReopeningIn(Body):
    """What is still missing, and until when it is to be there."""

    comment: Paragraph
    due_on: Day


class FollowUpOut(BaseModel):
    """Something to be done after a consultation, and how it stands."""

    id: UUID
    consultation_id: UUID
    consultation_subject: str
    college_id: UUID | None = Field(description=_OFFICE)
    college_name: str | None
    task: str
    owner_id: UUID
    owner_name: str
    due_on: date
    is_overdue: bool = Field(description="The owner is waited for past the day")
    state: FollowUpState
    result: str | None
    comment: str | None
    checker_name: str | None
    allowed_deeds: list[str]
