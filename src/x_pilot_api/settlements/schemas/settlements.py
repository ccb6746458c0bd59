"""What is asked and answered about settlements; amounts are whole fen."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from x_pilot_api.certificates.models import Level
from x_pilot_api.core.days import Day
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.settlements.models import Presence, SettlementState

ContentHash = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$", strict=True)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SettlementAgreementIn(_In):
    """Agreement to a settlement as it was read."""

    content_hash: ContentHash = Field(description="`content_hash` of the settlement agreed to")


class SettlementDisputeIn(_In):
    """Why a settlement is not agreed to."""

    reason: Paragraph


class SettlementPaymentIn(_In):
    """The payment of what was agreed to."""

    document_number: Line = Field(description="Of the payment's voucher", examples=["付〔2026〕118号"])
    paid_on: Day


class SettlementLineOut(BaseModel):
    """What one payer bears for one certificate level, by one fee standard."""

    certificate_level_id: UUID
    certificate_name: str
    level: Level
    payer: str = Field(description="`none`: candidates for whom nothing is charged")
    fee_standard_id: UUID | None
    fee_fen: int | None
    candidates: int
    attended: int
    absent: int
    exempt: int
    guarantees_used: int
    charged_fen: int = Field(description="With what was cancelled later")
    cancelled_fen: int
    waived_fen: int
    reduced_fen: int = Field(description="Given back on charges that stand")
    paid_fen: int
    refunded_fen: int
    due_fen: int = Field(description="Charged, less cancelled, waived and reduced")
    before_fen: int = Field(description="Of it, agreed to in settlements before this one")


class SettlementOut(BaseModel):
    """One settlement of a plan: its totals, and how far it is."""

    id: UUID
    institution_id: UUID
    institution_name: str
    organisation_id: UUID
    organisation_name: str
    exam_plan_id: UUID
    plan_code: str
    plan_name: str
    number: int = Field(description="1 is the first; a later one adjusts what was agreed to before")
    adjusts_id: UUID | None
    edition: int = Field(description="Grows with each recomputation")
    state: SettlementState
    as_of: datetime = Field(description="The figures are those of this instant")
    content_hash: str = Field(description="Over everything that is agreed to: SHA-256 of the totals and rows")
    institution_agreed: bool
    organisation_agreed: bool
    candidates: int = Field(description="Locked registrations")
    attended: int
    absent: int
    exempt: int
    unknown: int = Field(description="Candidates of whom it is not known yet whether they attended")
    guarantees_used: int
    charged_fen: int
    cancelled_fen: int
    waived_fen: int
    reduced_fen: int = Field(description="Given back on charges that stand")
    paid_fen: int
    refunded_fen: int
    before_fen: int = Field(description="Agreed to in settlements before this one")
    due_fen: int = Field(description="To be paid on this settlement; negative: to be paid back")
    dispute_reason: str | None
    payment_document: str | None
    paid_on: date | None
    allowed_deeds: list[str]


class SettlementDetailOut(SettlementOut):
    """One settlement with what each payer bears for each level."""

    lines: list[SettlementLineOut]


class SettlementRowOut(BaseModel):
    """What one locked candidate comes to by one payer."""

    registration_id: UUID
    admission_number: str
    college_id: UUID
    certificate_level_id: UUID
    payer: str
    presence: Presence
    guarantee_used: bool
    fee_standard_id: UUID | None
    fee_fen: int | None
    charged_fen: int
    cancelled_fen: int
    waived_fen: int
    reduced_fen: int = Field(description="Given back on charges that stand")
    paid_fen: int
    refunded_fen: int
    due_fen: int
    before_fen: int
