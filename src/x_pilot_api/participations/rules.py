"""What may be done with a participation, and to which academic year a day belongs."""

from datetime import date

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.participations.errors import QuotaBelowTaken
from x_pilot_api.participations.models import Participation, ParticipationState

AUDIT_KIND = "participation"

_S = ParticipationState
_P = Permission
_FIRST_MONTH = 9

WORKFLOW = Workflow(
    name="participation",
    initial=_S.ASKED,
    deeds={
        "ask_again": Deed(frozenset({_S.REFUSED}), _S.ASKED, _P.PARTICIPATIONS_ASK),
        "approve": Deed(frozenset({_S.ASKED}), _S.APPROVED, _P.PARTICIPATIONS_APPROVE),
        "refuse": Deed(frozenset({_S.ASKED}), _S.REFUSED, _P.PARTICIPATIONS_APPROVE),
        "change": Deed(frozenset({_S.APPROVED}), _S.APPROVED, _P.PARTICIPATIONS_CHANGE),
        "end": Deed(frozenset({_S.APPROVED}), _S.ENDED, _P.PARTICIPATIONS_CHANGE),
        "grant": Deed(frozenset(_S), _S.APPROVED, _P.PROGRAMME_RETURNS_ACCEPT),
        "resume": Deed(frozenset({_S.ENDED}), _S.APPROVED, _P.PARTICIPATIONS_CHANGE),
    },
)

_NEVER_OFFERED = frozenset({"grant"})
"""Nobody asks for it: accepting a programme's data does it."""


def academic_year_on(day: date) -> str:
    """Name the academic year a day belongs to; it begins on the first of September."""
    first = day.year if day.month >= _FIRST_MONTH else day.year - 1
    return f"{first:04d}-{first + 1:04d}"


def allowed_deeds(actor: Actor, participation: Participation) -> list[str]:
    """List what an actor may do with a participation next; nobody approves what they asked for."""
    deeds = WORKFLOW.allowed_deeds(actor, state=participation.state)
    closed = {*_NEVER_OFFERED, *(["approve"] if participation.asked_by == actor.id else [])}
    return [deed for deed in deeds if deed not in closed]


def check_quota(participation: Participation, quota: int) -> None:
    """Refuse a quota below the places that are taken."""
    if quota < participation.taken:
        raise QuotaBelowTaken(quota=quota, taken=participation.taken)
