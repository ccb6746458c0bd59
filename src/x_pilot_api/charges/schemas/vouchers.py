"""What is told and asked of many vouchers at once."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.charges.schemas.charges import Fen
from x_pilot_api.core.texts import Code

VOUCHERS_MAX = 1_000
"""So many rows a list has at most; a file may have more."""


class VoucherRowIn(BaseModel):
    """What a document pays on one charge; it may pay several, and its rows come to what it is of altogether."""

    model_config = ConfigDict(extra="forbid")

    charge_id: UUID
    amount_fen: Fen
    document_number: Code
    document_fen: Fen = Field(description="What the document is of altogether, the same in each of its rows")
    paid_on: date


class VouchersIn(BaseModel):
    """Vouchers for many charges."""

    model_config = ConfigDict(extra="forbid")

    rows: Annotated[list[VoucherRowIn], Field(min_length=1, max_length=VOUCHERS_MAX)]


class VoucherFaultOut(BaseModel):
    """What is wrong with one row."""

    row: int
    column: str
    code: str
    detail: str


class VouchersRecordedOut(BaseModel):
    """What was recorded of a list of vouchers, or with `validate_only` would be."""

    validate_only: bool
    rows: int
    recorded: int = Field(description="Vouchers that wait for a second person now")
    documents: int
    amount_fen: int
    refused: list[VoucherFaultOut] = Field(description="Only with `validate_only`: else one such row refuses all")
