"""What is told and asked of charges; money is whole fen."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.charges.models import ChargeState, Payer, RefundCause, ReliefKind
from x_pilot_api.charges.models.charges import FEN_MAX, SHARE_WHOLE
from x_pilot_api.core.texts import Code, Line, Paragraph

Fen = Annotated[int, Field(strict=True, ge=1, le=FEN_MAX, examples=[41500], description="Whole fen")]


class UnchargedOut(BaseModel):
    """Registrations that are not charged, since no fee of their level is published and in force on the day."""

    certificate_level_id: UUID
    exam_form: str = Field(examples=["computer"])
    registrations: int


class ChargesRaisedOut(BaseModel):
    """What was charged for a plan just now, and what could not be."""

    charges: int
    amount_fen: int
    relief_fen: int = Field(description="What groups were let off, or a fund pays, of it")
    guaranteed: int = Field(description="Of students whose guaranteed attempt was unused; none is theirs to pay")
    uncharged: list[UnchargedOut]


class ReliefOut(BaseModel):
    """What a charge was let off, or a fund paid of it."""

    id: UUID
    kind: ReliefKind
    amount_fen: int
    relief_rule_id: UUID | None = Field(description="By which rule; null when it was a deed with its reason")
    document_number: str
    reason: str | None
    recorded_at: datetime


class RefundOut(BaseModel):
    """Money given back on a charge."""

    id: UUID
    cause: RefundCause
    amount_fen: int
    document_number: str | None
    reason: str
    recorded_at: datetime


class ChargeOut(BaseModel):
    """What one registration costs, who pays it, and what it still owes."""

    id: UUID
    registration_id: UUID
    exam_plan_id: UUID
    certificate_level_id: UUID
    organisation_id: UUID
    college_id: UUID
    student_id: UUID | None
    exam_form: str
    fee_standard_id: UUID
    payer: Payer
    payer_rule_id: UUID | None = Field(description="By which rule; null: the institution's budget pays by default")
    is_guaranteed: bool
    amount_fen: int
    waived_fen: int
    subsidised_fen: int
    paid_fen: int
    refunded_fen: int
    open_fen: int = Field(description="What is still owed")
    state: ChargeState
    raised_at: datetime
    allowed_deeds: list[str]


class ChargeDetailOut(ChargeOut):
    """A charge with what it was let off and what was given back, in order."""

    reliefs: list[ReliefOut]
    refunds: list[RefundOut]


class ReliefIn(BaseModel):
    """What a charge is let off, or a fund pays of it, by a document and for a reason."""

    model_config = ConfigDict(extra="forbid")

    kind: ReliefKind
    amount_fen: Fen
    document_number: Code
    reason: Paragraph


class RefundIn(BaseModel):
    """What is given back on a charge, and why."""

    model_config = ConfigDict(extra="forbid")

    cause: RefundCause
    amount_fen: Fen
    document_number: Code
    reason: Paragraph


class _Period(BaseModel):
    model_config = ConfigDict(extra="forbid")

    document_number: Code
    effective_from: date
    effective_to: date | None = Field(default=None, description="The first day on which it no longer holds")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.effective_to is not None and self.effective_to <= self.effective_from:
            raise ValueError("effective_to must be after effective_from")
        return self


class PayerRuleIn(_Period):
    """Who pays in a period: for all, or for a level or a college only; the more a rule names the more it counts."""

    certificate_level_id: UUID | None = None
    college_id: UUID | None = None
    payer: Payer


class PayerRuleOut(BaseModel):
    """One rule of who pays."""

    id: UUID
    certificate_level_id: UUID | None
    college_id: UUID | None
    payer: Payer
    document_number: str
    effective_from: date
    effective_to: date | None
    recorded_at: datetime


class ReliefRuleIn(_Period):
    """What a group of students is let off, or a fund pays for them: a share or an amount."""

    kind: ReliefKind
    group_code: Code
    group_name: Line
    share: Annotated[int, Field(strict=True, ge=1, le=SHARE_WHOLE)] | None = Field(
        default=None, description="In hundredths of a per cent: 5000 is half"
    )
    amount_fen: Fen | None = None
    student_ids: Annotated[list[UUID], Field(min_length=1, max_length=10_000)]

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.share is None) == (self.amount_fen is None):
            raise ValueError("name either a share or an amount_fen")
        if len(set(self.student_ids)) != len(self.student_ids):
            raise ValueError("student_ids must not repeat")
        return self


class ReliefRuleOut(BaseModel):
    """One rule of what a group is let off."""

    id: UUID
    kind: ReliefKind
    group_code: str
    group_name: str
    share: int | None
    amount_fen: int | None
    document_number: str
    effective_from: date
    effective_to: date | None
    students: int
    recorded_at: datetime
