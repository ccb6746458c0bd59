"""What is asked and told of outside parties, of correspondence with them, and of the training they want."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.guidance.models import DemandGroup, DemandState, LetterDirection, Medium, PartyKind
from x_pilot_api.guidance.models.parties import HEAD_COUNT_MAX
from x_pilot_api.guidance.schemas.bodies import Body
from x_pilot_api.identity.schemas.parties import CreditCode

_OFFICE = "Null for the institution's office"


class OutsidePartyIn(Body):
    """An authority, association, employer or evaluation organisation to consult with (N(13))."""

    name: Line = Field(examples=["淮安市会计学会"])
    kind: PartyKind
    credit_code: CreditCode | None = Field(
        default=None,
        description="Unified social credit code (GB 32100-2015), its check digit right",
        examples=["91350100M000100Y43"],
    )
    remark: Paragraph | None = None


class OutsidePartyOut(BaseModel):
    """One party outside of the institution, and how much is known of it."""

    id: UUID
    name: str
    kind: PartyKind
    credit_code: str | None
    remark: str | None
    consultations: int = Field(description="Consultations with it that the caller sees")
    correspondence: int = Field(description="Letters, mails and calls that the caller sees")
    unanswered: int = Field(description="Of these, what an answer was due to before today and is not there")
    unmet_demands: int = Field(description="Wishes for training that nothing meets yet")


class CorrespondenceIn(Body):
    """A letter, mail or call to record; it is never changed, only answered."""

    party_id: UUID
    college_id: UUID | None = Field(description=_OFFICE)
    direction: LetterDirection
    medium: Medium
    sent_on: Day = Field(description="The day it was sent, came, or was spoken")
    subject: Line
    reference_number: Code | None = None
    summary: Paragraph
    answer_due_on: Day | None = Field(default=None, description="Until when an answer is expected, if one is")
    answers_id: UUID | None = Field(default=None, description="Which other letter, mail or call this answers")

    @model_validator(mode="after")
    def _answer_after_it(self) -> Self:
        if self.answer_due_on is not None and self.answer_due_on < self.sent_on:
            raise ValueError("answer_due_on must not be before sent_on")
        return self


class CorrespondenceOut(BaseModel):
    """One letter, mail or call."""

    id: UUID
    party_id: UUID
    party_name: str
    college_id: UUID | None = Field(description=_OFFICE)
    college_name: str | None
    direction: LetterDirection
    medium: Medium
    sent_on: date
    subject: str
    reference_number: str | None
    summary: str
    answer_due_on: date | None
    answered_by_id: UUID | None = Field(description="What answers it")
    answered_on: date | None
    is_unanswered: bool = Field(description="An answer was due before today and is not there")


class TrainingDemandIn(Body):
    """People a party wants to have trained (N(13), N(18))."""

    party_id: UUID
    college_id: UUID | None = Field(description=_OFFICE)
    demand_group: DemandGroup
    certificate_level_id: UUID
    head_count: Annotated[int, Field(strict=True, ge=1, le=HEAD_COUNT_MAX, description="Number of people")]
    wanted_from: Day
    wanted_to: Day

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.wanted_to < self.wanted_from:
            raise ValueError("wanted_to must not be before wanted_from")
        return self


class DemandMetIn(Body):
    """What meets a wish for training."""

    met_by: Line = Field(description="The class, as it is named or linked", examples=["2026年秋季财税班"])


class TrainingDemandOut(BaseModel):
    """People a party wants to have trained."""

    id: UUID
    party_id: UUID
    party_name: str
    college_id: UUID | None = Field(description=_OFFICE)
    college_name: str | None
    demand_group: DemandGroup
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    head_count: int
    wanted_from: date
    wanted_to: date
    state: DemandState
    met_by: str | None
    allowed_deeds: list[str]
