"""Reading exams."""

from x_pilot_api.exams.queries.plans import (
    describe_plans,
    get_plan,
    get_plan_of,
    list_components,
    list_plans,
    plans_visible_to,
)
from x_pilot_api.exams.queries.registrations import list_candidates
from x_pilot_api.exams.queries.results import (
    batches_visible_to,
    count_revisions,
    describe_batch,
    describe_result,
    find_result,
    get_batch,
    get_latest,
    get_own_batch,
    list_row_outcomes,
    row_outcome,
)

__all__ = [
    "batches_visible_to",
    "count_revisions",
    "describe_batch",
    "describe_plans",
    "describe_result",
    "find_result",
    "get_batch",
    "get_latest",
    "get_own_batch",
    "get_plan",
    "get_plan_of",
    "list_candidates",
    "list_components",
    "list_plans",
    "list_row_outcomes",
    "plans_visible_to",
    "row_outcome",
]
