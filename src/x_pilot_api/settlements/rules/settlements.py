"""What may be done with a settlement, and by whom."""

from enum import StrEnum

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.settlements.errors import NotASettlingParty, SameSettler, SettlementChanged
from x_pilot_api.settlements.models import Settlement, SettlementState

AUDIT_KIND = "settlement"

_S = SettlementState
_P = Permission

OPEN = frozenset({_S.DRAFT, _S.PROPOSED, _S.DISPUTED})
"""States in which the figures can still change; a plan has one such settlement at most."""

WORKFLOW = Workflow(
    name="settlement",
    initial=_S.DRAFT,
    deeds={
        # New figures take back what either side agreed to.
        "recompute": Deed(OPEN, _S.DRAFT, _P.SETTLEMENTS_PREPARE),
        "propose": Deed(frozenset({_S.DRAFT}), _S.PROPOSED, _P.SETTLEMENTS_PREPARE),
        # The first of the two sides leaves it proposed; the second moves it.
        "agree": Deed(frozenset({_S.PROPOSED}), _S.AGREED, _P.SETTLEMENTS_AGREE),
        "dispute": Deed(frozenset({_S.PROPOSED}), _S.DISPUTED, _P.SETTLEMENTS_AGREE),
        "settle": Deed(frozenset({_S.AGREED}), _S.SETTLED, _P.SETTLEMENTS_PAY),
    },
)


class Party(StrEnum):
    """Whose agreement a settlement needs."""

    INSTITUTION = "institution"
    ORGANISATION = "organisation"


def party_of(actor: Actor, settlement: Settlement) -> Party | None:
    """Tell for whom an actor agrees; somebody who could speak for both speaks for the institution alone."""
    if actor.institution_id == settlement.institution_id:
        return Party.INSTITUTION
    return Party.ORGANISATION if actor.organisation_id == settlement.organisation_id else None


def has_agreed(settlement: Settlement, party: Party) -> bool:
    """Tell whether a side agreed to the figures as they are."""
    agreed = settlement.institution_agreed_hash if party is Party.INSTITUTION else settlement.organisation_agreed_hash
    return agreed == settlement.content_hash


def check_agreement(actor: Actor, settlement: Settlement, *, content_hash: str) -> Party:
    """Refuse the agreement of who is no side, has seen other figures, or has agreed for the other side already."""
    party = party_of(actor, settlement)
    if party is None:
        raise NotASettlingParty
    if content_hash != settlement.content_hash:
        raise SettlementChanged(agreed_hash=content_hash, content_hash=settlement.content_hash)
    other = settlement.organisation_agreed_by if party is Party.INSTITUTION else settlement.institution_agreed_by
    if other == actor.id:
        raise SameSettler
    return party


def allowed_deeds(actor: Actor, settlement: Settlement) -> list[str]:
    """List what an actor may do with a settlement next."""
    party = party_of(actor, settlement)
    closed: set[str] = set()
    if party is not Party.INSTITUTION:
        closed |= {"recompute", "propose", "settle"}
    if party is None:
        closed |= {"agree", "dispute"}
    elif has_agreed(settlement, party):
        closed.add("agree")
    return [deed for deed in WORKFLOW.allowed_deeds(actor, state=settlement.state) if deed not in closed]
