"""What may be done with quality feedback, and how it ages."""

from datetime import date, datetime, tzinfo

from x_pilot_api.certificates.models import Feedback, FeedbackState
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission

AUDIT_KIND = "quality_feedback"

_S = FeedbackState
_P = Permission

WORKFLOW = Workflow(
    name="quality feedback",
    initial=_S.OPEN,
    deeds={
        "change": Deed(frozenset({_S.OPEN}), _S.OPEN, _P.FEEDBACK_GIVE),
        "send": Deed(frozenset({_S.OPEN}), _S.SENT, _P.FEEDBACK_SETTLE),
        "answer": Deed(frozenset({_S.SENT, _S.REOPENED}), _S.ANSWERED, _P.FEEDBACK_ANSWER),
        "verify": Deed(frozenset({_S.ANSWERED}), _S.VERIFIED, _P.FEEDBACK_SETTLE),
        "close": Deed(frozenset({_S.VERIFIED}), _S.CLOSED, _P.FEEDBACK_SETTLE),
        "reopen": Deed(frozenset({_S.VERIFIED}), _S.REOPENED, _P.FEEDBACK_SETTLE),
    },
)

WAITING = frozenset({_S.SENT, _S.REOPENED})
"""The organisation's answer is waited for."""


def allowed_deeds(actor: Actor, feedback: Feedback) -> list[str]:
    """List what an actor may do with feedback next; an organisation's people answer, whatever else they are."""
    deeds = WORKFLOW.allowed_deeds(actor, state=feedback.state)
    if actor.institution_id != feedback.institution_id:
        return [deed for deed in deeds if deed == "answer"]
    return [deed for deed in deeds if deed != "answer"]


def age_days(feedback: Feedback, *, today: date, zone: tzinfo) -> int | None:
    """Count the days since the organisation was first or last asked, until today or until it was closed."""
    if feedback.asked_at is None:
        return None
    ended: datetime | None = feedback.closed_at
    last = ended.astimezone(zone).date() if ended else today
    return max(0, (last - feedback.asked_at.astimezone(zone).date()).days)


def is_overdue(feedback: Feedback, *, today: date) -> bool:
    """Tell whether an answer is waited for past its day."""
    return feedback.state in WAITING and feedback.due_on < today
