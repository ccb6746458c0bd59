"""What is asked and told of reviews: policies, proposals, votes, results, exits."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from x_pilot_api.certificates.models import ExcuseCode, ReviewPurpose, ReviewState, SeatState
from x_pilot_api.core.days import Day
from x_pilot_api.core.db import JsonObject
from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import Line, Paragraph

_SCORE_MAX_HUNDREDTHS = 10_000
PANEL_MAX = 50


def _score(value: int) -> int:
    if value > _SCORE_MAX_HUNDREDTHS:
        raise ValueError("must be at most 100.00")
    return value


Score = Annotated[HundredthsIn, AfterValidator(_score)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReviewPolicyIn(_Body):
    """What an admission takes from a day on; a review keeps the version it was begun with."""

    effective_from: Day = Field(description="Not before the day of the version before it")
    quorum: int = Field(strict=True, ge=1, le=PANEL_MAX, description="At least so many votes decide")
    industry_fit_min: Score = Field(description="The average to reach, of 100.00")
    employer_recognition_min: Score = Field(description="The average to reach, of 100.00")
    basis: Line = Field(description="The document it rests on")


class ReviewPolicyOut(BaseModel):
    """One version of what an admission takes."""

    id: UUID
    version: int
    effective_from: date
    quorum: int
    industry_fit_min: HundredthsOut
    employer_recognition_min: HundredthsOut
    basis: str


class ReviewIn(_Body):
    """A certificate to admit at a college."""

    college_id: UUID
    certificate_id: UUID
    grounds: Paragraph = Field(description="Why: the industry's need, the employers that recognise it")


class ReviewChange(_Body):
    """What to change of a draft."""

    grounds: Paragraph


class PanelIn(_Body):
    """The experts who are to vote."""

    person_ids: list[UUID] = Field(min_length=1, max_length=PANEL_MAX)


class VoteIn(_Body):
    """One expert's vote; it is given once."""

    industry_fit: Score = Field(description="Of 100.00")
    employer_recognition: Score = Field(description="Of 100.00")
    opinion: Paragraph


class ExcuseIn(_Body):
    """Why an expert has a conflict of interest."""

    reason: Paragraph


class DecisionIn(_Body):
    """Why the office decides so on an exit."""

    reason: Paragraph


class ExitIn(_Body):
    """An exit to propose."""

    college_id: UUID
    certificate_id: UUID
    grounds: Paragraph
    exit_on: Day = Field(description="Who is registered before this day still finishes; not before today")


class SeatOut(BaseModel):
    """One expert's place in a review."""

    id: UUID
    person_id: UUID
    state: SeatState
    excuse_code: ExcuseCode | None
    excuse_reason: str | None
    industry_fit: HundredthsOut | None
    employer_recognition: HundredthsOut | None
    opinion: str | None
    voted_at: datetime | None


class ReviewResultOut(BaseModel):
    """What the votes came to, beside what they had to reach."""

    policy_version: int
    quorum: int
    votes: int
    industry_fit: HundredthsOut = Field(description="The average, rounded; the sum decides")
    industry_fit_min: HundredthsOut
    employer_recognition: HundredthsOut
    employer_recognition_min: HundredthsOut
    reasons: list[str] = Field(description="Codes of what was not reached; empty when admitted")


class ReviewOut(BaseModel):
    """One review of a certificate at a college."""

    id: UUID
    institution_id: UUID
    college_id: UUID
    college_name: str
    certificate_id: UUID
    certificate_name: str
    organisation_id: UUID
    organisation_name: str
    purpose: ReviewPurpose
    state: ReviewState
    grounds: str
    proposed_at: datetime
    exit_on: date | None = Field(description="For exits: the first day the college no longer runs it")
    result: ReviewResultOut | None = Field(description="For admissions, once decided")
    decision: str | None = Field(description="For exits, once decided: why")
    decided_at: datetime | None
    seats: Sequence[SeatOut] = Field(
        description="The office sees all, an expert their own, a college's staff all once it is decided"
    )
    scorecard: str = Field(description="Where the certificate's scorecard stands, to read beside this")
    teach_out: str | None = Field(description="For exits: where the teach-out plan stands")
    allowed_deeds: list[str] = Field(examples=[["submit"]], description="What the caller may do next")


class ReviewEventOut(BaseModel):
    """One deed in a review's history."""

    id: UUID
    at: datetime
    deed: str
    actor_id: UUID
    detail: JsonObject
    before: JsonObject | None
    after: JsonObject | None
