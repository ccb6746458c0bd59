"""What has to be done for a plan by when, and what of it is done."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from x_pilot_api.exams.errors import TaskNotTicked
from x_pilot_api.exams.models import ExamPlan, PlanTask, PlanTaskKind
from x_pilot_api.exams.rules.plans import Evidence, PlanStanding, is_held, standing_of

_K = PlanTaskKind

BY_HAND = frozenset({_K.ARRANGE_SEATS, _K.ISSUE_TICKETS})
"""What a person ticks, unless evidence shows that it is done."""


def task_days(plan: ExamPlan, *, timezone: str) -> Mapping[PlanTaskKind, date]:
    """Tell by which day each task of a plan is due.

    What has no day of its own is due on the day of the exam; results and the end of a notice are due only if a plan
    says when.
    """
    days: dict[PlanTaskKind, date] = {
        _K.CLOSE_REGISTRATION: plan.registration_closes_on,
        _K.LOCK_CANDIDATES: plan.candidates_locked_on or plan.exam_on,
        _K.ARRANGE_SEATS: plan.seats_arranged_on or plan.exam_on,
        _K.ISSUE_TICKETS: plan.tickets_on or plan.exam_on,
        _K.HOLD_SITTINGS: plan.exam_on,
    }
    if plan.results_due_on is not None:
        days[_K.ENTER_RESULTS] = plan.results_due_on
    if plan.objections_until is not None:
        days[_K.END_NOTICE] = plan.objections_until.astimezone(ZoneInfo(timezone)).date()
    return days


def is_done(task: PlanTask, plan: ExamPlan, evidence: Evidence, *, today: date, now: datetime) -> bool:
    """Tell whether a task is done, by what is there or because somebody ticked it."""
    closed = plan.registration_closes_on < today
    shown: Mapping[str, bool] = {
        _K.CLOSE_REGISTRATION: closed,
        _K.LOCK_CANDIDATES: closed and not evidence.unlocked,
        _K.ARRANGE_SEATS: evidence.is_arranged,
        _K.ISSUE_TICKETS: False,
        _K.HOLD_SITTINGS: is_held(plan, evidence, today=today, now=now),
        _K.ENTER_RESULTS: plan.exam_on <= today and evidence.results >= evidence.candidates,
        _K.END_NOTICE: plan.objections_until is not None and plan.objections_until <= now,
    }
    return task.done_at is not None or shown[task.kind]


def is_overdue(task: PlanTask, plan: ExamPlan, *, done: bool, today: date) -> bool:
    """Tell whether a task of a plan that is still to be held or finished should have been done before today."""
    return not done and task.due_on < today and standing_of(plan) == PlanStanding.PUBLISHED


def check_by_hand(kind: PlanTaskKind) -> None:
    """Refuse to tick what evidence shows."""
    if kind not in BY_HAND:
        raise TaskNotTicked(kind=kind)
