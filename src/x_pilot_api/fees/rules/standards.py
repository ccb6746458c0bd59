"""What may be done with a fee standard and by whom, and which ones a successor takes the place of."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.fees.errors import (
    FeeBeginsInThePast,
    FeeNeedsTheOtherSide,
    FeeSecondPersonNeeded,
    FeeSuccessorEndsEarlier,
)
from x_pilot_api.fees.models import FeeSide, FeeStandard, FeeStandardState
from x_pilot_api.fees.rules.ceilings import written_period
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import Permission

STANDARD_KIND = "fee_standard"

_S = FeeStandardState
_P = Permission

STANDARD_WORKFLOW = Workflow(
    name="fee standard",
    initial=_S.PROPOSED,
    deeds={
        "agree": Deed(frozenset({_S.PROPOSED}), _S.AGREED, _P.FEE_STANDARDS_AGREE),
        "refuse": Deed(frozenset({_S.PROPOSED}), _S.REFUSED, _P.FEE_STANDARDS_AGREE),
        "approve": Deed(frozenset({_S.AGREED}), _S.APPROVED, _P.FEE_STANDARDS_APPROVE),
        "reject": Deed(frozenset({_S.AGREED}), _S.REFUSED, _P.FEE_STANDARDS_APPROVE),
        "publish": Deed(frozenset({_S.APPROVED}), _S.PUBLISHED, _P.FEE_STANDARDS_PUBLISH),
        "withdraw": Deed(frozenset({_S.PROPOSED, _S.AGREED, _S.APPROVED}), _S.WITHDRAWN, _P.FEE_STANDARDS_PROPOSE),
        "supersede": Deed(frozenset({_S.PUBLISHED}), _S.SUPERSEDED, _P.FEE_STANDARDS_PUBLISH),
        "suspend": Deed(
            frozenset({_S.PROPOSED, _S.AGREED, _S.APPROVED, _S.PUBLISHED, _S.SUPERSEDED}),
            _S.SUSPENDED,
            _P.FEE_CEILINGS_ISSUE,
        ),
    },
)

_FOLLOWS = frozenset({"supersede", "suspend"})
"""What nobody does by itself: it follows from publishing a successor, or from a lower ceiling."""
_OTHER_SIDE = frozenset({"agree", "refuse"})


def side_of(actor: Actor) -> FeeSide:
    """Tell for which side somebody acts: an organisation's people for theirs, everybody else for the institution."""
    return FeeSide.ORGANISATION if actor.organisation_id is not None else FeeSide.INSTITUTION


def standard_deeds(actor: Actor, standard: FeeStandard) -> list[str]:
    """List what somebody may do next with a standard they see."""
    deeds = STANDARD_WORKFLOW.allowed_deeds(actor, state=standard.state)
    return [deed for deed in deeds if deed not in _FOLLOWS and _is_theirs(deed, actor, standard)]


def _is_theirs(deed: str, actor: Actor, standard: FeeStandard) -> bool:
    if deed in _OTHER_SIDE:
        return side_of(actor) != standard.side and not _is_office(actor) and actor.id not in _hands(standard)
    if deed == "withdraw":
        return side_of(actor) == standard.side
    return deed != "approve" or actor.id not in _hands(standard)


def _is_office(actor: Actor) -> bool:
    """Tell whether an actor of an institution is no more than its office: a college agrees, and the office approves."""
    return actor.organisation_id is None and Role.COORDINATOR not in actor.roles


def _hands(standard: FeeStandard) -> set[UUID | None]:
    return {standard.proposed_by, standard.agreed_by}


def check_other_side(actor: Actor, standard: FeeStandard) -> None:
    """Refuse to answer one's own side's proposal, or for the college what only the office is."""
    if side_of(actor) == standard.side or _is_office(actor):
        raise FeeNeedsTheOtherSide(side=standard.side)


def check_own_side(actor: Actor, standard: FeeStandard) -> None:
    """Refuse to take back what the other side proposed."""
    if side_of(actor) != standard.side:
        raise FeeNeedsTheOtherSide(side=standard.side)


def check_second_person(actor: Actor, standard: FeeStandard) -> None:
    """Refuse to go on with what one has brought here oneself."""
    if actor.id in _hands(standard):
        raise FeeSecondPersonNeeded(state=standard.state)


def in_force_until(standard: FeeStandard) -> date | None:
    """Tell the first day on which a published standard is in force no longer."""
    ends = [day for day in (standard.effective_to, standard.ended_on) if day is not None]
    return min(ends, default=None)


def check_giving_way(standard: FeeStandard, giving_way: Sequence[FeeStandard], *, today: date) -> None:
    """Refuse a successor that would change what was in force on past days, or leave days without a fee after it."""
    for earlier in giving_way:
        if standard.effective_from < today:
            raise FeeBeginsInThePast(
                effective_from=standard.effective_from.isoformat(),
                today=today.isoformat(),
                standard_id=str(earlier.id),
                fee_fen=earlier.fee_fen,
            )
        end = in_force_until(earlier)
        if standard.effective_to is not None and (end is None or standard.effective_to < end):
            raise FeeSuccessorEndsEarlier(
                standard_id=str(earlier.id),
                fee_fen=earlier.fee_fen,
                standard_period=written_period(earlier.effective_from, end),
                successor_period=written_period(standard.effective_from, standard.effective_to),
            )
