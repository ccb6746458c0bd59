"""What is told of a guaranteed attempt."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.charges.models import GuaranteeCause, GuaranteeDeed, GuaranteeState
from x_pilot_api.core.texts import Code, Paragraph


class GuaranteeEventOut(BaseModel):
    """One thing that became of a guaranteed attempt, and how it stood afterwards."""

    number: int
    deed: GuaranteeDeed
    cause: GuaranteeCause
    state: GuaranteeState
    absences: int
    registration_id: UUID | None = Field(description="What it is about")
    document_number: str | None
    reason: str | None
    recorded_at: datetime


class GuaranteeOut(BaseModel):
    """A student's one guaranteed attempt."""

    id: UUID
    student_id: UUID
    state: GuaranteeState
    registration_id: UUID | None = Field(description="For which registration it is reserved, or was used")
    absences: int = Field(description="Unexcused ones that count: the first warns, the second uses it up")
    granted_at: datetime
    events: list[GuaranteeEventOut] = Field(description="The latest first; at most 50")


class GuaranteeRestoredIn(BaseModel):
    """For which registration the attempt comes back since the student was ill, and the document that says so."""

    model_config = ConfigDict(extra="forbid")

    registration_id: UUID
    document_number: Code
    reason: Paragraph
