"""What may be done with a working group, and on which days."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.posts.errors import GroupDayUnfit
from x_pilot_api.posts.models import GroupState

AUDIT_KIND = "working_group"

_S = GroupState
_P = Permission
_ONE_DAY = timedelta(days=1)

WORKFLOW = Workflow(
    name="working group",
    initial=_S.PROPOSED,
    deeds={
        "establish": Deed(frozenset({_S.PROPOSED}), _S.ESTABLISHED, _P.WORKING_GROUPS_ESTABLISH),
        "decline": Deed(frozenset({_S.PROPOSED}), _S.DECLINED, _P.WORKING_GROUPS_ESTABLISH),
        # An adjusted group stands as it did; what was adjusted is in its timeline.
        "adjust": Deed(frozenset({_S.ESTABLISHED}), _S.ESTABLISHED, _P.WORKING_GROUPS_ESTABLISH),
        "change_leader": Deed(frozenset({_S.ESTABLISHED}), _S.ESTABLISHED, _P.WORKING_GROUPS_ESTABLISH),
        "dissolve": Deed(frozenset({_S.ESTABLISHED}), _S.DISSOLVED, _P.WORKING_GROUPS_ESTABLISH),
    },
)


def may_propose(actor: Actor, *, college_id: object | None) -> bool:
    """Tell whether an actor may propose a group: an office any, a coordinator one of their own college."""
    return Role.REGISTRAR in actor.roles or college_id in actor.college_ids


def day_before(day: date) -> date:
    """Name the last day of what ends as something else begins."""
    return day - _ONE_DAY


def check_after(day: date, *, last: date) -> None:
    """Refuse a day that is not after what it follows."""
    if day <= last:
        raise GroupDayUnfit(day=day.isoformat(), earliest=(last + _ONE_DAY).isoformat())


def last_days(begins: Sequence[date], *, dissolved_on: date | None) -> list[date | None]:
    """Tell each leader's last day from the days they begin on, in order: the day before the next, or the end."""
    ends: list[date | None] = [day_before(following) for _, following in pairwise(begins)]
    return [*ends, day_before(dissolved_on) if dissolved_on else None][: len(begins)]
