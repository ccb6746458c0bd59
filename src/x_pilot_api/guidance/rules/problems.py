"""What may be done with a problem, by whom, and how it ages."""

from datetime import date, timedelta
from uuid import UUID

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.guidance.errors import DeedOfAnother, GuidanceDueInPast, HeldInFuture
from x_pilot_api.guidance.models import PilotProblem, ProblemState
from x_pilot_api.identity.permissions import Permission

PROBLEM_KIND = "pilot_problem"

_S = ProblemState
_P = Permission

PROBLEM = Workflow(
    name="pilot problem",
    initial=_S.RAISED,
    deeds={
        # Assigning again gives it to another, or another day.
        "assign": Deed(frozenset({_S.RAISED, _S.ASSIGNED, _S.REOPENED}), _S.ASSIGNED, _P.PILOT_PROBLEMS_ASSIGN),
        "resolve": Deed(frozenset({_S.ASSIGNED, _S.REOPENED}), _S.RESOLVED, _P.PILOT_PROBLEMS_RESOLVE),
        "confirm": Deed(frozenset({_S.RESOLVED}), _S.CONFIRMED, _P.PILOT_PROBLEMS_RAISE),
        "reopen": Deed(frozenset({_S.RESOLVED}), _S.REOPENED, _P.PILOT_PROBLEMS_RAISE),
    },
)

WAITING = frozenset({_S.ASSIGNED, _S.REOPENED})
"""The owner is waited for."""

AGE_BOUNDS = (7, 30, 90)
"""The last day of each bucket of ages but the oldest, which has none."""


def parties_to(deed: str, problem: PilotProblem) -> UUID | None:
    """Name the one person whose deed it is; nobody where the permission alone decides."""
    return {"resolve": problem.owner_id, "confirm": problem.raised_by, "reopen": problem.raised_by}.get(deed)


def is_theirs(actor: Actor, deed: str, problem: PilotProblem) -> bool:
    """Tell whether a deed on a problem is the actor's to do; a coordinator assigns their own colleges' problems."""
    if deed == "assign":
        return "registrar" in actor.roles or problem.college_id in actor.college_ids
    return parties_to(deed, problem) == actor.id


def check_theirs(actor: Actor, deed: str, problem: PilotProblem) -> None:
    """Refuse a deed that is another's."""
    if not is_theirs(actor, deed, problem):
        raise DeedOfAnother(deed=deed)


def allowed_deeds(actor: Actor, problem: PilotProblem) -> list[str]:
    """List what an actor may do with a problem next."""
    return [deed for deed in PROBLEM.allowed_deeds(actor, state=problem.state) if is_theirs(actor, deed, problem)]


def check_due(due_on: date, *, today: date) -> None:
    """Refuse a day that is over."""
    if due_on < today:
        raise GuidanceDueInPast(due_on=str(due_on), today=str(today))


def check_held(held_on: date, *, today: date) -> None:
    """Refuse to record what has not taken place."""
    if held_on > today:
        raise HeldInFuture(held_on=str(held_on), today=str(today))


def age_days(problem: PilotProblem, *, today: date) -> int:
    """Count the days since a problem was raised, until it was confirmed or until today."""
    return max(0, ((problem.confirmed_on or today) - problem.raised_on) // timedelta(days=1))


def is_overdue(problem: PilotProblem, *, today: date) -> bool:
    """Tell whether the owner is waited for past the day; a problem nobody owns has no day."""
    return problem.state in WAITING and problem.due_on is not None and problem.due_on < today


def bucket_of(days: int) -> int:
    """Name the bucket an age falls in, counted from 0 for the youngest."""
    return sum(days > bound for bound in AGE_BOUNDS)
