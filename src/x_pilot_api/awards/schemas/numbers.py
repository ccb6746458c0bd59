"""What is asked and told of how certificates are numbered."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from x_pilot_api.awards import number_patterns
from x_pilot_api.core.texts import Line, clean


def _pattern(text: str) -> str:
    number_patterns.refuse_pattern(text)
    return text


Pattern = Annotated[
    str,
    StringConstraints(min_length=1, max_length=120, strict=True),
    AfterValidator(clean),
    AfterValidator(_pattern),
    Field(
        examples=["JS{year}{level}{institution}{serial:6}{check}"],
        description="Text with {year}, {level}, {institution}, one {serial:N} of 3 to 10 digits, {check} at the end",
    ),
]


class NumberPatternIn(BaseModel):
    """A new version of how an organisation numbers its certificates, or one of them."""

    model_config = ConfigDict(extra="forbid")

    certificate_id: UUID | None = Field(default=None, description="Null: for all that have no pattern of their own")
    pattern: Pattern
    basis: Line = Field(description="The document that decides it")
    effective_from: date = Field(description="The first exam day whose certificates are numbered by it")


class NumberPatternOut(BaseModel):
    """One version of a pattern; it never changes, a later one follows it."""

    id: UUID
    organisation_id: UUID
    certificate_id: UUID | None
    version: int
    pattern: str
    basis: str
    effective_from: date
    recorded_at: datetime


class PatternPreviewIn(BaseModel):
    """A pattern to be looked at; nothing is set by it."""

    model_config = ConfigDict(extra="forbid")

    pattern: Pattern
    level: Annotated[str, Field(pattern="^[123]$", examples=["2"])]
    institution_code: Annotated[str, Field(pattern="^[0-9]{10}$", examples=["4132010001"])]
    year: int = Field(ge=2000, le=2999, strict=True)


class PatternPreviewOut(BaseModel):
    """What a pattern comes to."""

    numbers: list[str] = Field(description="The first three numbers")
    serials: int = Field(description="How many certificates it numbers before its serial is at its end")
    may_clash: bool = Field(description="It names no institution: two institutions could give the same number")


class NumberClashOut(BaseModel):
    """One certificate number that is borne at several institutions; each of them has it once."""

    id: UUID
    organisation_id: UUID
    number: str
    institution_ids: list[UUID]
    found_at: datetime
    seen_at: datetime = Field(description="When it was last found to be so")
