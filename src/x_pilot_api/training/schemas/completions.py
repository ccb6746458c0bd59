"""What is asked and told of completions, trainings elsewhere and teachers' own certificates."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.training.models import OutsideState, TrainingOrigin
from x_pilot_api.training.schemas.cycles import DocumentNumber, Hours


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OutsideTrainingIn(_Body):
    """A training a teacher did elsewhere, such as a national course (N(6)), by its document."""

    teacher_id: UUID
    title: Line
    organiser: Line = Field(examples=["教育部全国重点建设职教师资培养培训基地"])
    origin: TrainingOrigin
    certificate_level_id: UUID | None = None
    hours: Hours
    is_x_module: bool = Field(strict=True, description="Its hours count toward the X module of N(6)")
    completed_on: Day
    document_number: DocumentNumber


class OutsideDecisionIn(_Body):
    """What whoever decides says about it."""

    remark: Paragraph | None = None


class OutsideRefusalIn(_Body):
    """Why it does not count."""

    remark: Paragraph


class OutsideTrainingOut(BaseModel):
    """One training elsewhere; it counts once it is confirmed."""

    id: UUID
    teacher_id: UUID
    staff_number: str
    teacher_name: str
    college_id: UUID
    college_name: str
    title: str
    organiser: str
    origin: TrainingOrigin
    certificate_level_id: UUID | None
    certificate_name: str | None
    level: str | None
    hours: int = Field(description="Whole class hours")
    is_x_module: bool
    completed_on: date
    document_number: str
    state: OutsideState
    remark: str | None
    recorded_at: datetime
    allowed_deeds: list[str] = Field(examples=[["confirm", "refuse"]], description="What the caller may do next")


class TrainingCompletionOut(BaseModel):
    """One completed training: evidence toward the cycle it falls into, unless it was reversed."""

    id: UUID
    teacher_id: UUID
    staff_number: str
    teacher_name: str
    college_id: UUID
    college_name: str
    title: str
    enrolment_id: UUID | None
    outside_training_id: UUID | None
    certificate_level_id: UUID | None
    certificate_name: str | None
    level: str | None
    hours: int = Field(description="Whole class hours attended")
    is_x_module: bool
    completed_on: date
    recorded_at: datetime
    reversed_because: str | None = Field(description="Null while it counts")
    reversed_at: datetime | None
    allowed_deeds: list[str] = Field(examples=[["reverse"]], description="What the caller may do next")


class TeacherCertificateIn(_Body):
    """A certificate that a teacher holds: of the catalogue, or another by its name."""

    teacher_id: UUID
    certificate_level_id: UUID | None = None
    name: Line = Field(examples=["中级会计师"])
    issuer: Line
    certificate_number: Code
    issued_on: Day
    expires_on: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.expires_on is not None and self.expires_on <= self.issued_on:
            raise ValueError("expires_on must be after issued_on")
        return self


class TeacherCertificateOut(BaseModel):
    """One certificate a teacher holds."""

    id: UUID
    teacher_id: UUID
    staff_number: str
    teacher_name: str
    college_id: UUID
    college_name: str
    certificate_level_id: UUID | None
    level: str | None
    name: str
    issuer: str
    certificate_number: str
    issued_on: date
    expires_on: date | None
    has_expired: bool
    allowed_deeds: list[str] = Field(examples=[["remove"]], description="What the caller may do next")
