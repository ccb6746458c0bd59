"""What may be done with a consultation and with what is to follow from it."""

from datetime import date

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.guidance.errors import DeedOfAnother, MinutesMissing
from x_pilot_api.guidance.models import Consultation, ConsultationState, FollowUp, FollowUpState
from x_pilot_api.guidance.rules import reach
from x_pilot_api.identity.permissions import Permission

CONSULTATION_KIND = "consultation"
FOLLOW_UP_KIND = "follow_up"

_S = ConsultationState
_F = FollowUpState
_RECORD = Permission.CONSULTATIONS_RECORD

CONSULTATION = Workflow(
    name="consultation",
    initial=_S.DRAFT,
    deeds={
        "change": Deed(frozenset({_S.DRAFT}), _S.DRAFT, _RECORD),
        "sign_off": Deed(frozenset({_S.DRAFT}), _S.SIGNED_OFF, _RECORD),
        "add": Deed(frozenset({_S.SIGNED_OFF}), _S.SIGNED_OFF, _RECORD),
    },
)

FOLLOW_UP = Workflow(
    name="follow-up",
    initial=_F.OPEN,
    deeds={
        "reassign": Deed(frozenset({_F.OPEN, _F.REOPENED}), _F.OPEN, _RECORD),
        "finish": Deed(frozenset({_F.OPEN, _F.REOPENED}), _F.DONE, _RECORD),
        "check": Deed(frozenset({_F.DONE}), _F.CHECKED, _RECORD),
        "reopen": Deed(frozenset({_F.DONE}), _F.REOPENED, _RECORD),
    },
)

WAITING = frozenset({_F.OPEN, _F.REOPENED})
"""The owner is waited for."""


def consultation_deeds(actor: Actor, consultation: Consultation) -> list[str]:
    """List what an actor may do with a consultation next."""
    if not reach.is_own(actor, consultation.college_id):
        return []
    deeds = CONSULTATION.allowed_deeds(actor, state=consultation.state)
    deeds = [deed for deed in deeds if deed != "sign_off" or consultation.minutes]
    # What is to follow can be agreed before and after the minutes are signed off, and moves neither.
    return [*deeds, "follow_up"] if actor.may(_RECORD) else deeds


def check_minutes(consultation: Consultation) -> str:
    """Give the minutes that are to be signed off, or refuse when there are none."""
    if not consultation.minutes:
        raise MinutesMissing
    return consultation.minutes


def is_theirs(actor: Actor, deed: str, follow_up: FollowUp, consultation: Consultation) -> bool:
    """Tell whether a deed on a follow-up is the actor's: the owner does it, others who record there check it."""
    if deed == "finish":
        return actor.id == follow_up.owner_id
    own = reach.is_own(actor, consultation.college_id)
    return own if deed == "reassign" else own and actor.id != follow_up.owner_id


def check_theirs(actor: Actor, deed: str, follow_up: FollowUp, consultation: Consultation) -> None:
    """Refuse a deed that is another's."""
    if not is_theirs(actor, deed, follow_up, consultation):
        raise DeedOfAnother(deed=deed)


def follow_up_deeds(actor: Actor, follow_up: FollowUp, consultation: Consultation) -> list[str]:
    """List what an actor may do with a follow-up next."""
    deeds = FOLLOW_UP.allowed_deeds(actor, state=follow_up.state)
    return [deed for deed in deeds if is_theirs(actor, deed, follow_up, consultation)]


def is_overdue(follow_up: FollowUp, *, today: date) -> bool:
    """Tell whether the owner is waited for past the day."""
    return follow_up.state in WAITING and follow_up.due_on < today
