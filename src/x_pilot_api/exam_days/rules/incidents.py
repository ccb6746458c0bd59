"""What can follow from which kind of incident, and who decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.exam_days.models import Consequence, ExamIncident, IncidentCategory, IncidentState
from x_pilot_api.identity.permissions import Permission

AUDIT_KIND = "exam_incident"

INCIDENT = Workflow(
    name="exam incident",
    initial=IncidentState.REPORTED,
    deeds={
        "confirm": Deed(frozenset({IncidentState.REPORTED}), IncidentState.CONFIRMED, Permission.EXAM_INCIDENTS_DECIDE),
        "reject": Deed(frozenset({IncidentState.REPORTED}), IncidentState.REJECTED, Permission.EXAM_INCIDENTS_DECIDE),
    },
)


@dataclass(frozen=True)
class Kind:
    """One category: its name, whom it concerns, what usually follows and what else can."""

    name: Both
    of_a_candidate: bool
    usual: Consequence
    possible: frozenset[Consequence]


_C = Consequence
_FOR_ALL = frozenset({_C.NONE, _C.RESTORES_GUARANTEE, _C.EXTENDS_TIME, _C.VOIDS_RESULT})

KINDS: Mapping[IncidentCategory, Kind] = {
    IncidentCategory.ILLNESS: Kind(
        Both("考生突发疾病", "A candidate fell ill"),
        of_a_candidate=True,
        usual=_C.RESTORES_GUARANTEE,
        possible=frozenset({_C.NONE, _C.RESTORES_GUARANTEE, _C.EXTENDS_TIME}),
    ),
    IncidentCategory.BREACH: Kind(
        Both("考生违纪违规", "A candidate broke the rules"),
        of_a_candidate=True,
        usual=_C.VOIDS_RESULT,
        possible=frozenset({_C.NONE, _C.VOIDS_RESULT}),
    ),
    IncidentCategory.LATE: Kind(
        Both("考生迟到", "A candidate came late"),
        of_a_candidate=True,
        usual=_C.NONE,
        possible=frozenset({_C.NONE, _C.RESTORES_GUARANTEE}),
    ),
    IncidentCategory.POWER_FAILURE: Kind(
        Both("停电", "The power failed"), of_a_candidate=False, usual=_C.EXTENDS_TIME, possible=_FOR_ALL
    ),
    IncidentCategory.EQUIPMENT_FAILURE: Kind(
        Both("设备或网络故障", "Equipment or the network failed"),
        of_a_candidate=False,
        usual=_C.EXTENDS_TIME,
        possible=_FOR_ALL,
    ),
    IncidentCategory.PAPER_ERROR: Kind(
        Both("试卷或试题有误", "The paper was wrong"),
        of_a_candidate=False,
        usual=_C.RESTORES_GUARANTEE,
        possible=_FOR_ALL,
    ),
    IncidentCategory.CANCELLED: Kind(
        Both("场次取消", "The sitting was cancelled"),
        of_a_candidate=False,
        usual=_C.RESTORES_GUARANTEE,
        possible=frozenset({_C.RESTORES_GUARANTEE}),
    ),
    IncidentCategory.WEATHER: Kind(
        Both("恶劣天气等不可抗力", "Weather or another force beyond control"),
        of_a_candidate=False,
        usual=_C.RESTORES_GUARANTEE,
        possible=_FOR_ALL,
    ),
}


def allowed_deeds(actor: Actor, incident: ExamIncident) -> list[str]:
    """List what an actor may do next; whoever reported an incident does not decide on it."""
    if actor.institution_id != incident.institution_id or actor.id == incident.reported_by:
        return []
    return INCIDENT.allowed_deeds(actor, state=incident.state)
