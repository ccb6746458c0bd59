"""Reading exams."""

from x_pilot_api.exams.queries.award_results import find_best_score, list_award_results
from x_pilot_api.exams.queries.corrections import (
    PERSON_OF_A_CASE,
    cases_visible_to,
    find_candidate,
    find_open_case,
    get_case,
    list_cases,
    list_cases_of_batch,
    list_steps,
    lock_case,
    tell_case,
    tell_steps,
    tell_whole_case,
)
from x_pilot_api.exams.queries.plans import describe_plans, get_plan, list_plans, plans_visible_to
from x_pilot_api.exams.queries.registrations import list_candidates
from x_pilot_api.exams.queries.results import (
    batches_visible_to,
    describe_batch,
    get_batch,
    list_row_outcomes,
    row_outcome,
)

__all__ = [
    "PERSON_OF_A_CASE",
    "batches_visible_to",
    "cases_visible_to",
    "describe_batch",
    "describe_plans",
    "find_best_score",
    "find_candidate",
    "find_open_case",
    "get_batch",
    "get_case",
    "get_plan",
    "list_award_results",
    "list_candidates",
    "list_cases",
    "list_cases_of_batch",
    "list_plans",
    "list_row_outcomes",
    "list_steps",
    "lock_case",
    "plans_visible_to",
    "row_outcome",
    "tell_case",
    "tell_steps",
    "tell_whole_case",
]
