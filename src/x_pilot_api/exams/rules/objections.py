"""When a notice shows, and where each deed on an objection leads."""

from dataclasses import dataclass
from datetime import datetime

from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.exams.errors import ObjectionsNotOpen
from x_pilot_api.exams.models import ResultObjectionState
from x_pilot_api.identity.permissions import Permission

_O = ResultObjectionState

RESULT_OBJECTIONS = Workflow(
    name="result objection",
    initial=_O.RAISED,
    deeds={
        "review": Deed(frozenset({_O.RAISED}), _O.REVIEWED, Permission.RESULT_OBJECTIONS_REVIEW),
        "return": Deed(frozenset({_O.REVIEWED}), _O.RAISED, Permission.RESULT_OBJECTIONS_REVIEW),
        "uphold": Deed(frozenset({_O.REVIEWED}), _O.UPHELD, Permission.RESULT_OBJECTIONS_REVIEW),
        "change": Deed(frozenset({_O.REVIEWED}), _O.CHANGED, Permission.RESULT_OBJECTIONS_REVIEW),
        "withdraw": Deed(frozenset({_O.RAISED, _O.REVIEWED}), _O.WITHDRAWN, Permission.RESULT_OBJECTIONS_RAISE),
    },
)


@dataclass(frozen=True)
class Window:
    """From when until when a notice shows."""

    starts_at: datetime
    ends_at: datetime

    def is_open(self, at: datetime) -> bool:
        """Tell whether it shows; at its end it has come down."""
        return self.starts_at <= at < self.ends_at


def check_open(window: Window | None, *, at: datetime) -> None:
    """Refuse an objection while nothing is on notice."""
    if window is None or not window.is_open(at):
        starts_at, ends_at = _bounds(window)
        raise ObjectionsNotOpen(starts_at=starts_at, ends_at=ends_at)


def _bounds(window: Window | None) -> tuple[str, str]:
    return ("-", "-") if window is None else (window.starts_at.isoformat(), window.ends_at.isoformat())
