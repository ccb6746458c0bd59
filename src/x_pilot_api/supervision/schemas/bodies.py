"""What all bodies of supervision have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from x_pilot_api.supervision.models.schemes import YEAR_MAX, YEAR_MIN

IndicatorCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$", strict=True)]
"""A code of small letters, digits and underscores."""

Year = Annotated[int, Field(strict=True, ge=YEAR_MIN, le=YEAR_MAX, examples=[2026])]
"""A calendar year."""

COUNT_MAX = 1_000_000_000

Count = Annotated[int, Field(strict=True, ge=0, le=COUNT_MAX)]
"""One side of what is stated."""


class Body(BaseModel):
    """A request that says nothing beyond its fields."""

    model_config = ConfigDict(extra="forbid")
