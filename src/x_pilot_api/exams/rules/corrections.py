"""What may be done with a case of correction, and what its preview comes to in one digest."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.exams.models import CaseState
from x_pilot_api.identity.permissions import Permission

_S = CaseState

CORRECTION_WORKFLOW = Workflow(
    name="correction case",
    initial=_S.PROPOSED,
    deeds={
        "confirm": Deed(frozenset({_S.PROPOSED}), _S.DONE, Permission.CORRECTIONS_CONFIRM),
        "refuse": Deed(frozenset({_S.PROPOSED}), _S.REFUSED, Permission.CORRECTIONS_CONFIRM),
    },
)

_GIVEN_ANEW = frozenset({"number"})
"""What the same deed gives anew each time it is rehearsed."""


def correction_deeds(actor: Actor, *, state: str, proposed_by: object) -> list[str]:
    """List what an actor may do with a case; nobody confirms what they proposed."""
    deeds = CORRECTION_WORKFLOW.allowed_deeds(actor, state=state)
    return [deed for deed in deeds if deed == "refuse" or proposed_by != actor.id]


def digest_of(steps: Sequence[tuple[str, dict[str, Any] | None, dict[str, Any] | None]]) -> str:
    """Name what a case would set off: every step's kind, and how things stand before and after it."""
    told = [(kind, _lasting(before), _lasting(after)) for kind, before, after in steps]
    written = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _lasting(figures: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if figures is None else {key: value for key, value in figures.items() if key not in _GIVEN_ANEW}
