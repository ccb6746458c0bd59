"""What decides on exams: the state of a plan, who is registered, and what becomes of a pushed row."""

from x_pilot_api.exams.rules.objections import RESULT_OBJECTIONS, Window, check_open
from x_pilot_api.exams.rules.plans import plan_state
from x_pilot_api.exams.rules.result_columns import SCORE, result_columns, said_by_file
from x_pilot_api.exams.rules.results import (
    IS_AGAIN,
    IS_JUDGED,
    IS_RELEASED,
    OUR_NUMBER,
    QUARANTINES,
    REFUSALS,
    columns_by_code,
    explain,
    figures_by_code,
    first_code,
)
from x_pilot_api.exams.rules.reviews import FIRST_STATE, REVIEWS, UPLOADS, check_other_person

__all__ = [
    "FIRST_STATE",
    "IS_AGAIN",
    "IS_JUDGED",
    "IS_RELEASED",
    "OUR_NUMBER",
    "QUARANTINES",
    "REFUSALS",
    "RESULT_OBJECTIONS",
    "REVIEWS",
    "SCORE",
    "UPLOADS",
    "Window",
    "check_open",
    "check_other_person",
    "columns_by_code",
    "explain",
    "figures_by_code",
    "first_code",
    "plan_state",
    "result_columns",
    "said_by_file",
]
