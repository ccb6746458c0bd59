"""Reading what is a student's own."""

from x_pilot_api.student_space.queries.accounts import find_account, list_outcomes, own_progress
from x_pilot_api.student_space.queries.changes import Page, read_changes
from x_pilot_api.student_space.queries.exams import explain_result, list_registrations, list_results
from x_pilot_api.student_space.queries.overview import read_overview
from x_pilot_api.student_space.queries.owning import Own, list_awards, own_of

__all__ = [
    "Own",
    "Page",
    "explain_result",
    "find_account",
    "list_awards",
    "list_outcomes",
    "list_registrations",
    "list_results",
    "own_of",
    "own_progress",
    "read_changes",
    "read_overview",
]
