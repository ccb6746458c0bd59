"""What may be done with programme data, when they are late, and where they differ from the register."""

from collections.abc import Mapping
from datetime import date

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.programme_data.errors import FiguresMissing, RoundClosed
from x_pilot_api.programme_data.models import CollectionRound, ProgrammeReturn, ReturnState, RoundState

ROUND_KIND = "collection_round"
RETURN_KIND = "programme_return"

FIGURES = ("classes", "students", "teachers")
"""What a college fills in as numbers; the register knows them too, the teachers for the college as a whole."""

_R = RoundState
_S = ReturnState
_P = Permission

ROUND = Workflow(
    name="collection round",
    initial=_R.OPEN,
    deeds={
        "extend": Deed(frozenset({_R.OPEN}), _R.OPEN, _P.COLLECTION_ROUNDS_OPEN),
        "close": Deed(frozenset({_R.OPEN}), _R.CLOSED, _P.COLLECTION_ROUNDS_OPEN),
        "reopen": Deed(frozenset({_R.CLOSED}), _R.OPEN, _P.COLLECTION_ROUNDS_OPEN),
    },
)

WORKFLOW = Workflow(
    name="programme return",
    initial=_S.DRAFT,
    deeds={
        "fill": Deed(frozenset({_S.DRAFT, _S.RETURNED}), _S.DRAFT, _P.PROGRAMME_RETURNS_FILL),
        "submit": Deed(frozenset({_S.DRAFT, _S.RETURNED}), _S.SUBMITTED, _P.PROGRAMME_RETURNS_SUBMIT),
        # What was accepted is sent back to be corrected; accepting it again adjusts what was granted.
        "send_back": Deed(frozenset({_S.SUBMITTED, _S.ACCEPTED}), _S.RETURNED, _P.PROGRAMME_RETURNS_ACCEPT),
        "accept": Deed(frozenset({_S.SUBMITTED}), _S.ACCEPTED, _P.PROGRAMME_RETURNS_ACCEPT),
    },
)

_COLLEGES_OWN = frozenset({"fill", "submit"})


def allowed_deeds(actor: Actor, data: ProgrammeReturn, *, is_open: bool) -> list[str]:
    """List what an actor may do with a programme's data next; a closed collection takes nothing from a college."""
    deeds = WORKFLOW.allowed_deeds(actor, state=data.state)
    return [deed for deed in deeds if is_open or deed not in _COLLEGES_OWN]


def check_open(round_: CollectionRound) -> None:
    """Refuse data for a collection that is closed."""
    if round_.state != RoundState.OPEN:
        raise RoundClosed(academic_year=round_.academic_year)


def check_whole(data: ProgrammeReturn) -> None:
    """Refuse to confirm what is not filled in."""
    missing = [name for name in FIGURES if getattr(data, name) is None]
    if missing:
        raise FiguresMissing(missing=", ".join(missing))


def is_late(*, today: date, due_on: date) -> bool:
    """Tell whether data come after the day they were due on."""
    return today > due_on


def differing(typed: Mapping[str, int | None], known: Mapping[str, int]) -> list[str]:
    """Name the figures in which what was typed differs from what the register knows.

    A programme's teachers are some of its college's, so only more than all of them differ.
    """
    found: list[str] = []
    for name in FIGURES:
        value = typed[name]
        if value is None:
            continue
        if value > known[name] or (name != "teachers" and value != known[name]):
            found.append(name)
    return found
