"""What may be done about a party's wish for training, and what answers a letter."""

from datetime import date

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.guidance.errors import AnswerUnfit
from x_pilot_api.guidance.models import Correspondence, DemandState, LetterDirection, TrainingDemand
from x_pilot_api.guidance.rules import reach
from x_pilot_api.identity.permissions import Permission

PARTY_KIND = "outside_party"
CORRESPONDENCE_KIND = "correspondence"
DEMAND_KIND = "training_demand"

_S = DemandState
_RECORD = Permission.CONSULTATIONS_RECORD

DEMAND = Workflow(
    name="training demand",
    initial=_S.UNMET,
    deeds={
        "meet": Deed(frozenset({_S.UNMET}), _S.MET, _RECORD),
        "reopen": Deed(frozenset({_S.MET}), _S.UNMET, _RECORD),
    },
)


def demand_deeds(actor: Actor, demand: TrainingDemand) -> list[str]:
    """List what an actor may do about a wish for training next."""
    return DEMAND.allowed_deeds(actor, state=demand.state) if reach.is_own(actor, demand.college_id) else []


def check_answer(answered: Correspondence, *, direction: LetterDirection, sent_on: date) -> None:
    """Refuse an answer that goes the same way, is older, or comes where there is one."""
    if answered.direction == direction or answered.answered_by_id is not None or sent_on < answered.sent_on:
        raise AnswerUnfit(answers_id=str(answered.id))


def is_unanswered(item: Correspondence, *, today: date) -> bool:
    """Tell whether an answer was due before today and is not there."""
    return item.answered_by_id is None and item.answer_due_on is not None and item.answer_due_on < today
