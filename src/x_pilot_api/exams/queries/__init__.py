"""Reading exams."""

from x_pilot_api.exams.queries.judging import explain_eligibility
from x_pilot_api.exams.queries.plans import describe_plans, get_plan, list_plans, lock_plan, plans_visible_to
from x_pilot_api.exams.queries.registrations import (
    describe_registrations,
    find_registrations,
    get_registration,
    list_candidates,
    list_plans_to_seat,
    list_registrations,
    registrations_visible_to,
    wishes_of,
)
from x_pilot_api.exams.queries.results import (
    batches_visible_to,
    describe_batch,
    get_batch,
    list_row_outcomes,
    row_outcome,
)

__all__ = [
    "batches_visible_to",
    "describe_batch",
    "describe_plans",
    "describe_registrations",
    "explain_eligibility",
    "find_registrations",
    "get_batch",
    "get_plan",
    "get_registration",
    "list_candidates",
    "list_plans",
    "list_plans_to_seat",
    "list_registrations",
    "list_row_outcomes",
    "lock_plan",
    "plans_visible_to",
    "registrations_visible_to",
    "row_outcome",
    "wishes_of",
]
