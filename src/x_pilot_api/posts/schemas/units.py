"""What is asked and told of the province's lead units."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line
from x_pilot_api.posts.models import LeadUnitOutcome

ROWS_MAX = 500
NAMED_MAX = 30

UnitDocument = Annotated[
    Line, Field(examples=["苏教职函〔2020〕11号"], description="The document that names the units")
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LeadUnitRowIn(_Body):
    """One line of the list: a category of certificates and the unit that leads its group in the province."""

    category: Line = Field(examples=["财经商贸类"])
    unit_name: Line = Field(examples=["江苏财经职业技术学院"])
    certificate_names: list[Line] = Field(
        default_factory=list[Line], max_length=NAMED_MAX, description="As the catalogue writes them"
    )


class LeadUnitListIn(_Body):
    """A list of lead units as one document names them, for one term; appendix 2 of the notice."""

    document: UnitDocument
    valid_from: Day
    valid_to: Day | None = Field(default=None, description="The last day; null until another list follows")
    rows: list[LeadUnitRowIn] = Field(min_length=1, max_length=ROWS_MAX)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to must not be before valid_from")
        if len({row.category for row in self.rows}) < len(self.rows):
            raise ValueError("rows must name no category twice")
        return self


class LeadUnitEndIn(_Body):
    """Ending a unit's lead by a document."""

    valid_to: Day = Field(description="The last day")
    document: UnitDocument


class LeadUnitCertificateOut(BaseModel):
    """One certificate standard of a category."""

    certificate_id: UUID
    certificate_name: str


class LeadUnitOut(BaseModel):
    """The unit that leads the province's group for a category in one term; both days are part of it."""

    id: UUID
    category: str
    unit_name: str
    document: str
    end_document: str | None
    valid_from: date
    valid_to: date | None
    certificates: list[LeadUnitCertificateOut]
    can_end: bool = Field(description="Whether the caller may end it, since it has no last day yet")


class LeadUnitRowOut(BaseModel):
    """What became of one line of a list, in its order."""

    row: int = Field(ge=1, description="Its place in the list, from 1")
    category: str
    outcome: LeadUnitOutcome
    code: str | None = Field(description="Why it was refused: `certificates_unknown` or `later_term_exists`")
    unknown: list[str] = Field(description="Names that the catalogue does not have")
    lead_unit_id: UUID | None


class LeadUnitListOut(BaseModel):
    """What became of a list."""

    rows: list[LeadUnitRowOut]
    added: int
    succeeded: int = Field(description="Followed another unit, whose term was ended on the day before")
    unchanged: int
    refused: int
