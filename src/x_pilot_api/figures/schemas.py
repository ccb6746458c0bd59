"""What is told of figures."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.figures.models import FigureSpan, FigureUnit


class FigureDefinitionOut(BaseModel):
    """One figure of the catalogue in its newest version."""

    code: str = Field(examples=["pass_rate"])
    version: int = Field(description="Of the query; frozen figures keep the version they were computed with")
    span: FigureSpan = Field(description="period: what happened in the period; standing: what stood at the instant")
    unit: FigureUnit = Field(description="What both sides count; credits are hundredths")
    name_zh: str
    name_en: str
    numerator_zh: str
    numerator_en: str
    denominator_zh: str | None = Field(description="Null: a plain count")
    denominator_en: str | None
    not_kept_zh: str | None = Field(description="What of it no table remembers; it holds once it is frozen")
    not_kept_en: str | None


class FigureValueOut(BaseModel):
    """One figure of one college, as of an instant."""

    code: str
    version: int
    college_id: UUID
    numerator: int
    denominator: int | None = Field(description="Null: a plain count")


class FigureRowOut(BaseModel):
    """One row behind a figure, as it counted then."""

    object_kind: str = Field(examples=["registration"])
    object_id: UUID
    college_id: UUID
    label: str = Field(description="What people call it: student number and name, or what a certificate is called")
    happened_at: datetime | None = Field(description="When what is counted was recorded; null where nothing was")
    amount: int = Field(description="What it adds to that side; credits are hundredths")
