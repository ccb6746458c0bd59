"""What is asked and told of incidents."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.texts import BothOut, Paragraph
from x_pilot_api.exam_days.models import Consequence, IncidentCategory, IncidentState
from x_pilot_api.exam_days.models.incidents import MINUTES_MAX

Minutes = Annotated[int, Field(ge=1, le=MINUTES_MAX, strict=True)]


class _ConsequenceIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    consequence: Consequence | None = Field(default=None, description="Null: what usually follows from the category")
    minutes: Minutes | None = Field(default=None, description="By how many minutes, where it extends the time")


class IncidentIn(_ConsequenceIn):
    """An incident as it is reported, with what should follow from it."""

    category: IncidentCategory
    occurred_at: AwareDatetime
    note: Paragraph = Field(description="What happened; it is sealed, and shown to who may read incidents", repr=False)
    registration_id: UUID | None = Field(default=None, description="The candidate, for illness, breach and late")
    room_id: UUID | None = Field(default=None, description="One room; null for the whole sitting")

    @model_validator(mode="after")
    def time_has_minutes(self) -> Self:
        """Refuse an extension without its minutes where it is asked for by name."""
        if self.consequence is not None and (self.consequence == Consequence.EXTENDS_TIME) != (
            self.minutes is not None
        ):
            raise ValueError("`minutes` goes with `extends_time`, and only with it")
        return self


class IncidentDecisionIn(BaseModel):
    """A second person's decision."""

    model_config = ConfigDict(extra="forbid")

    decision: Paragraph = Field(description="Why it is so decided")


class IncidentKindOut(BaseModel):
    """One category of incidents: whom it concerns and what can follow."""

    category: IncidentCategory
    name: BothOut
    of_a_candidate: bool
    usual_consequence: Consequence
    possible_consequences: list[Consequence]


class IncidentKindsOut(BaseModel):
    """Every category there is."""

    items: list[IncidentKindOut]


class IncidentOut(BaseModel):
    """One incident at a sitting, and what follows from it once a second person has confirmed it."""

    id: UUID
    institution_id: UUID
    sitting_id: UUID
    room_id: UUID | None
    registration_id: UUID | None
    category: IncidentCategory
    occurred_at: datetime
    note: str = Field(repr=False)
    consequence: Consequence
    minutes: int | None
    state: IncidentState
    reported_at: datetime
    decided_at: datetime | None
    decision: str | None
    concerned: int = Field(description="Registrations for which something follows; 0 until it is confirmed")
    allowed_deeds: list[str]
