"""What is asked and told of schemes and of years."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, model_validator

from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.supervision.models import CollegeSchemeState, RankingState
from x_pilot_api.supervision.models.schemes import TARGET_MAX, WHOLE_WEIGHT
from x_pilot_api.supervision.schemas.bodies import Body, IndicatorCode, Year

INDICATORS_MAX = 40


class IndicatorSource(StrEnum):
    """Where an indicator's figures come from."""

    FIGURE = "figure"
    MANUAL = "manual"


def _within_reach(target: int) -> int:
    if not 1 <= target <= TARGET_MAX:
        raise ValueError("must be above 0 and at most 1000.00")
    return target


class CollegeIndicatorIn(Body):
    """One indicator of a scheme: a figure of the catalogue, or both sides in words for colleges to state."""

    code: IndicatorCode = Field(examples=["pass"])
    name: Line = Field(examples=["证书通过率"])
    figure_code: IndicatorCode | None = Field(
        default=None, description="Of the catalogue of figures, bound in its newest version; null: colleges state it"
    )
    numerator: Line | None = Field(default=None, description="What colleges count; only without a figure")
    denominator: Line | None = Field(default=None, description="Out of what; only without a figure")
    weight: int = Field(strict=True, ge=1, le=WHOLE_WEIGHT, description="Whole points; all add up to 100")
    target_percent: Annotated[HundredthsIn, AfterValidator(_within_reach)] = Field(
        description="The ratio that brings the whole weight, as the institution's document has it", examples=["80.00"]
    )

    @model_validator(mode="after")
    def _counted_or_stated(self) -> Self:
        words = (self.numerator, self.denominator)
        if any(words) if self.figure_code else not all(words):
            raise ValueError("an indicator names a figure, or says what is counted out of what, and never both")
        return self


class CollegeSchemeIn(Body):
    """A version of the scheme; indicators, weights and targets are the institution's own, by a document."""

    name: Line = Field(examples=["二级学院 1+X 试点工作年度考核办法"])
    basis: Line = Field(description="The document that sets it", examples=["教〔2026〕31号"])
    first_year: Year = Field(description="The first calendar year it holds for")
    indicators: list[CollegeIndicatorIn] = Field(min_length=1, max_length=INDICATORS_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        codes = [each.code for each in self.indicators]
        figures = [each.figure_code for each in self.indicators if each.figure_code]
        if len(set(codes)) < len(codes) or len(set(figures)) < len(figures):
            raise ValueError("indicators must name no code and no figure twice")
        return self


class CollegeIndicatorOut(BaseModel):
    """One indicator of a scheme."""

    code: str
    name: str
    source: IndicatorSource
    figure_code: str | None
    figure_version: int | None = Field(description="The version of the figure's definition it is bound to")
    numerator_zh: str
    numerator_en: str
    denominator_zh: str
    denominator_en: str
    weight: int = Field(description="Whole points of a hundred")
    target_percent: HundredthsOut


class CollegeSchemeOut(BaseModel):
    """One version of the scheme."""

    id: UUID
    number: int
    name: str
    basis: str
    first_year: int
    last_year: int | None = Field(description="The last year it holds for, once another version followed")
    state: CollegeSchemeState
    indicators: list[CollegeIndicatorOut]
    allowed_deeds: list[str]


class AssessmentYearIn(Body):
    """A year to open for all colleges."""

    year: Year
    closes_at: AwareDatetime | None = Field(
        default=None, description="The instant as of which figures are computed; else the end of the year"
    )


class AssessmentYearOut(BaseModel):
    """One year the colleges are assessed for."""

    id: UUID
    year: int
    scheme_id: UUID
    scheme_number: int
    scheme_name: str
    closes_at: datetime
    ranking: RankingState
    withdrawal_reason: str | None = Field(description="Why the ranking was withdrawn last")
    colleges: int = Field(description="Of those the caller sees: all assessments of the year")
    self_assessed: int = Field(description="Of those: waiting for the office's review")
    reviewed: int
    allowed_deeds: list[str]


class YearOpenedOut(BaseModel):
    """What became of opening a year."""

    year: AssessmentYearOut
    opened: int = Field(description="Colleges that were given an assessment; those that had one keep it")


class RankingWithdrawalIn(Body):
    """Why a ranking is withdrawn."""

    reason: Paragraph


class RankedCollegeOut(BaseModel):
    """One college in a published ranking."""

    rank: int | None = Field(description="Equals share a rank; null: nothing of it was assessable")
    college_id: UUID
    college_name: str
    points: HundredthsOut
    assessable_weight: int
    score_percent: HundredthsOut | None = Field(description="Points of a hundred of what was assessable")


class CollegeRankingOut(BaseModel):
    """A published ranking of one year's colleges."""

    year: int
    scheme_name: str
    scheme_number: int
    closes_at: datetime
    colleges: list[RankedCollegeOut]
