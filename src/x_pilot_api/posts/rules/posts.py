"""What may be done with a post, and on which days nobody holds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.posts.errors import PostDayUnfit
from x_pilot_api.posts.models import CollegePost, PostState

AUDIT_KIND = "college_post"
DAYS_AHEAD_MAX = 3660

_S = PostState
_P = Permission
_ONE_DAY = timedelta(days=1)

WORKFLOW = Workflow(
    name="college post",
    initial=_S.PROPOSED,
    deeds={
        "appoint": Deed(frozenset({_S.PROPOSED}), _S.APPOINTED, _P.COLLEGE_POSTS_APPOINT),
        "decline": Deed(frozenset({_S.PROPOSED}), _S.DECLINED, _P.COLLEGE_POSTS_APPOINT),
        "hand_over": Deed(frozenset({_S.APPOINTED}), _S.APPOINTED, _P.COLLEGE_POSTS_APPOINT),
        "end": Deed(frozenset({_S.APPOINTED}), _S.APPOINTED, _P.COLLEGE_POSTS_APPOINT),
    },
)

_WHILE_HELD = frozenset({"hand_over", "end"})


def allowed_deeds(actor: Actor, *, state: str, held_to: date | None, today: date) -> list[str]:
    """List what an actor may do with a term next; what is over is neither ended nor handed over."""
    deeds = WORKFLOW.allowed_deeds(actor, state=state)
    is_over = held_to is not None and held_to < today
    return [deed for deed in deeds if not (is_over and deed in _WHILE_HELD)]


def check_end(post: CollegePost, *, last_day: date) -> None:
    """Refuse a last day before the first one, or after the one there is."""
    if last_day < post.held_from or (post.held_to is not None and last_day > post.held_to):
        raise PostDayUnfit(
            day=last_day.isoformat(),
            held_from=post.held_from.isoformat(),
            held_to=post.held_to.isoformat() if post.held_to else "-",
        )


@dataclass(frozen=True)
class Term:
    """From which day to which day, both included, somebody holds a post."""

    held_from: date
    held_to: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether a day is part of it."""
        return self.held_from <= day and (self.held_to is None or day <= self.held_to)


def first_gap(terms: Iterable[Term], *, on: date, until: date) -> date | None:
    """Find the first day of a period, both ends included, on which nobody holds a post."""
    day = on
    for term in sorted(terms, key=lambda each: each.held_from):
        if day > until or term.held_from > day:
            break
        if term.held_to is None:
            return None
        day = max(day, term.held_to + _ONE_DAY)
    return day if day <= until else None
