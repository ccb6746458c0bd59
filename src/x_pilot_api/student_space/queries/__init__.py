"""Reading what is a student's own."""

from x_pilot_api.student_space.queries.accounts import find_account, list_outcomes, list_submissions, own_progress
from x_pilot_api.student_space.queries.asked import (
    get_conversion,
    get_own_award,
    get_own_share,
    list_conversions,
    list_objections,
    list_open_levels,
    list_shares,
)
from x_pilot_api.student_space.queries.changes import Page, read_changes
from x_pilot_api.student_space.queries.exams import (
    explain_result,
    get_registration,
    get_result_id,
    list_registrations,
    list_results,
)
from x_pilot_api.student_space.queries.overview import read_overview
from x_pilot_api.student_space.queries.owning import Own, list_awards, own_of

__all__ = [
    "Own",
    "Page",
    "explain_result",
    "find_account",
    "get_conversion",
    "get_own_award",
    "get_own_share",
    "get_registration",
    "get_result_id",
    "list_awards",
    "list_conversions",
    "list_objections",
    "list_open_levels",
    "list_outcomes",
    "list_registrations",
    "list_results",
    "list_shares",
    "list_submissions",
    "own_of",
    "own_progress",
    "read_changes",
    "read_overview",
]
