"""What decides on exams: the state of a plan, who is registered, and what becomes of a pushed row."""

from x_pilot_api.exams.rules.exemptions import EXEMPT, MARKS, NEEDED, OF_CANDIDATE
from x_pilot_api.exams.rules.plans import plan_state
from x_pilot_api.exams.rules.results import (
    IS_AGAIN,
    IS_JUDGED,
    OUR_NUMBER,
    QUARANTINES,
    REFUSALS,
    columns_by_code,
    explain,
    figures_by_code,
    first_code,
)

__all__ = [
    "EXEMPT",
    "IS_AGAIN",
    "IS_JUDGED",
    "MARKS",
    "NEEDED",
    "OF_CANDIDATE",
    "OUR_NUMBER",
    "QUARANTINES",
    "REFUSALS",
    "columns_by_code",
    "explain",
    "figures_by_code",
    "first_code",
    "plan_state",
]
