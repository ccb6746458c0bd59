"""What is asked and told of cost ceilings; money is whole fen."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from x_pilot_api.certificates.models import ExamForm, Level
from x_pilot_api.core.texts import Code, Line
from x_pilot_api.fees.schemas.amounts import Fen, PeriodIn


class FeeCeilingIn(PeriodIn):
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
    ended_on: date | None = Field(description="Where it was published: the first day no longer in force")


class LoadFaultOut(BaseModel):
    """What is wrong with one row of a file."""

    row: int
    column: str
    code: str
    detail: str


class FeeCeilingsIssuedOut(BaseModel):
    """What became of a file of ceilings, or with `validate_only` would become of it."""

    validate_only: bool
    rows: int
    ceilings: list[FeeCeilingOut]
    suspended_standards: list[SuspendedStandardOut]
    refused: list[LoadFaultOut] = Field(description="Empty unless `validate_only`: otherwise the whole file is refused")


class FeeCeilingIssuedOut(FeeCeilingOut):
    """One ceiling as it was issued, and what it suspended."""

    suspended_standards: list[SuspendedStandardOut]
