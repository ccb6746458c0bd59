"""Where an exam plan is on its way, and what may be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.exams.errors import PlanDatesUnordered, PlanDayNotLater, PlanHasResults, PlanNotRunning
from x_pilot_api.exams.models import ExamPlan, PlanState, out_of_order
from x_pilot_api.identity.permissions import Permission

PLAN_KIND = "exam_plan"

_S = PlanState
_P = Permission


class PlanStanding(StrEnum):
    """What was done about a plan; the states between published and closed follow from days and evidence."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


_D = PlanStanding

PLAN_WORKFLOW = Workflow(
    name="exam plan",
    initial=_D.DRAFT,
    deeds={
        "change": Deed(frozenset({_D.DRAFT}), _D.DRAFT, _P.EXAM_PLANS_RUN),
        "publish": Deed(frozenset({_D.DRAFT}), _D.PUBLISHED, _P.EXAM_PLANS_RUN),
        "extend": Deed(frozenset({_D.PUBLISHED}), _D.PUBLISHED, _P.EXAM_PLANS_RUN),
        "arrange_sitting": Deed(frozenset({_D.PUBLISHED}), _D.PUBLISHED, _P.EXAM_SITTINGS_ARRANGE),
        "cancel": Deed(frozenset({_D.DRAFT, _D.PUBLISHED}), _D.CANCELLED, _P.EXAM_PLANS_RUN),
    },
)


@dataclass(frozen=True)
class Evidence:
    """What is there of a plan, beside its days."""

    candidates: int = 0
    """Registrations that expect a result."""
    unlocked: int = 0
    """Registrations that are neither locked nor out of it."""
    results: int = 0
    """Candidates who have one in effect."""
    sittings: int = 0
    last_sitting_ends_at: datetime | None = None
    is_arranged: bool = False
    """Every candidate has a seat."""


NOTHING = Evidence()


def standing_of(plan: ExamPlan) -> PlanStanding:
    """Tell what was done about a plan."""
    if plan.cancelled_at is not None:
        return _D.CANCELLED
    return _D.DRAFT if plan.published_at is None else _D.PUBLISHED


def is_held(plan: ExamPlan, evidence: Evidence, *, today: date, now: datetime) -> bool:
    """Tell whether the last sitting is over; without sittings, whether the day of the exam has come."""
    last = evidence.last_sitting_ends_at
    return plan.exam_on <= today and (last is None or last <= now)


def plan_state(plan: ExamPlan, evidence: Evidence, *, today: date, now: datetime) -> PlanState:
    """Tell a plan's state from its days and from what is there, so that no stored state can contradict them."""
    standing = standing_of(plan)
    if standing != _D.PUBLISHED:
        return PlanState(standing)
    if not is_held(plan, evidence, today=today, now=now):
        return _before(plan, evidence, today=today)
    if not evidence.results:
        return _S.HELD
    if evidence.results < evidence.candidates:
        return _S.RESULTS_ENTERED
    is_over = plan.objections_until is None or plan.objections_until <= now
    return _S.CLOSED if is_over else _S.PUBLIC_NOTICE


def _before(plan: ExamPlan, evidence: Evidence, *, today: date) -> PlanState:
    if today < plan.registration_opens_on:
        return _S.PUBLISHED
    if today <= plan.registration_closes_on:
        return _S.REGISTRATION_OPEN
    return _S.ARRANGED if evidence.is_arranged else _S.REGISTRATION_CLOSED


_NATIONAL = {_S.RESULTS_ENTERED: "4", _S.PUBLIC_NOTICE: "5", _S.CLOSED: "6"}


def national_code(state: PlanState) -> str | None:
    """Give the national code of a state: 4 results being entered, 5 public notice, 6 ended; others have none here."""
    return _NATIONAL.get(state)


def plan_deeds(actor: Actor, plan: ExamPlan, evidence: Evidence) -> list[str]:
    """List what an actor may do with a plan next; what has results is not cancelled."""
    deeds = PLAN_WORKFLOW.allowed_deeds(actor, state=standing_of(plan))
    return [deed for deed in deeds if deed != "cancel" or not evidence.results]


def check_running(plan: ExamPlan) -> None:
    """Refuse to register, arrange or take in anything for a plan that is a draft or cancelled."""
    standing = standing_of(plan)
    if standing != _D.PUBLISHED:
        raise PlanNotRunning(plan_code=plan.code, state=standing)


def check_without_results(evidence: Evidence) -> None:
    """Refuse to change what results rest on."""
    if evidence.results:
        raise PlanHasResults(results=evidence.results)


def check_order(days: Mapping[str, date | None]) -> None:
    """Refuse days of a plan that do not follow each other."""
    found = out_of_order(days)
    if found is not None:
        earlier, later = found
        raise PlanDatesUnordered(earlier=earlier, later=later, earlier_on=str(days[earlier]), later_on=str(days[later]))


def check_later(field: str, *, now_on: date | datetime | None, wished_on: date | datetime) -> None:
    """Refuse to bring a day of a published plan forward."""
    if now_on is not None and wished_on < now_on:
        raise PlanDayNotLater(field=field, now_on=now_on.isoformat(), wished_on=wished_on.isoformat())
