"""What is asked and told of cost sheets; money is whole fen, quantities are decimal strings."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.certificates.models import ExamForm
from x_pilot_api.core.days import Day
from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import BothOut, Line
from x_pilot_api.fees.models import (
    CANDIDATES_MAX,
    FIRST_YEAR,
    LAST_YEAR,
    LINES_MAX,
    PERCENT_MAX,
    QUANTITY_MAX,
    SPREAD_MAX,
    UNIT_COST_MAX,
    CostElement,
    CostPayer,
    CostSheetState,
    InKind,
)
from x_pilot_api.fees.schemas.ceilings import LoadFaultOut

Year = Annotated[int, Field(strict=True, ge=FIRST_YEAR, le=LAST_YEAR, examples=[2026])]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CostLineIn(_Body):
    """One cost: so many at so much each."""

    element: CostElement
    payer: CostPayer = CostPayer.INSTITUTION
    in_kind: InKind | None = Field(default=None, description="The institution's own; shown apart from the cash total")
    quantity: Annotated[HundredthsIn, Field(le=QUANTITY_MAX)]
    unit_cost_fen: Annotated[int, Field(strict=True, ge=0, le=UNIT_COST_MAX, examples=[20000])]
    spread_over: Annotated[int, Field(strict=True, ge=1, le=SPREAD_MAX)] | None = Field(
        default=None, description="Candidates a year the cost is spread over; null: the sheet's own"
    )
    basis: Line = Field(description="What the figures rest on")

    @model_validator(mode="after")
    def in_kind_of_ones_own(self) -> Self:
        """Refuse as a contribution in kind what is not the institution's."""
        if self.in_kind is not None and self.payer not in {CostPayer.INSTITUTION, CostPayer.COLLEGE}:
            raise ValueError("what is contributed in kind is the institution's or the college's")
        return self


class CostSheetChange(_Body):
    """A sheet written anew, with all its lines."""

    machine_marked: bool = Field(description="The paper is objective and a machine marks it")
    candidates: Annotated[int, Field(strict=True, ge=1, le=CANDIDATES_MAX)] = Field(
        description="For how many its lines are reckoned"
    )
    lines: list[CostLineIn] = Field(default=[], max_length=LINES_MAX)


class CostSheetIn(CostSheetChange):
    """A sheet of a college for one level, exam form and year; a new version where there is an accepted one."""

    college_id: UUID
    certificate_level_id: UUID
    exam_form: ExamForm
    year: Year


class CostChangeLimitIn(_Body):
    """From which change against last year's sheet on one is warned; no figure comes with the service."""

    percent: Annotated[int, Field(strict=True, ge=1, le=PERCENT_MAX)]
    document_number: Line
    effective_from: Day


class CostChangeLimitOut(BaseModel):
    """One limit of change; the one that began last applies."""

    id: UUID
    percent: int
    document_number: str
    effective_from: date
    recorded_at: datetime


class CostLineOut(BaseModel):
    """One cost, and what it comes to."""

    position: int
    element: CostElement
    payer: CostPayer
    in_kind: InKind | None
    quantity: HundredthsOut
    unit_cost_fen: int
    spread_over: int | None
    basis: str
    amount_fen: int = Field(description="Rounded for itself, half a fen upwards")
    share_fen: int = Field(description="A candidate's; rounded for itself, so that shares need not add up to the total")


class CostFindingOut(BaseModel):
    """What was found about a line or the whole sheet, with the clause it rests on."""

    code: str
    severity: str = Field(description="`breach`: it cannot be submitted; `warning`: somebody should look at it")
    line: int | None = Field(description="The line's position; null: the whole sheet")
    detail: BothOut
    clause: BothOut
    figures: dict[str, str | int]


class CostChangeOut(BaseModel):
    """An element, or the total, beside last year's accepted sheet; what is paid for a candidate."""

    element: str = Field(examples=["assessors", "total"])
    last_fen: int
    now_fen: int
    change_percent: HundredthsOut | None = Field(description="Null where it was nothing last year")


class CostSheetSummaryOut(BaseModel):
    """One version of a cost sheet without its lines; amounts per candidate are rounded once, half a fen upwards."""

    id: UUID
    institution_id: UUID
    college_id: UUID
    certificate_level_id: UUID
    exam_form: ExamForm
    year: int
    version: int
    state: CostSheetState
    machine_marked: bool
    candidates: int
    cash_fen: int = Field(description="Paid for a candidate; without what is contributed in kind")
    in_kind_fen: int = Field(description="Contributed in kind for a candidate")
    reason: str | None = Field(description="Why it was returned")
    submitted_at: datetime | None
    decided_at: datetime | None
    allowed_deeds: list[str] = Field(examples=[["change", "submit"]], description="What the caller may do next")


class CostSheetOut(CostSheetSummaryOut):
    """One cost sheet with its lines, what was found about it, its ceiling and last year's figures."""

    ceiling_fen: int | None = Field(description="That applies in its year; null: there is none")
    lines: list[CostLineOut]
    findings: list[CostFindingOut]
    against_last_year: list[CostChangeOut] = Field(description="Empty where last year has no accepted sheet")


class CostLinesLoadedOut(BaseModel):
    """What became of a file of lines, or with `validate_only` would become of it."""

    validate_only: bool
    rows: int
    sheet: CostSheetOut | None = Field(description="Null where rows are refused")
    refused: list[LoadFaultOut] = Field(description="Empty unless `validate_only`: otherwise the whole file is refused")


class CostComparisonOut(BaseModel):
    """What one college's exam costs, beside the institution's other colleges, the ceiling and the year before."""

    cost_sheet_id: UUID
    college_id: UUID
    college_name: str
    certificate_level_id: UUID
    certificate_name: str
    level: str
    exam_form: ExamForm
    year: int
    cash_fen: int
    in_kind_fen: int
    lowest_fen: int = Field(description="Of the colleges with an accepted sheet for the level, form and year")
    highest_fen: int
    colleges: int
    ceiling_fen: int | None
    last_year_fen: int | None
