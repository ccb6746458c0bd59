"""What conversion rules look like outside: proposed, agreed, filed, published, read."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.mappings.models import Direction, MappingState

COURSES_MAX = 100
LINES_MAX = 200


def _positive(value: int) -> int:
    if value == 0:
        raise ValueError("must be above 0")
    return value


EntryYear = Annotated[int, Field(strict=True, ge=1990, le=2100, examples=[2024])]
ContentHash = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


Percent = Annotated[int, Field(strict=True, ge=1, le=100, examples=[50])]


class MappingCourseIn(_Body):
    """One course of a rule."""

    course_id: UUID
    credit: Annotated[HundredthsIn, AfterValidator(_positive)] = Field(
        description="Above 0 and at most the course's own credits"
    )
    grade: Code | None = Field(
        default=None,
        examples=["良好"],
        description="The grade entered, or the least grade asked for; null: the one that `grades` gives",
    )


class MappingGradeIn(_Body):
    """One line of the table of grades entered."""

    score_from: HundredthsIn = Field(description="From this score of the certificate on")
    grade: Code = Field(examples=["优秀"])


class MappingOffsetIn(_Body):
    """What one passed course offsets of an assessment's component."""

    component_code: Code = Field(examples=["theory"])
    course_id: UUID = Field(description="One of the rule's courses; its `grade` is the least that counts")
    share_percent: Percent = Field(description="100: the whole component; the shares of several courses add up")
    counts_as_percent: Annotated[int, Field(strict=True, ge=0, le=100, examples=[80])] | None = Field(
        default=None, description="What the share counts as, in percent of its mark; without it nobody is exempted"
    )


class MappingCoverageIn(_Body):
    """How much of a unit one course covers."""

    course_id: UUID
    percent: Percent


class MappingUnitIn(_Body):
    """One unit of the certificate's standard; a rule that counts units names all of them."""

    code: Code
    name: Line
    weight_percent: Percent = Field(description="Of the whole standard; the weights add up to 100")
    covered_by: list[MappingCoverageIn] = Field(default_factory=list[MappingCoverageIn], max_length=COURSES_MAX)


class MappingIn(_Body):
    """A conversion rule to propose; the next version of its programme, level and direction."""

    programme_id: UUID
    certificate_level_id: UUID
    direction: Direction
    entry_year_from: EntryYear
    entry_year_to: EntryYear = Field(description="The last entry year, included")
    courses: list[MappingCourseIn] = Field(min_length=1, max_length=COURSES_MAX)
    grades: list[MappingGradeIn] = Field(
        default_factory=list[MappingGradeIn], max_length=LINES_MAX, description="For `certificate_to_course`"
    )
    offsets: list[MappingOffsetIn] = Field(
        default_factory=list[MappingOffsetIn],
        max_length=LINES_MAX,
        description="For `course_to_assessment`; components of the level's present scheme",
    )
    units: list[MappingUnitIn] = Field(default_factory=list[MappingUnitIn], max_length=LINES_MAX)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.entry_year_to < self.entry_year_from:
            raise ValueError("entry_year_to must not be before entry_year_from")
        if len({course.course_id for course in self.courses}) < len(self.courses):
            raise ValueError("courses must name no course twice")
        return self


class MappingChange(_Body):
    """What changes in a rule that is not approved yet; a list that is given replaces the whole list."""

    entry_year_from: EntryYear | None = None
    entry_year_to: EntryYear | None = None
    courses: list[MappingCourseIn] | None = Field(default=None, min_length=1, max_length=COURSES_MAX)
    grades: list[MappingGradeIn] | None = Field(default=None, max_length=LINES_MAX)
    offsets: list[MappingOffsetIn] | None = Field(default=None, max_length=LINES_MAX)
    units: list[MappingUnitIn] | None = Field(default=None, max_length=LINES_MAX)


class AgreementIn(_Body):
    """Which content is agreed to."""

    content_hash: ContentHash = Field(description="`content_hash` of the rule as it was read")


class FilingIn(_Body):
    """The credit bank's receipt of a rule."""

    filing_number: Code = Field(examples=["苏学分银行备〔2026〕12号"])
    filed_on: Day = Field(description="Not in the future")
    document: Line | None = Field(default=None, description="The document that was filed")


class PublicationIn(_Body):
    """When a rule holds: it counts for certificates earned on these days."""

    effective_from: Day
    effective_to: Day | None = Field(default=None, description="The first day it no longer holds; null is open")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.effective_to is not None and self.effective_to <= self.effective_from:
            raise ValueError("effective_to must be after effective_from")
        return self


class WithdrawalIn(_Body):
    """Why a rule is withdrawn."""

    reason: Paragraph


class MappingCourseOut(BaseModel):
    """One course of a rule."""

    course_id: UUID
    code: str
    name: str
    credit: HundredthsOut
    grade: str | None = Field(description="Null: the one that `grades` gives")


class MappingGradeOut(BaseModel):
    """One line of the table of grades entered: from this score on, this grade."""

    score_from: HundredthsOut
    grade: str


class MappingOffsetOut(BaseModel):
    """What one passed course offsets of an assessment's component."""

    component_code: str
    component_name: str
    course_id: UUID
    share_percent: int
    counts_as_percent: int | None = Field(description="In percent of the mark; null: the rule exempts nobody yet")


class MappingCoverageOut(BaseModel):
    """How much of a unit one course covers."""

    course_id: UUID
    percent: int


class MappingUnitOut(BaseModel):
    """One unit of the certificate's standard, and how much of it the rule's courses cover."""

    code: str
    name: str
    weight_percent: int
    covered_percent: int
    covered_by: list[MappingCoverageOut]


class MappingOut(BaseModel):
    """One version of a conversion rule."""

    id: UUID
    institution_id: UUID
    programme_id: UUID
    programme_code: str = Field(examples=["530301"])
    programme_name: str
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"], description="1 elementary, 2 intermediate, 3 advanced")
    direction: Direction
    entry_year_from: int
    entry_year_to: int = Field(description="The last entry year, included")
    version: int
    revises_id: UUID | None = Field(description="The version this one was made from")
    state: MappingState
    courses: list[MappingCourseOut]
    credit: HundredthsOut = Field(description="The sum over the courses")
    grades: list[MappingGradeOut]
    offsets: list[MappingOffsetOut]
    units: list[MappingUnitOut]
    coverage_percent: HundredthsOut | None = Field(
        description="How much of the standard the courses cover, by weight; null while no units are named"
    )
    content_hash: str = Field(description="What both parties agree to")
    college_agreed: bool
    organisation_agreed: bool
    filing_number: str | None
    filed_on: date | None
    filing_document: str | None
    effective_from: date | None
    effective_to: date | None = Field(description="The first day it no longer holds; null is open")
    published_at: datetime | None
    allowed_deeds: list[str] = Field(examples=[["agree"]], description="What the caller may do next")


class MappingDifferenceOut(BaseModel):
    """One thing that two versions say differently."""

    place: str = Field(examples=["courses/K1/credit"])
    before: str | None = Field(description="Null: the first version does not say it")
    after: str | None = Field(description="Null: the second version does not say it")


class MappingDifferencesOut(BaseModel):
    """How one version of a rule differs from another."""

    before_id: UUID
    before_version: int
    after_id: UUID
    after_version: int
    differences: list[MappingDifferenceOut]
