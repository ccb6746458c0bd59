"""What a statement of a credit account tells."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import BothOut


class EvidenceOut(BaseModel):
    """What a movement rests on: the fact itself, and for a certificate its result, number and the rule's version."""

    source_kind: str = Field(examples=["learning_outcome"])
    source_id: UUID
    result_id: UUID | None
    award_id: UUID | None
    award_number: str | None
    certificate_name: str | None
    level: str | None
    earned_on: date | None
    mapping_id: UUID | None
    mapping_version: int | None


class StatementEntryOut(BaseModel):
    """One movement, what it changed, and what the account held after it."""

    seq: int = Field(description="Counts the account's movements from 1, without gaps")
    transfer_id: UUID
    entry_id: UUID
    recorded_at: datetime
    kind: str = Field(examples=["deposit"])
    phase: str = Field(examples=["single"])
    amount: HundredthsOut
    posted_change: HundredthsOut = Field(description="Positive in, negative out")
    pending_change: HundredthsOut
    held_change: HundredthsOut
    accumulated_after: HundredthsOut
    pending_after: HundredthsOut
    held_after: HundredthsOut
    reverses_entry_id: UUID | None
    evidence: EvidenceOut
    says: BothOut


class StatementOut(BaseModel):
    """A credit account as of an instant, and one page of the movements that led there."""

    account_id: UUID
    student_id: UUID
    as_of: datetime = Field(description="What is stated is true of this instant; one still to come is told as of now")
    as_of_last_movement: datetime = Field(
        description="When the last movement told here was recorded: asked for as `as_of`, it gives this very statement"
    )
    movements: int = Field(description="How many movements there are up to then")
    accumulated: HundredthsOut
    pending: HundredthsOut
    held: HundredthsOut
    available: HundredthsOut = Field(description="Accumulated less held")
    entries: list[StatementEntryOut]
    next_page_token: str | None = Field(description="Opaque, and keeps the instant; null on the last page")


class ClosingStatementOut(BaseModel):
    """What was certified when an account was closed; text and hash are a leaf of the institution's log."""

    account_id: UUID
    reason: str
    accumulated: HundredthsOut = Field(description="What stays on record in the closed account")
    movements: int
    recorded_at: datetime
    content: str = Field(description="The statement, as JSON with sorted names; its bytes are what was hashed")
    content_hash: str = Field(description="SHA-256 over the UTF-8 of `content`, hexadecimal")
    leaf: str = Field(description="Hexadecimal; ask for its proof at `proof_url` once it is sealed")
    proof_url: str
