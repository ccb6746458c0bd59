"""What is asked and told of teach-out plans and scorecards."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import Paragraph
from x_pilot_api.governance.models import TeachOutKind


class TeachOutItemChange(BaseModel):
    """What to change of an item; what is left out stays, and what was counted always does."""

    model_config = ConfigDict(extra="forbid")

    due_on: date | None = None
    owner_id: UUID | None = Field(default=None, description="Somebody who holds a role in the institution")
    done_on: date | None = Field(default=None, description="Not in the future")
    remark: Paragraph | None = None


class TeachOutItemOut(BaseModel):
    """One thing that an exit leaves to be done."""

    id: UUID
    review_id: UUID
    kind: TeachOutKind
    subject_id: UUID = Field(
        description="The programme of students and of unused attempts, the rule of a mapping, the plan of registrations"
    )
    concerned: int = Field(description="How many students, attempts, rules or registrations there were when proposed")
    due_on: date
    owner_id: UUID
    done_on: date | None
    remark: str | None


class TeachOutOut(BaseModel):
    """What an exit leaves to be done, as it was counted when proposed; what is due first comes first."""

    review_id: UUID
    exit_on: date | None
    items: list[TeachOutItemOut]


class RateOut(BaseModel):
    """A share with what it is made of; null when there is nothing to divide by."""

    numerator: int
    denominator: int
    percent: HundredthsOut | None


class MeanOut(BaseModel):
    """An average with how many it is made of; null when there are none."""

    count: int
    mean: HundredthsOut | None


class PerThousandOut(BaseModel):
    """How many there are in a thousand; null when there is nothing to count among."""

    numerator: int
    denominator: int
    per_thousand: HundredthsOut | None


class ScorecardOut(BaseModel):
    """How a certificate, or all of an organisation's, did in the caller's institution."""

    organisation_id: UUID
    organisation_name: str
    certificate_id: UUID | None = Field(description="Null for all certificates of the organisation together")
    certificate_name: str | None
    pass_rate: RateOut = Field(description="Passed of those who sat the exam and have a final result")
    answer_hours: MeanOut = Field(description="From asking to answer, over the answers to quality feedback")
    waiting_answers: int = Field(description="Quality feedback that an answer is waited for")
    result_latency_days: MeanOut = Field(description="From the exam to the first final result, over registrations")
    corrections: PerThousandOut = Field(description="Corrected results among a thousand results")


class ScorecardsOut(BaseModel):
    """A certificate's scorecard beside that of its whole organisation."""

    certificate: ScorecardOut
    organisation: ScorecardOut
