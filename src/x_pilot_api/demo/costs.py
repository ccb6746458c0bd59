"""This year's costs beside last year's, a draft that has faults, and what the forecast and the reports go by."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.demo.catalogue import DEMONSTRATION_VALUE
from x_pilot_api.demo.keys import Keys
from x_pilot_api.fees import commands as fees
from x_pilot_api.fees.models import CostSheet
from x_pilot_api.fees.schemas import CostChangeLimitIn, CostSheetIn
from x_pilot_api.identity.models import Role
from x_pilot_api.settlements.commands import forecasts, reports
from x_pilot_api.settlements.schemas.forecasts import GraduationDayIn
from x_pilot_api.settlements.schemas.reports import FeeBudgetIn

Line = tuple[str, str | None, str, int, int | None]
"""Element, what is contributed in kind, quantity, unit cost in fen, candidates it is spread over."""

_YEAR = 2026
_BASE: tuple[Line, ...] = (
    ("question_bank", None, "1.00", 50_000_000, 50_000),
    ("certificate_printing", None, "120.00", 1_500, None),
    ("system_support", None, "120.00", 3_000, None),
    ("venue", "venue", "2.00", 100_000, None),
)
_SOUND: tuple[tuple[str, tuple[Line, ...]], ...] = (
    ("01", (*_BASE, ("assessors", None, "10.00", 90_000, None), ("consumables", None, "120.00", 2_000, None))),
    ("02", (*_BASE, ("assessors", None, "8.00", 60_000, None), ("consumables", None, "120.00", 2_600, None))),
)
"""By college: the same exam costs the one more than the other."""
_FAULTY: tuple[Line, ...] = (
    ("question_bank", None, "1.00", 8_000_000, 800),
    ("printing", None, "90.00", 500, None),
    ("venue", None, "1.00", 80_000, None),
    ("assessors", None, "6.00", 60_000, None),
)


async def load_costs(session: AsyncSession, keys: Keys) -> None:
    """Draw the sheets up, and load the limit of change, the budget and the days on which classes graduate."""
    office = keys.actor(Role.REGISTRAR)
    limit = {"percent": 20, "document_number": _document(4), "effective_from": f"{_YEAR}-01-01"}
    await fees.load_cost_change_limit(
        session, office, institution_id=keys.institution_id, wish=CostChangeLimitIn.model_validate(limit)
    )
    for code, lines in _SOUND:
        sheet = await _drawn(session, keys, college_id=keys.colleges[code], level="2", lines=lines)
        college = keys.actor(Role.COORDINATOR, college_id=keys.colleges[code])
        await fees.submit_cost_sheet(session, college, sheet=sheet, today=date(_YEAR, 3, 1))
        await fees.accept_cost_sheet(session, office, sheet=sheet)
    await _drawn(session, keys, college_id=keys.colleges["01"], level="1", lines=_FAULTY)
    budget = {"year": _YEAR, "amount_fen": 40_000_000, "document_number": _document(5)}
    await reports.load_budget(
        session, office, institution_id=keys.institution_id, wish=FeeBudgetIn.model_validate(budget)
    )
    await _graduations(session, keys)


async def _drawn(
    session: AsyncSession, keys: Keys, *, college_id: UUID, level: str, lines: Sequence[Line]
) -> CostSheet:
    names = ("element", "in_kind", "quantity", "unit_cost_fen", "spread_over")
    wish = {
        "college_id": college_id,
        "certificate_level_id": keys.levels["智能财税", level],
        "exam_form": "computer",
        "year": _YEAR,
        "machine_marked": True,
        "candidates": 120,
        "lines": [dict(zip(names, line, strict=True)) | {"basis": DEMONSTRATION_VALUE} for line in lines],
    }
    college = keys.actor(Role.COORDINATOR, college_id=college_id)
    return await fees.draw_up_cost_sheet(session, college, wish=CostSheetIn.model_validate(wish))


async def _graduations(session: AsyncSession, keys: Keys) -> None:
    for programme_id in keys.programmes.values():
        for entry_year in range(_YEAR - 3, _YEAR):
            wish = {
                "programme_id": programme_id,
                "entry_year": entry_year,
                "graduates_on": f"{entry_year + 3}-06-30",
                "document_number": _document(6),
            }
            await forecasts.load_graduation_day(
                session, keys.actor(Role.REGISTRAR), wish=GraduationDayIn.model_validate(wish)
            )


def _document(number: int) -> str:
    return f"演示文号〔{_YEAR}〕{number}号（{DEMONSTRATION_VALUE}）"
