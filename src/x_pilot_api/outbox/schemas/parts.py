"""What the data of every kind of event is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0)]


class Data(BaseModel):
    """What stands in an event: what its kind says, and nothing else."""

    model_config = ConfigDict(extra="forbid")
