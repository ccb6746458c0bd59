"""What is asked and told of a class's participants."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.awards.models import AwardState
from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Code, Line
from x_pilot_api.exams.models import RegistrationState
from x_pilot_api.registry.models import DocumentKind
from x_pilot_api.social_training.models import (
    HOURS_TENTHS_MAX,
    PLACES_MAX,
    ParticipantResult,
    ParticipantState,
    SocialGroup,
)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SocialParticipantIn(_Body):
    """Somebody to take part in a class; the document number is sealed."""

    name: Line = Field(repr=False)
    document_kind: DocumentKind = DocumentKind.RESIDENT_IDENTITY_CARD
    document_number: Code = Field(repr=False, description="Sealed, and never shown but masked")
    social_group: SocialGroup
    employer: Line | None = Field(default=None, description="Of an enterprise's employee always")
    consented_on: Day = Field(description="The day they agreed in writing to their data being kept for class and exam")


class SocialParticipantsIn(_Body):
    """People to take part in a class, one or many; all are added or none."""

    participants: list[SocialParticipantIn] = Field(min_length=1, max_length=PLACES_MAX)


class SocialRowFaultOut(BaseModel):
    """What is wrong with one row."""

    row: int
    column: str
    code: str
    detail: str


class SocialParticipantRowOut(BaseModel):
    """What became of one row, or with `validate_only` would."""

    row: int
    outcome: str = Field(examples=["added"], description="`added`, `rejoined` after withdrawing, or `refused`")


class SocialParticipantsOut(BaseModel):
    """What became of a list of participants, or with `validate_only` would."""

    validate_only: bool
    rows: int
    added: int
    rejoined: int = Field(description="Who had withdrawn and takes part again")
    outcomes: list[SocialParticipantRowOut]
    refused: list[SocialRowFaultOut] = Field(description="Only with `validate_only`: else one such row refuses all")


class AttendanceRowIn(_Body):
    """How long one participant attended, and how they ended."""

    participant_id: UUID
    attended_tenths: Annotated[int, Field(strict=True, ge=0, le=HOURS_TENTHS_MAX)] = Field(
        examples=[225], description="Tenths of an hour in all, in place of what was recorded before"
    )
    result: ParticipantResult | None = Field(default=None, description="Null while it is open")


class AttendancesIn(_Body):
    """Attendance and results of a class, for one or for all; all are recorded or none."""

    rows: list[AttendanceRowIn] = Field(min_length=1, max_length=PLACES_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({row.participant_id for row in self.rows}) < len(self.rows):
            raise ValueError("rows must name nobody twice")
        return self


class AttendancesOut(BaseModel):
    """How many participants' attendance was recorded."""

    recorded: int


class ParticipantExamOut(BaseModel):
    """The last exam a participant was registered for by the class, and the certificate that came of one."""

    registration_id: UUID
    exam_plan_id: UUID
    exam_plan_code: str
    exam_on: date
    admission_number: str | None
    registration_state: RegistrationState
    award_id: UUID | None
    award_number: str | None
    award_state: AwardState | None


class SocialParticipantOut(BaseModel):
    """One participant of a class."""

    id: UUID
    social_class_id: UUID
    name: str
    masked_document_number: str
    social_group: SocialGroup
    employer: str | None
    consented_on: date
    state: ParticipantState
    reason: str | None = Field(description="Of withdrawing")
    attended_tenths: int = Field(description="Tenths of an hour")
    result: ParticipantResult | None
    exam: ParticipantExamOut | None
    allowed_deeds: list[str]
