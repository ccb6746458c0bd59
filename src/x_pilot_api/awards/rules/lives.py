"""What may be done with an issued certificate, with its paper, and with a wish for another paper."""

from x_pilot_api.awards.models import AwardState, PrintState, ReissueState
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission

_A = AwardState
_W = PrintState
_P = Permission

AWARD_WORKFLOW = Workflow(
    name="award",
    initial=_A.VALID,
    deeds={
        "suspend": Deed(frozenset({_A.VALID}), _A.SUSPENDED, _P.AWARDS_SUSPEND),
        "reinstate": Deed(frozenset({_A.SUSPENDED}), _A.VALID, _P.AWARDS_SUSPEND),
        "propose_reissue": Deed(frozenset({_A.VALID}), _A.VALID, _P.AWARDS_REISSUE),
        "revoke": Deed(frozenset({_A.VALID, _A.SUSPENDED}), _A.REVOKED, _P.CORRECTIONS_PROPOSE),
    },
)

REISSUE_WORKFLOW = Workflow(
    name="award reissue",
    initial=ReissueState.PROPOSED,
    deeds={
        "confirm": Deed(frozenset({ReissueState.PROPOSED}), ReissueState.ISSUED, _P.AWARDS_REISSUE),
        "refuse": Deed(frozenset({ReissueState.PROPOSED}), ReissueState.REFUSED, _P.AWARDS_REISSUE),
    },
)

PAPER_WORKFLOW = Workflow(
    name="award paper",
    initial=_W.TO_PRINT,
    deeds={
        "print": Deed(frozenset({_W.TO_PRINT}), _W.PRINTED, _P.AWARDS_PRINT),
        "hand_over": Deed(frozenset({_W.PRINTED}), _W.HANDED_OVER, _P.AWARDS_PRINT),
        "collect": Deed(frozenset({_W.PRINTED, _W.HANDED_OVER}), _W.COLLECTED, _P.AWARDS_PRINT),
        "take_back": Deed(frozenset({_W.PRINTED, _W.HANDED_OVER, _W.COLLECTED}), _W.RETURNED, _P.AWARDS_PRINT),
        "print_again": Deed(frozenset({_W.RETURNED}), _W.TO_PRINT, _P.AWARDS_PRINT),
    },
)


def allowed_deeds(actor: Actor, *, state: str) -> list[str]:
    """List what an actor may do with a certificate; only the organisation that issued it decides on it."""
    return AWARD_WORKFLOW.allowed_deeds(actor, state=state)


def reissue_deeds(actor: Actor, *, state: str, proposed_by: object) -> list[str]:
    """List what an actor may do with a wish for another paper; nobody confirms their own."""
    deeds = REISSUE_WORKFLOW.allowed_deeds(actor, state=state)
    return [deed for deed in deeds if deed == "refuse" or proposed_by != actor.id]
