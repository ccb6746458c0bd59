"""What is answered in reports on costs beside ceilings and fees; amounts are whole fen for a candidate."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.certificates.models import ExamForm, Level
from x_pilot_api.core.texts import BothOut


class _LevelOut(BaseModel):
    certificate_level_id: UUID
    certificate_name: str
    level: Level
    exam_form: ExamForm
    colleges: int = Field(description="With an accepted cost sheet of the year or before")
    lowest_cost_fen: int | None
    highest_cost_fen: int | None


class CostAgainstCeilingRowOut(_LevelOut):
    """What the exam of one level and form costs, beside its ceiling."""

    ceiling_fen: int | None = Field(description="In force on the day; null: there is none")
    ceiling_document: str | None
    difference_fen: int | None = Field(description="The ceiling less the highest cost; negative above the ceiling")
    above_ceiling: int = Field(description="Colleges whose cost is above the ceiling")


class FeeAgainstCostRowOut(_LevelOut):
    """What the exam of one level and form is charged at, beside what it costs."""

    fee_fen: int | None = Field(description="In force on the day; null: none is")
    fee_basis: str | None
    over_highest_fen: int | None = Field(description="The fee less the highest cost; negative below cost")
    over_lowest_fen: int | None = Field(description="The fee less the lowest cost")
    above_fee: int = Field(description="Colleges whose cost is above the fee")


class _OfYearOut(BaseModel):
    as_of: datetime
    year: int
    on: date = Field(description="The day of the ceilings and fees: of `as_of`, or the year's nearest to it")
    definition: BothOut


class CostAgainstCeilingOut(_OfYearOut):
    """What exams cost a candidate beside the ceilings in force."""

    rows: list[CostAgainstCeilingRowOut]


class FeeAgainstCostOut(_OfYearOut):
    """What exams are charged at beside what they cost a candidate."""

    rows: list[FeeAgainstCostRowOut]
