"""What is answered about how an organisation's list compares with ours."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.settlements.models import DifferenceKind, Presence


class ReconciliationOut(BaseModel):
    """One list compared with one edition of a settlement; amounts are whole fen."""

    id: UUID
    settlement_id: UUID
    edition: int
    is_current: bool = Field(description="Whether the settlement still has the edition compared with")
    rows: int
    matching: int
    differences: int
    kinds: dict[DifferenceKind, int] = Field(description="How many differences of each kind; a row can have several")
    their_fen: int
    our_fen: int
    made_at: datetime


class DifferenceOut(BaseModel):
    """One difference, with the figures on both sides."""

    number: int
    kind: DifferenceKind
    row_number: int | None = Field(description="In the list as it was sent; null for what only we have")
    admission_number: str | None = Field(description="Null where theirs is no admission number of the plan")
    our_fen: int | None
    their_fen: int | None
    our_presence: Presence | None
    their_presence: Presence | None
    code: str | None = Field(description="Why a row could not be read")
    header: str | None = Field(description="The column that could not be read")
