"""What may be done with a conversion, whose turn it is, and what a chain that is data means for its states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.credits.models import ChainStep, Conversion, ConversionState, OnLoss
from x_pilot_api.identity.permissions import Permission

CONVERSION_KIND = "conversion"
CONVERSIONS_KIND = "conversions"
POLICY_KIND = "conversion_policy"

_S = ConversionState
_P = Permission

OPEN = frozenset({_S.REQUESTED, _S.AGREED, _S.APPROVED, _S.CONFIRMED})
LIVE = OPEN | {_S.GRANTED}
"""What counts against a later wish: what may still be granted, and what was."""

WORKFLOW = Workflow(
    name="conversion",
    initial=_S.REQUESTED,
    deeds={
        "agree": Deed(frozenset({_S.REQUESTED}), _S.AGREED, _P.CONVERSIONS_AGREE),
        "approve": Deed(frozenset({_S.REQUESTED, _S.AGREED}), _S.APPROVED, _P.CONVERSIONS_APPROVE),
        "confirm": Deed(frozenset({_S.APPROVED}), _S.CONFIRMED, _P.CONVERSIONS_CONFIRM),
        "record": Deed(frozenset({_S.APPROVED, _S.CONFIRMED}), _S.GRANTED, _P.CONVERSIONS_RECORD),
        # Nobody asks for it: the last step of an institution's chain grants, whichever that is.
        "grant": Deed(frozenset({_S.APPROVED, _S.CONFIRMED}), _S.GRANTED, _P.CONVERSIONS_APPROVE),
        "refuse": Deed(OPEN, _S.REFUSED, _P.CONVERSIONS_REFUSE),
        "withdraw": Deed(OPEN, _S.WITHDRAWN, _P.CONVERSIONS_WITHDRAW),
        # A loss of the credits they rest on does it, and what is flagged waits for the office.
        "lapse": Deed(OPEN, _S.LAPSED, _P.CONVERSIONS_SETTLE),
        "keep": Deed(frozenset({_S.GRANTED}), _S.GRANTED, _P.CONVERSIONS_SETTLE),
        "unwind": Deed(frozenset({_S.GRANTED}), _S.UNWOUND, _P.CONVERSIONS_SETTLE),
    },
)

_NEVER_OFFERED = frozenset({"grant", "lapse"})
_OF_FLAGGED = frozenset({"keep", "unwind"})

STEP_OF: Mapping[str, ChainStep] = {
    "agree": ChainStep.COLLEGE,
    "approve": ChainStep.REGISTRAR,
    "confirm": ChainStep.ORGANISATION,
    "record": ChainStep.BANK,
}
"""Whose word each deed of the chain is."""

FULL_CHAIN: tuple[ChainStep, ...] = tuple(ChainStep)


@dataclass(frozen=True)
class Chain:
    """The chain in force: its version (0: none was loaded, and the full one holds), its steps, what a loss does."""

    version: int = 0
    steps: Sequence[str] = FULL_CHAIN
    on_loss: str = OnLoss.FLAG


@dataclass(frozen=True)
class Whose:
    """Whom a conversion concerns: the student, their college and programme, the certificate's organisation."""

    student_id: UUID
    college_id: UUID
    programme_id: UUID
    organisation_id: UUID


def steps_of(actor: Actor, *, institution_id: UUID, whose: Whose) -> set[ChainStep]:
    """Tell for which steps of a conversion's chain an actor speaks."""
    found: set[ChainStep] = set()
    if actor.institution_id == institution_id:
        if whose.college_id in actor.college_ids or whose.programme_id in actor.programme_ids:
            found.add(ChainStep.COLLEGE)
        found |= {ChainStep.REGISTRAR, ChainStep.BANK}
    if actor.organisation_id == whose.organisation_id:
        found.add(ChainStep.ORGANISATION)
    return {step for deed, step in STEP_OF.items() if step in found and actor.may(WORKFLOW.deeds[deed].permission)}


def allowed_deeds(actor: Actor, conversion: Conversion, *, whose: Whose) -> list[str]:
    """List what an actor may do with a conversion next."""
    turn = steps_of(actor, institution_id=conversion.institution_id, whose=whose)
    closed = set(_NEVER_OFFERED)
    closed |= {deed for deed, step in STEP_OF.items() if step != conversion.awaits or step not in turn}
    if conversion.awaits not in turn:
        closed.add("refuse")
    if actor.student_id != whose.student_id:
        closed.add("withdraw")
    if conversion.flagged_at is None or actor.institution_id != conversion.institution_id:
        closed |= _OF_FLAGGED
    return [deed for deed in WORKFLOW.allowed_deeds(actor, state=conversion.state) if deed not in closed]


def in_words(states: frozenset[ConversionState]) -> str:
    """Write states as a list of SQL."""
    return ", ".join(f"'{state}'" for state in sorted(states))
