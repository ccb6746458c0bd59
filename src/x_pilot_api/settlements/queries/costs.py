"""What reports tell of costs beside ceilings and fees, as of an instant, with the cost sheets behind each number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.core.texts import in_both
from x_pilot_api.fees import queries as fees
from x_pilot_api.settlements.queries import reports
from x_pilot_api.settlements.schemas.costs import (
    CostAgainstCeilingOut,
    CostAgainstCeilingRowOut,
    FeeAgainstCostOut,
    FeeAgainstCostRowOut,
)

AGAINST_CEILING = Both(
    "每个学院该年及以前最近一次接受的成本核算表中每名考生的现金成本，对照当日有效的上限；差额为上限减去最高成本。",
    "What each college's latest accepted cost sheet of the year or before pays for a candidate, beside the ceiling of"
    " the day; the difference is the ceiling less the highest cost.",
)
AGAINST_COST = Both(
    "当日有效的费用标准，对照每个学院该年及以前最近一次接受的成本核算表中每名考生的现金成本；差额为费用减去成本。",
    "The fee in force on the day, beside what each college's latest accepted cost sheet of the year or before pays for"
    " a candidate; the differences are the fee less the cost.",
)

_MEASURED = f"""
WITH sheet AS (
    SELECT DISTINCT ON (latest.college_id, latest.certificate_level_id, latest.exam_form)
        latest.id, latest.college_id, latest.certificate_level_id, latest.exam_form, latest.year, latest.version,
        latest.candidates, latest.cash_fen, latest.in_kind_fen
    FROM cost_sheets AS latest
    WHERE latest.institution_id = :institution_id AND latest.state IN ('accepted', 'superseded')
        AND latest.decided_at <= :as_of AND latest.year <= :year
        AND (CAST(:college_ids AS uuid[]) IS NULL OR latest.college_id = ANY(CAST(:college_ids AS uuid[])))
    ORDER BY latest.college_id, latest.certificate_level_id, latest.exam_form, latest.year DESC, latest.version DESC
), fee AS (
    SELECT standard.certificate_level_id, standard.exam_form, standard.fee_fen, standard.basis
    FROM fee_standards AS standard
    WHERE standard.institution_id = :institution_id AND standard.published_at <= :as_of
        AND {fees.standard_in_force("standard", ":on")}
), measured AS (
    SELECT certificate_level_id, exam_form, sheet.id, sheet.college_id, sheet.year, sheet.version, sheet.candidates,
        sheet.cash_fen, sheet.in_kind_fen, fee.fee_fen, fee.basis
    FROM sheet FULL JOIN fee USING (certificate_level_id, exam_form)
)
SELECT {{columns}}
FROM measured
JOIN certificate_levels AS level ON level.id = measured.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
LEFT JOIN colleges AS college ON college.institution_id = :institution_id AND college.id = measured.college_id
LEFT JOIN LATERAL (
    SELECT issued.amount_fen, issued.document_number FROM fee_ceilings AS issued
    WHERE issued.exam_form = measured.exam_form AND issued.category IS NULL
        AND (issued.level IS NULL OR issued.level = level.level) AND issued.recorded_at <= :as_of
        AND daterange(issued.effective_from, issued.effective_to) @> CAST(:on AS date)
    ORDER BY issued.level NULLS LAST LIMIT 1
) AS ceiling ON true
"""

_LEVEL = (
    "measured.certificate_level_id, certificate.name AS certificate_name, level.level, measured.exam_form,"
    " ceiling.amount_fen AS ceiling_fen, ceiling.document_number AS ceiling_document, measured.fee_fen,"
    " measured.basis AS fee_basis"
)
_SUMMED = (
    f"{_LEVEL}, count(measured.id) AS colleges, min(measured.cash_fen) AS lowest_cost_fen,"
    " max(measured.cash_fen) AS highest_cost_fen,"
    " count(*) FILTER (WHERE measured.cash_fen > ceiling.amount_fen) AS above_ceiling,"
    " count(*) FILTER (WHERE measured.cash_fen > measured.fee_fen) AS above_fee"
)
_BY_LEVEL = text(f"{_MEASURED.format(columns=_SUMMED)} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 2, 3, 4, 1")
_EACH = (
    f"{_LEVEL}, college.name AS college_name, measured.year AS cost_year, measured.version, measured.candidates,"
    " measured.cash_fen, measured.in_kind_fen"
)
_BY_COLLEGE = text(f"{_MEASURED.format(columns=_EACH)} ORDER BY 2, 3, 4, college.name NULLS FIRST, 1 LIMIT :size")

_Rows = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True)
class Measure:
    """By what a report on costs measures: a year, the day in it that says what is in force, and as of when."""

    year: int
    on: date
    as_of: datetime


def day_within(year: int, as_of: datetime, *, timezone: str) -> date:
    """Tell the day by which a year's figures are measured: the instant's own, or the nearest day of the year."""
    day = as_of.astimezone(ZoneInfo(timezone)).date()
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))


def less(amount: int | None, other: int | None) -> int | None:
    """Tell by how much an amount is more than another, negative when it is less; of what is not known, nothing."""
    return None if amount is None or other is None else amount - other


async def tell_cost_against_ceiling(session: AsyncSession, actor: Actor, *, by: Measure) -> CostAgainstCeilingOut:
    """Tell what exams cost a candidate beside their ceilings, a coordinator of their own colleges."""
    found = (await session.execute(_BY_LEVEL, _asked(actor, by))).mappings().all()
    rows = [
        CostAgainstCeilingRowOut.model_validate(
            {**row, "difference_fen": less(row["ceiling_fen"], row["highest_cost_fen"])}
        )
        for row in found
        if row["colleges"]
    ]
    return CostAgainstCeilingOut(as_of=by.as_of, year=by.year, on=by.on, definition=in_both(AGAINST_CEILING), rows=rows)


async def tell_fee_against_cost(session: AsyncSession, actor: Actor, *, by: Measure) -> FeeAgainstCostOut:
    """Tell what exams are charged at beside what they cost, a coordinator by the costs of their own colleges."""
    found = (await session.execute(_BY_LEVEL, _asked(actor, by))).mappings().all()
    rows = [
        FeeAgainstCostRowOut.model_validate(
            {
                **row,
                "over_highest_fen": less(row["fee_fen"], row["highest_cost_fen"]),
                "over_lowest_fen": less(row["fee_fen"], row["lowest_cost_fen"]),
            }
        )
        for row in found
    ]
    return FeeAgainstCostOut(as_of=by.as_of, year=by.year, on=by.on, definition=in_both(AGAINST_COST), rows=rows)


async def list_measured(session: AsyncSession, actor: Actor, *, by: Measure, size: int) -> _Rows:
    """List the cost sheets behind both reports, and the fees in force that have none."""
    return (await session.execute(_BY_COLLEGE, _asked(actor, by) | {"size": size})).all()


def _asked(actor: Actor, by: Measure) -> dict[str, Any]:
    return reports.bound(actor, by.as_of) | {"year": by.year, "on": by.on}
