"""What is asked and told of issued certificates and of their papers."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.awards.models import AwardState, PrintState, ReissueGround, ReissueState
from x_pilot_api.core.texts import Code, Line, Paragraph

PAPERS_MAX = 1_000


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AwardOut(BaseModel):
    """One certificate level issued to one person, as its newest paper says."""

    id: UUID
    institution_id: UUID
    number: str = Field(description="The certificate's number: the organisation's own where it gave one")
    verification_code: str = Field(description="Opens GET /v1/verify/{code}")
    holder_name: str
    student_id: UUID | None = Field(description="Null for a social candidate")
    certificate_id: UUID
    certificate_name: str
    certificate_level_id: UUID
    level: str = Field(examples=["2"], description="1 elementary, 2 intermediate, 3 advanced")
    organisation_id: UUID
    issued_on: date = Field(description="The first award's date; another paper does not change it")
    state: str = Field(examples=["valid"])
    revoked_at: datetime | None
    revoked_reason: str | None
    print_state: PrintState
    copies: int = Field(description="How often it was issued anew")
    allowed_deeds: list[str] = Field(examples=[["suspend", "propose_reissue"]])


class AwardChangeOut(BaseModel):
    """One change of where a certificate stands."""

    state: AwardState
    reason: str
    changed_at: datetime


class PaperOut(BaseModel):
    """One paper of a certificate, the first one's serial being 0; the one after it took its place."""

    serial: int
    number: str
    verification_code: str
    holder_name: str
    ground: ReissueGround | None = Field(description="Why it was issued anew; null for the first one")
    issued_at: datetime
    is_current: bool


class PrintStepOut(BaseModel):
    """One step of a paper."""

    copy_serial: int
    state: PrintState
    changed_at: datetime


class AwardWholeOut(BaseModel):
    """One certificate with everything that happened to it."""

    award: AwardOut
    leaf: str = Field(description="Its leaf in the institution's log, hexadecimal; a proof of it is for everybody")
    papers: list[PaperOut] = Field(description="The chain from the first number and code to the present ones")
    changes: list[AwardChangeOut]
    print_steps: list[PrintStepOut]


class AwardReasonIn(_Body):
    """Why a certificate is suspended, or stands again."""

    reason: Paragraph


class ReissueIn(_Body):
    """Another paper for a certificate: it was lost or damaged, or the holder's name was wrong on it."""

    ground: ReissueGround
    holder_name: Line | None = Field(default=None, repr=False, description="Only for name_corrected: the right name")
    number: Code | None = Field(default=None, description="The organisation's own new number; else the pattern's")
    reason: Paragraph
    evidence: Line = Field(description="The document it rests on, such as the number of a notice of loss")

    @model_validator(mode="after")
    def _name_for_a_correction(self) -> Self:
        if (self.ground == ReissueGround.NAME_CORRECTED) != (self.holder_name is not None):
            raise ValueError("holder_name belongs to name_corrected, and to nothing else")
        return self


class ReissueDecisionIn(_Body):
    """Why a reissue is refused."""

    reason: Paragraph


class ReissueOut(BaseModel):
    """One wish for another paper, and the paper that came of it."""

    id: UUID
    institution_id: UUID
    award_id: UUID
    ground: ReissueGround
    holder_name: str | None
    reason: str
    evidence: str
    state: ReissueState
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str | None
    old_number: str
    new_number: str | None = Field(description="Null until it is issued")
    new_verification_code: str | None
    allowed_deeds: list[str] = Field(examples=[["confirm", "refuse"]])


class PrintDeedIn(_Body):
    """One deed on the papers of many certificates: all of them, or none."""

    deed: Annotated[str, Field(pattern="^(print|hand_over|collect|take_back|print_again)$")]
    award_ids: list[UUID] = Field(min_length=1, max_length=PAPERS_MAX)


class PrintDeedOut(BaseModel):
    """How many papers were moved on, and where they are now."""

    changed: int
    print_state: PrintState
