"""What may be done with a finding, by whom, and how it ages."""

from datetime import date, timedelta

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.supervision.errors import FindingDeedOfAnother, MeasureDueInPast
from x_pilot_api.supervision.models import FindingState, SupervisionFinding

FINDING_KIND = "supervision_finding"

_S = FindingState
_P = Permission

FINDING = Workflow(
    name="supervision finding",
    initial=_S.RAISED,
    deeds={
        # Planned again it has another measure, owner or day.
        "plan": Deed(frozenset({_S.RAISED, _S.PLANNED, _S.RETURNED}), _S.PLANNED, _P.SUPERVISION_FINDINGS_PLAN),
        "finish": Deed(frozenset({_S.PLANNED, _S.RETURNED}), _S.DONE, _P.SUPERVISION_FINDINGS_FINISH),
        "close": Deed(frozenset({_S.DONE}), _S.CLOSED, _P.SUPERVISION_FINDINGS_CHECK),
        "send_back": Deed(frozenset({_S.DONE}), _S.RETURNED, _P.SUPERVISION_FINDINGS_CHECK),
    },
)

WAITING = frozenset({_S.PLANNED, _S.RETURNED})
"""The owner is waited for."""


def is_theirs(actor: Actor, deed: str, finding: SupervisionFinding) -> bool:
    """Tell whether a deed is the actor's to do.

    A college plans what was found at it, its owner or the college puts it right, and the office, or whoever of the
    college raised it, checks: never who did it.
    """
    is_college = finding.college_id in actor.college_ids
    if deed == "plan":
        return is_college
    if deed == "finish":
        return is_college or finding.owner_id == actor.id
    return actor.id != finding.done_by and (Role.REGISTRAR in actor.roles or finding.raised_by == actor.id)


def check_theirs(actor: Actor, deed: str, finding: SupervisionFinding) -> None:
    """Refuse a deed that is another's."""
    if not is_theirs(actor, deed, finding):
        raise FindingDeedOfAnother(deed=deed)


def allowed_deeds(actor: Actor, finding: SupervisionFinding) -> list[str]:
    """List what an actor may do with a finding next."""
    return [deed for deed in FINDING.allowed_deeds(actor, state=finding.state) if is_theirs(actor, deed, finding)]


def check_due(due_on: date, *, today: date) -> None:
    """Refuse a day that is over."""
    if due_on < today:
        raise MeasureDueInPast(due_on=due_on.isoformat(), today=today.isoformat())


def age_days(finding: SupervisionFinding, *, today: date) -> int:
    """Count the days since it was raised, until it was closed or until today."""
    return max(0, ((finding.closed_on or today) - finding.raised_on) // timedelta(days=1))


def is_overdue(finding: SupervisionFinding, *, today: date) -> bool:
    """Tell whether the measure is waited for past its day."""
    return finding.state in WAITING and finding.due_on is not None and finding.due_on < today
