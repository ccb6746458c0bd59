"""What is asked and told of registrations."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.charges.models import GuaranteeState
from x_pilot_api.charges.schemas import ChargesRaisedOut
from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.exams.models import Channel, RegistrationState
from x_pilot_api.registry.models import DocumentKind

REGISTRATIONS_MAX = 2_000
"""Of one list, file or cohort."""


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RegistrationWish(_In):
    """One student for one level, in a sitting they name or in whichever has a seat."""

    student_id: UUID
    certificate_level_id: UUID
    sitting_id: UUID | None = None


class RegistrationsIn(_In):
    """Students a college registers for a plan, whose confirmation it holds; all are registered or none."""

    registrations: list[RegistrationWish] = Field(min_length=1, max_length=REGISTRATIONS_MAX)
    channel: Channel = Field(
        default=Channel.STUDENT, description="`social` for students whose programme takes no part: without a quota"
    )
    college_id: UUID | None = Field(
        default=None, description="Of the social channel: which college registers them; else each student's own"
    )


class CohortRegistrationIn(_In):
    """A cohort to register for one level: everybody of a programme and entry year who may be."""

    programme_id: UUID
    entry_year: int = Field(ge=1990, le=2100)
    class_name: Line | None = None
    certificate_level_id: UUID
    sitting_id: UUID | None = None


class SocialCandidateIn(_In):
    """Somebody who is no student of the institution, for one level; the document number is sealed."""

    name: Line
    document_kind: DocumentKind = DocumentKind.RESIDENT_IDENTITY_CARD
    document_number: Code = Field(repr=False, description="Sealed, and never shown but masked")
    employer: Line | None = None
    certificate_level_id: UUID
    sitting_id: UUID | None = None


class SocialCandidatesIn(_In):
    """Social candidates a college registers for a plan; all are registered or none."""

    college_id: UUID
    candidates: list[SocialCandidateIn] = Field(min_length=1, max_length=500)


class RegistrationIdsIn(_In):
    """Registrations of one plan to be decided in one statement; all or none."""

    registration_ids: list[UUID] = Field(min_length=1, max_length=REGISTRATIONS_MAX)

    @model_validator(mode="after")
    def name_each_once(self) -> Self:
        """Refuse a registration that is named twice."""
        if len(set(self.registration_ids)) != len(self.registration_ids):
            raise ValueError("a registration is named twice")
        return self


class RefusedRegistrationsIn(RegistrationIdsIn):
    """Registrations of one plan that a college refuses, and why."""

    reason: Paragraph


class RegistrationWithdrawalIn(_In):
    """Why a registration is withdrawn."""

    reason: Paragraph


class RegisteredOut(BaseModel):
    """One registration that was made or accepted; it waits without a number while no seat is free."""

    id: UUID
    student_id: UUID | None
    certificate_level_id: UUID
    admission_number: str | None
    sitting_id: UUID | None
    state: RegistrationState


class RegistrationsOut(BaseModel):
    """The registrations that were made or accepted."""

    exam_plan_id: UUID
    registrations: list[RegisteredOut]


class NotRegisteredOut(BaseModel):
    """One item of a list that was not registered, and why."""

    row: int | None = Field(description="Of a file: its row, as the file counts")
    column: str | None
    student_id: UUID | None
    code: str
    detail: str


class ManyRegisteredOut(BaseModel):
    """What became of a cohort or a file, or, with `validate_only`, what would."""

    exam_plan_id: UUID
    validate_only: bool
    asked: int
    accepted: int
    waiting: int
    registrations: list[RegisteredOut]
    refused: list[NotRegisteredOut]


class RegistrationsDecidedOut(BaseModel):
    """How many registrations of a plan a deed changed."""

    exam_plan_id: UUID
    changed: int


class RegistrationsLockedOut(RegistrationsDecidedOut):
    """How many registrations of a plan were locked, and what they were charged."""

    charged: ChargesRaisedOut


class RegistrationOut(BaseModel):
    """One registration as whoever may see it sees it: the document number only masked."""

    id: UUID
    institution_id: UUID
    exam_plan_id: UUID
    certificate_level_id: UUID
    level: str
    student_id: UUID | None
    name: str
    masked_document_number: str = Field(examples=["110105********002X"])
    employer: str | None
    college_id: UUID
    channel: Channel
    state: RegistrationState
    admission_number: str | None
    wished_sitting_id: UUID | None
    sitting_id: UUID | None
    wished_at: datetime
    confirmed_at: datetime | None
    accepted_at: datetime | None
    locked_at: datetime | None
    offered_until: datetime | None = Field(description="Until then an offered seat has to be taken")
    reason: str | None
    changed_at: datetime
    allowed_deeds: list[str] = Field(examples=[["withdraw"]])


class RegistrationPageOut(BaseModel):
    """One page of registrations; what was refused or withdrawn stays listed, and tells a reader that it is gone."""

    items: list[RegistrationOut]
    next_page_token: str | None = Field(description="Opaque; null on the last page")
    total: int | None = Field(description="Only with `include=total`")
    generated_at: datetime = Field(description="When the page was read: the next `modified_since`")


class GroundOut(BaseModel):
    """One ground of eligibility: what it asks, whether that is met, and the figures it rests on."""

    code: str = Field(examples=["beyond_quota"])
    asks: str
    is_met: bool
    detail: str | None = Field(description="Why it is not met")
    fix: str | None
    figures: dict[str, Any]


class EligibilityOut(BaseModel):
    """Whether a student can be registered for a level of a plan, ground by ground."""

    exam_plan_id: UUID
    student_id: UUID
    certificate_level_id: UUID
    sitting_id: UUID | None
    channel: Channel
    is_open: bool = Field(description="Whether the plan takes registrations today")
    is_eligible: bool
    grounds: list[GroundOut]
    seats_free: int | None = Field(description="Null where the plan has no sittings for the level, and no limit")
    waiting: int = Field(description="How many wait for a seat in the level")
    guarantee: GuaranteeState | None = Field(
        description="The guaranteed attempt: an available one is reserved with the seat; null: none was granted"
    )


class ExemptComponentOut(BaseModel):
    """How much of a component a candidate is exempt from; of one that is exempt in whole no score is sent."""

    component_code: str = Field(examples=["theory"])
    share_percent: int


class CandidateOut(BaseModel):
    """One candidate as the organisation sees them: the document number only masked."""

    admission_number: str
    name: str
    masked_document_number: str = Field(examples=["110105********002X"])
    certificate_level_id: UUID
    level: str
    state: str
    exempt_components: list[ExemptComponentOut]
