"""What may be done with a site's application, and how a site stands by its levels."""

from collections.abc import Iterable, Sequence
from datetime import date

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.sites.errors import SiteLocked, SitePeriodOver, SiteTooSmall
from x_pilot_api.sites.models import AssessmentSite, Room, SiteLevel, SiteLevelState

AUDIT_KIND = "assessment_site"

_S = SiteLevelState
_P = Permission

WORKFLOW = Workflow(
    name="site level",
    initial=_S.APPLIED,
    deeds={
        "apply_again": Deed(frozenset({_S.APPLIED, _S.REFUSED, _S.WITHDRAWN}), _S.APPLIED, _P.SITES_APPLY),
        "approve": Deed(frozenset({_S.APPLIED}), _S.APPROVED, _P.SITES_DECIDE),
        "refuse": Deed(frozenset({_S.APPLIED}), _S.REFUSED, _P.SITES_DECIDE),
        "prolong": Deed(frozenset({_S.APPROVED}), _S.APPROVED, _P.SITES_DECIDE),
        "suspend": Deed(frozenset({_S.APPROVED}), _S.SUSPENDED, _P.SITES_DECIDE),
        "resume": Deed(frozenset({_S.SUSPENDED}), _S.APPROVED, _P.SITES_DECIDE),
        "withdraw": Deed(frozenset({_S.APPLIED, _S.APPROVED, _S.SUSPENDED}), _S.WITHDRAWN, _P.SITES_APPLY),
    },
)

_GRANTED = frozenset({_S.APPROVED, _S.SUSPENDED})
_LIVE = _GRANTED | {_S.APPLIED}
_BY_WEIGHT = (_S.APPROVED, _S.SUSPENDED, _S.APPLIED, _S.REFUSED, _S.WITHDRAWN)


def site_state(levels: Iterable[SiteLevel]) -> SiteLevelState | None:
    """Tell how a site stands: as the furthest of its levels does; null before it has applied for any."""
    held = {level.state for level in levels}
    return next((state for state in _BY_WEIGHT if state in held), None)


def is_valid(level: SiteLevel, *, on: date) -> bool:
    """Tell whether a level may be examined at its site on a day."""
    return level.state == _S.APPROVED and level.valid_from <= on <= level.valid_to


def runs(actor: Actor, site: AssessmentSite) -> bool:
    """Tell whether an actor offers the site: the office of its institution, or staff of its college."""
    if actor.institution_id != site.institution_id:
        return False
    return Role.REGISTRAR in actor.roles or site.college_id in actor.college_ids


def allowed_deeds(actor: Actor, site: AssessmentSite, level: SiteLevel) -> list[str]:
    """List what an actor may do next: the college offers and withdraws, the organisation decides."""
    deeds = WORKFLOW.allowed_deeds(actor, state=level.state)
    decides = actor.organisation_id == site.organisation_id
    return [
        deed for deed in deeds if (decides if WORKFLOW.deeds[deed].permission == _P.SITES_DECIDE else runs(actor, site))
    ]


def seats_of(rooms: Iterable[Room]) -> int:
    """Add up the seats of the open rooms."""
    return sum(room.seats for room in rooms if room.is_open)


def check_capacity(capacity: int, rooms: Sequence[Room]) -> None:
    """Refuse to examine more people at one time than there are seats."""
    if capacity > seats_of(rooms):
        raise SiteTooSmall(capacity=capacity, seats=seats_of(rooms))


def check_rooms(levels: Iterable[SiteLevel], rooms: Sequence[Room]) -> None:
    """Refuse rooms that no longer hold what was applied for or approved."""
    for level in levels:
        if level.state in _LIVE:
            check_capacity(level.capacity, rooms)


def check_period(valid_to: date, *, today: date) -> None:
    """Refuse a period that is over."""
    if valid_to < today:
        raise SitePeriodOver(valid_to=valid_to.isoformat(), today=today.isoformat())


def check_unlocked(levels: Iterable[SiteLevel]) -> None:
    """Refuse to rename or move what the organisation has approved."""
    granted = [level for level in levels if level.state in _GRANTED]
    if granted:
        raise SiteLocked(levels=len(granted))


def turns_needed(wanted: int, seats: int) -> int | None:
    """Tell in how many turns so many are examined on so many seats; null where there are none and some are wanted."""
    if wanted == 0:
        return 0
    return -(-wanted // seats) if seats else None
