"""What is asked and answered in reports on fees; amounts are whole fen, each rate with what it is made of."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.certificates.models import Level
from x_pilot_api.core.texts import BothOut, Line

Year = Annotated[int, Field(strict=True, ge=2000, le=2100, examples=[2026])]


class CoverageRowOut(BaseModel):
    """The guaranteed attempt in one college."""

    college_id: UUID
    college_name: str
    numerator: int
    denominator: int
    rate_percent: str | None = Field(description="Two decimal places; null where nobody is counted", examples=["87.50"])


class CoverageOut(BaseModel):
    """How many students of the pilot have had their guaranteed attempt, by college."""

    as_of: datetime
    definition: BothOut
    numerator: int
    denominator: int
    rate_percent: str | None
    rows: list[CoverageRowOut]


class SpendingRowOut(BaseModel):
    """What one college's exams of one certificate level come to by one payer."""

    college_id: UUID
    college_name: str
    certificate_level_id: UUID
    certificate_name: str
    level: Level
    payer: str
    candidates: int
    charged_fen: int
    cancelled_fen: int
    waived_fen: int
    reduced_fen: int
    due_fen: int
    paid_fen: int
    refunded_fen: int


class SpendingOut(BaseModel):
    """What the exams of a year come to, by college, certificate level and payer."""

    as_of: datetime
    year: int
    definition: BothOut
    due_fen: int
    rows: list[SpendingRowOut]


class BudgetReportOut(BaseModel):
    """What is left of an institution's budget for a year's exams."""

    as_of: datetime
    year: int
    definition: BothOut
    is_loaded: bool = Field(description="False: no budget was loaded, and nothing is made up")
    budget_fen: int | None
    document_number: str | None
    spent_fen: int
    remaining_fen: int | None = Field(description="Null without a budget; negative when it is overspent")


class FeeBudgetIn(BaseModel):
    """An institution's budget for exam fees in a year, by its document."""

    model_config = ConfigDict(extra="forbid")

    year: Year
    amount_fen: Annotated[int, Field(strict=True, ge=0, le=1_000_000_000_000, examples=[80_000_000])]
    document_number: Line = Field(examples=["财〔2026〕3号"])


class FeeBudgetOut(BaseModel):
    """One budget that was loaded; the latest revision of a year counts."""

    id: UUID
    year: int
    revision: int
    amount_fen: int
    document_number: str
    loaded_by: UUID
    loaded_at: datetime
