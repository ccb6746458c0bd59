"""What the bodies of fees have in common: whole fen, and periods."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.fees.models import FEN_MAX

Fen = Annotated[int, Field(strict=True, gt=0, le=FEN_MAX, examples=[50300])]


class PeriodIn(BaseModel):
    """From when until before when."""

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
