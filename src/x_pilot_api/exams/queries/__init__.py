"""Reading exams."""

from x_pilot_api.exams.queries.evidence import find_evidence
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
from x_pilot_api.exams.queries.sittings import (
    Clash,
    count_seats_at,
    describe_sittings,
    find_examiner_clash,
    find_room_clash,
    get_sitting,
    list_live_sittings,
    list_sittings,
    lock_sitting,
    sittings_visible_to,
)
from x_pilot_api.exams.queries.tasklist import list_overdue_tasks, list_tasks, lock_task

__all__ = [
    "Clash",
    "batches_visible_to",
    "count_seats_at",
    "describe_batch",
    "describe_plans",
    "describe_registrations",
    "describe_sittings",
    "explain_eligibility",
    "find_evidence",
    "find_examiner_clash",
    "find_registrations",
    "find_room_clash",
    "get_batch",
    "get_plan",
    "get_registration",
    "get_sitting",
    "list_candidates",
    "list_live_sittings",
    "list_overdue_tasks",
    "list_plans",
    "list_plans_to_seat",
    "list_registrations",
    "list_row_outcomes",
    "list_sittings",
    "list_tasks",
    "lock_plan",
    "lock_sitting",
    "lock_task",
    "plans_visible_to",
    "registrations_visible_to",
    "row_outcome",
    "sittings_visible_to",
    "wishes_of",
]
