"""What the bodies of guidance have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Year = Annotated[int, Field(ge=2000, le=2100, description="Calendar year")]


class Body(BaseModel):
    """A body that takes nothing it does not know."""

    model_config = ConfigDict(extra="forbid")
