"""Reading exams."""

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
    "batches_visible_to",
    "describe_batch",
    "describe_plans",
    "get_batch",
    "get_plan",
    "list_candidates",
    "list_plans",
    "list_row_outcomes",
    "plans_visible_to",
    "row_outcome",
]
