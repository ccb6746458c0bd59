"""What is asked and told of cost ceilings and fee standards; money is whole fen."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.certificates.models import ExamForm, Level
from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Code, Line, Paragraph

_FEN_MAX = 100_000_000
Fen = Annotated[int, Field(strict=True, gt=0, le=_FEN_MAX, examples=[50300])]


class _PeriodIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    effective_from: Day = Field(description="The first day in force", examples=["2026-01-01"])
    effective_to: Day | None = Field(
        default=None, description="Exclusive: the first day no longer in force; null while no end is known"
    )

    @model_validator(mode="after")
    def end_after_the_beginning(self) -> Self:
        """Refuse a period without a day in it."""
        if self.effective_to is not None and self.effective_to <= self.effective_from:
            raise ValueError("effective_to is exclusive and must be after effective_from")
        return self


class FeeCeilingIn(_PeriodIn):
    """A published ceiling: for an exam form, or more specifically for one of its levels, or a category in that."""

    exam_form: ExamForm
    level: Level | None = Field(default=None, description="Null: for every level")
    category: Code | None = Field(default=None, description="Null: for every category; needs a level")
    amount_fen: Fen = Field(description="The most an exam may cost a person, in fen")
    document_number: Line = Field(description="The number of the document that publishes it")
    issuing_body: Line = Field(description="Who published it")

    @model_validator(mode="after")
    def category_within_a_level(self) -> Self:
        """Refuse a category that would cut across levels."""
        if self.category is not None and self.level is None:
            raise ValueError("category needs a level")
        return self


class FeeStandardIn(_PeriodIn):
    """A fee to be measured against the ceiling."""

    institution_id: UUID | None = Field(
        default=None, description="Needed only from an evaluation organisation's staff, who act in no institution"
    )
    certificate_level_id: UUID
    exam_form: ExamForm
    category: Code | None = Field(default=None, description="Lets the ceiling of the category apply, if there is one")
    fee_fen: Fen = Field(description="What an exam costs a person, in fen")
    basis: Paragraph = Field(description="How the fee was arrived at")


class FeeCeilingOut(BaseModel):
    """One ceiling; it never changes, a later one follows it."""

    id: UUID
    exam_form: str = Field(examples=["computer"])
    level: str | None = Field(description="Null: for every level")
    category: str | None = Field(description="Null: for every category")
    amount_fen: int = Field(examples=[60000])
    document_number: str
    issuing_body: str
    effective_from: date
    effective_to: date | None = Field(description="Exclusive: the first day no longer in force")
    recorded_at: datetime


class SuspendedStandardOut(BaseModel):
    """One fee standard that a new ceiling suspended, for it is above it."""

    id: UUID
    institution_id: UUID
    fee_fen: int


class FeeCeilingIssuedOut(FeeCeilingOut):
    """One ceiling as it was issued, and what it suspended."""

    suspended_standards: list[SuspendedStandardOut]


class FeeStandardOut(BaseModel):
    """The fee of one certificate level in one institution, exam form and period, with the ceiling it rests on."""

    id: UUID
    institution_id: UUID
    certificate_level_id: UUID
    exam_form: str = Field(examples=["computer"])
    category: str | None
    fee_fen: int = Field(examples=[50300])
    ceiling_id: UUID = Field(description="The ceiling that applies on the first day")
    ceiling_fen: int
    basis: str
    effective_from: date
    effective_to: date | None = Field(description="Exclusive: the first day no longer in force")
    state: str = Field(examples=["proposed"])
