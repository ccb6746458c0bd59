"""What is asked and told of students and teachers; document numbers are told masked only."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.registry.models import DocumentKind

_KEEPS = "Null: as it is"
EntryYear = Annotated[int, Field(strict=True, ge=1990, le=2100, examples=[2026])]


class TeacherIn(BaseModel):
    """A new teacher of a college."""

    model_config = ConfigDict(extra="forbid")

    college_id: UUID
    staff_number: Code = Field(examples=["T2026001"])
    name: Line


class TeacherChange(BaseModel):
    """What changes of a teacher."""

    model_config = ConfigDict(extra="forbid")

    college_id: UUID | None = Field(default=None, description=_KEEPS)
    staff_number: Code | None = Field(default=None, description=_KEEPS)
    name: Line | None = Field(default=None, description=_KEEPS)
    is_active: bool | None = Field(default=None, strict=True, description=_KEEPS)


class TeacherLinkIn(BaseModel):
    """Who signs in as a teacher."""

    model_config = ConfigDict(extra="forbid")

    person_id: UUID | None = Field(description="A person with the role teacher in the institution; null: nobody")


class TeacherOut(BaseModel):
    """One teacher."""

    id: UUID
    staff_number: str
    name: str
    college_id: UUID
    is_active: bool
    person_id: UUID | None = Field(description="Who signs in as this teacher")


class StudentIn(BaseModel):
    """A new student of a programme."""

    model_config = ConfigDict(extra="forbid")

    programme_id: UUID
    student_number: Code = Field(examples=["2026010001"])
    name: Line
    document_kind: DocumentKind = DocumentKind.RESIDENT_IDENTITY_CARD
    document_number: Code = Field(repr=False, description="Kept sealed; an identity number's check character must hold")
    class_name: Line = Field(examples=["会计2601"])
    entry_year: EntryYear


class StudentChange(BaseModel):
    """What changes of a student; programme and entry year with a reason, and kept in the student's standings."""

    model_config = ConfigDict(extra="forbid")

    programme_id: UUID | None = Field(default=None, description=_KEEPS)
    student_number: Code | None = Field(default=None, description=_KEEPS)
    name: Line | None = Field(default=None, description=_KEEPS)
    document_kind: DocumentKind = DocumentKind.RESIDENT_IDENTITY_CARD
    document_number: Code | None = Field(default=None, repr=False, description=_KEEPS)
    class_name: Line | None = Field(default=None, description=_KEEPS)
    entry_year: EntryYear | None = Field(default=None, description=_KEEPS)
    effective_on: Day | None = Field(default=None, description="Null: today")
    reason: Paragraph | None = Field(default=None, description="Needed for another programme or entry year")


class StudentMoveIn(BaseModel):
    """A change of a student's status."""

    model_config = ConfigDict(extra="forbid")

    deed: Code = Field(examples=["suspend"], description="One of the student's allowed_deeds")
    reason: Paragraph
    effective_on: Day | None = Field(default=None, description="Null: today")


class StudentOut(BaseModel):
    """One student."""

    id: UUID
    student_number: str
    name: str
    document_kind: str
    masked_document_number: str = Field(examples=["320102********1234"])
    programme_id: UUID
    college_id: UUID
    class_name: str
    entry_year: int
    status: str = Field(examples=["enrolled"])
    allowed_deeds: list[str] = Field(description="Changes of status that the caller may make now")


class StudentStandingOut(BaseModel):
    """How a student stood from a day on."""

    id: UUID
    status: str
    programme_id: UUID
    class_name: str
    entry_year: int
    effective_on: date
    reason: str | None
    recorded_at: datetime
