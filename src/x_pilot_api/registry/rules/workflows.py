"""How a student's status and a training plan's state may change."""

from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.registry.models import StudentStatus, TrainingPlanState

_ENROLLED, _SUSPENDED = StudentStatus.ENROLLED.value, StudentStatus.SUSPENDED.value
_GRADUATED, _LEFT = StudentStatus.GRADUATED.value, StudentStatus.LEFT.value
_DRAFT = TrainingPlanState.DRAFT.value


def _status(sources: set[str], target: str) -> Deed:
    return Deed(frozenset(sources), target, Permission.STUDENTS_WRITE)


STUDENT = Workflow(
    name="student",
    initial=_ENROLLED,
    deeds={
        "suspend": _status({_ENROLLED}, _SUSPENDED),
        "resume": _status({_SUSPENDED}, _ENROLLED),
        "graduate": _status({_ENROLLED}, _GRADUATED),
        "leave": _status({_ENROLLED, _SUSPENDED}, _LEFT),
        "readmit": _status({_LEFT, _GRADUATED}, _ENROLLED),
    },
)

TRAINING_PLAN = Workflow(
    name="training_plan",
    initial=_DRAFT,
    deeds={
        "change": Deed(frozenset({_DRAFT}), _DRAFT, Permission.TRAINING_PLANS_WRITE),
        "remove": Deed(frozenset({_DRAFT}), "removed", Permission.TRAINING_PLANS_WRITE),
        "enact": Deed(frozenset({_DRAFT}), TrainingPlanState.IN_FORCE.value, Permission.TRAINING_PLANS_ENACT),
    },
)


def status_moves() -> str:
    """Write the moves of a student's status as rows of SQL: from, to."""
    return ", ".join(
        f"('{source}', '{deed.target}')" for deed in STUDENT.deeds.values() for source in sorted(deed.sources)
    )
