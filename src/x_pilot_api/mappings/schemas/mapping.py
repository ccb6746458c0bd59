"""What conversion rules look like outside: proposed, agreed, filed, published, read."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import Code, Paragraph
from x_pilot_api.mappings.models import Direction, MappingState

COURSES_MAX = 100


def _positive(value: int) -> int:
    if value == 0:
        raise ValueError("must be above 0")
    return value


EntryYear = Annotated[int, Field(strict=True, ge=1990, le=2100, examples=[2024])]
ContentHash = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MappingCourseIn(_Body):
    """One course of a rule."""

    course_id: UUID
    credit: Annotated[HundredthsIn, AfterValidator(_positive)] = Field(
        description="Above 0 and at most the course's own credits"
    )
    grade: Code = Field(examples=["良好"], description="The grade entered, or the least grade asked for")


class MappingIn(_Body):
    """A conversion rule to propose; the next version of its programme, level and direction."""

    programme_id: UUID
    certificate_level_id: UUID
    direction: Direction
    entry_year_from: EntryYear
    entry_year_to: EntryYear = Field(description="The last entry year, included")
    courses: list[MappingCourseIn] = Field(min_length=1, max_length=COURSES_MAX)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.entry_year_to < self.entry_year_from:
            raise ValueError("entry_year_to must not be before entry_year_from")
        if len({course.course_id for course in self.courses}) < len(self.courses):
            raise ValueError("courses must name no course twice")
        return self


class AgreementIn(_Body):
    """Which content is agreed to."""

    content_hash: ContentHash = Field(description="`content_hash` of the rule as it was read")


class FilingIn(_Body):
    """The credit bank's receipt of a rule."""

    filing_number: Code = Field(examples=["苏学分银行备〔2026〕12号"])
    filed_on: date = Field(description="Not in the future")


class PublicationIn(_Body):
    """When a rule holds: it counts for certificates earned on these days."""

    effective_from: date
    effective_to: date | None = Field(default=None, description="The first day it no longer holds; null is open")

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
    grade: str


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
    state: MappingState
    courses: list[MappingCourseOut]
    credit: HundredthsOut = Field(description="The sum over the courses")
    content_hash: str = Field(description="What both parties agree to")
    college_agreed: bool
    organisation_agreed: bool
    filing_number: str | None
    filed_on: date | None
    effective_from: date | None
    effective_to: date | None = Field(description="The first day it no longer holds; null is open")
    published_at: datetime | None
    allowed_deeds: list[str] = Field(examples=[["agree"]], description="What the caller may do next")
