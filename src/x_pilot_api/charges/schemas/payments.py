"""What is told and asked of payments."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.charges.models import CallbackOutcome, PaymentChannel, PaymentState
from x_pilot_api.charges.schemas.charges import Fen
from x_pilot_api.core.texts import Code, Paragraph


class VoucherIn(BaseModel):
    """What the finance office was paid on a charge, and by which document."""

    model_config = ConfigDict(extra="forbid")

    amount_fen: Fen
    document_number: Code
    paid_on: date


class PaymentRejectionIn(BaseModel):
    """Why a recorded payment does not count."""

    model_config = ConfigDict(extra="forbid")

    reason: Paragraph


class PaymentOut(BaseModel):
    """One payment on a charge."""

    id: UUID
    charge_id: UUID
    channel: PaymentChannel
    state: PaymentState
    amount_fen: int
    document_number: str | None
    paid_on: date | None
    recorded_at: datetime
    decided_at: datetime | None
    reason: str | None
    allowed_deeds: list[str]


class CallbackIn(BaseModel):
    """What a gateway says of an order: what it was paid, under the gateway's own id of this saying."""

    model_config = ConfigDict(extra="forbid")

    event_id: Code
    order_id: Code
    amount_fen: Fen
    currency: Annotated[str, Field(min_length=3, max_length=3, examples=["CNY"])]
    status: Literal["paid"]


class CallbackSettlementIn(BaseModel):
    """What the desk did about a callback that could not be applied."""

    model_config = ConfigDict(extra="forbid")

    settlement: Paragraph


class CallbackOut(BaseModel):
    """What became of a callback; a kept one waits for the desk, with the reason."""

    id: UUID
    event_id: str
    order_id: str
    payment_id: UUID | None
    amount_fen: int
    currency: str
    outcome: CallbackOutcome
    reason: str | None = Field(examples=["amount_differs"])
    received_at: datetime
    settled_at: datetime | None
    settlement: str | None
