"""What is asked and told of registrations."""

from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
)


class RegistrationWish(BaseModel):
    """One student for one level."""

    model_config = ConfigDict(extra="forbid")

    student_id: UUID
    certificate_level_id: UUID


class RegistrationsIn(BaseModel):
    """Students a college registers for a plan; all are registered or none."""

    model_config = ConfigDict(extra="forbid")

    registrations: list[RegistrationWish] = Field(min_length=1, max_length=2_000)


class RegistrationOut(BaseModel):
    """One registration with its admission number."""

    id: UUID
    student_id: UUID
    certificate_level_id: UUID
    admission_number: str
    state: str


class RegistrationsOut(BaseModel):
    """The registrations that were made."""

    exam_plan_id: UUID
    registrations: list[RegistrationOut]


class CandidateOut(BaseModel):
    """One candidate as the organisation sees them: the document number only masked."""

    admission_number: str
    name: str
    masked_document_number: str = Field(examples=["110105********002X"])
    certificate_level_id: UUID
    level: str
    state: str
