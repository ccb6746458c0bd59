"""What is asked and told of the colleges' assessments."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from x_pilot_api.core import texts
from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import Paragraph
from x_pilot_api.supervision.models import CollegeAssessmentState, RankingState
from x_pilot_api.supervision.schemas.bodies import Body, Count, IndicatorCode
from x_pilot_api.supervision.schemas.schemes import INDICATORS_MAX, CollegeIndicatorOut

NARRATIVE_MAX = 5_000


Narrative = Annotated[
    str, StringConstraints(min_length=1, max_length=NARRATIVE_MAX, strict=True), AfterValidator(texts.clean_lines)
]
"""What is said to an indicator: one paragraph a line."""


class CollegeEntryIn(Body):
    """What a college says to one indicator."""

    code: IndicatorCode
    numerator: Count | None = Field(default=None, description="Only where colleges state the figures")
    denominator: Count | None = Field(default=None, description="Only where colleges state the figures")
    narrative: Narrative | None = Field(
        default=None, repr=False, description="Words; where colleges state the figures, the evidence for them"
    )

    @model_validator(mode="after")
    def _both_sides(self) -> Self:
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("a numerator and a denominator are stated together")
        return self


class CollegeEntriesIn(Body):
    """All that a college says; an indicator that is left out has nothing said to it."""

    entries: list[CollegeEntryIn] = Field(max_length=INDICATORS_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({each.code for each in self.entries}) < len(self.entries):
            raise ValueError("entries must name no indicator twice")
        return self


class CollegeAdjustmentIn(Body):
    """Figures the office puts in the place of those a college stated."""

    code: IndicatorCode
    numerator: Count
    denominator: Count
    reason: Paragraph


class CollegeReviewIn(Body):
    """With what a self-assessment is confirmed."""

    comment: Paragraph | None = None
    adjustments: list[CollegeAdjustmentIn] = Field(default_factory=list, max_length=INDICATORS_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({each.code for each in self.adjustments}) < len(self.adjustments):
            raise ValueError("adjustments must name no indicator twice")
        return self


class CollegeReturnIn(Body):
    """Why a self-assessment is sent back."""

    comment: Paragraph


class CollegeTotalOut(BaseModel):
    """What an assessment comes to, as it was submitted last, with the office's adjustments."""

    points: HundredthsOut = Field(description="The indicators' points, added up")
    assessable_weight: int = Field(description="The weight of what has anything below the line; the rest is left out")
    score_percent: HundredthsOut | None = Field(description="Points of a hundred of that; null: nothing is assessable")


class CollegeAssessmentOut(BaseModel):
    """One college's assessment of one year."""

    id: UUID
    year: int
    college_id: UUID
    college_name: str
    scheme_id: UUID
    scheme_number: int
    closes_at: datetime = Field(description="The instant as of which its figures are computed")
    state: CollegeAssessmentState
    submissions: int = Field(description="How often it was submitted")
    self_assessed_by_name: str | None
    self_assessed_at: datetime | None
    reviewed_by_name: str | None
    comment: str | None = Field(description="The office's last comment")
    ranking: RankingState
    total: CollegeTotalOut | None = Field(description="Null: it was never submitted")
    missing_indicators: list[str] = Field(description="What the college has to state with evidence, and has not")
    allowed_deeds: list[str]


class CollegeChapterOut(CollegeIndicatorOut):
    """One indicator with what the college says to it, as it is being filled in."""

    stated_numerator: int | None
    stated_denominator: int | None
    narrative: str | None


class CollegeAssessmentDetailOut(CollegeAssessmentOut):
    """One assessment with its indicators."""

    indicators: list[CollegeChapterOut]


class CollegeCountOut(BaseModel):
    """Both sides of an indicator."""

    numerator: int
    denominator: int
    ratio_percent: HundredthsOut | None = Field(description="Null with nothing below the line")


class AdjustedCountOut(CollegeCountOut):
    """What the office put in the place of what a college stated."""

    reason: str


class IndicatorScoreOut(CollegeIndicatorOut):
    """One indicator as it counts: weight by ratio over target, at most the weight, rounded half up once."""

    value: CollegeCountOut | None = Field(description="As submitted, else as it stands; null: the college has to state")
    adjusted: AdjustedCountOut | None = Field(description="Counts in the place of the value")
    is_assessable: bool = Field(description="Whether there is anything below the line; what has not is left out")
    points: HundredthsOut | None = Field(description="Null: not assessable, which is no zero")
    narrative: str | None = Field(description="The college's words, as submitted")


class CollegeScoresOut(BaseModel):
    """All indicators of one assessment with their points."""

    as_of: datetime = Field(description="The instant as of which figures are computed")
    submission: int | None = Field(description="The submission whose figures are kept; null: none yet, nothing is kept")
    total: CollegeTotalOut
    indicators: list[IndicatorScoreOut]


class CollegeDecisionOut(BaseModel):
    """One answer of the office."""

    submission: int
    state: CollegeAssessmentState
    comment: str | None
    decided_by_name: str
    decided_at: datetime


class CollegeSubmissionOut(BaseModel):
    """One submission, and what it came to with the office's adjustments."""

    number: int
    as_of: datetime
    submitted_by_name: str
    submitted_at: datetime
    total: CollegeTotalOut


class CollegeHistoryOut(BaseModel):
    """Everything that was submitted and answered."""

    submissions: list[CollegeSubmissionOut]
    decisions: list[CollegeDecisionOut]
