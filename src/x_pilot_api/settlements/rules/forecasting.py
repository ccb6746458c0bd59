"""What becomes of each group of students who still need a seat: who gets one where, and why the others do not."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from x_pilot_api.settlements.models import ForecastReason
from x_pilot_api.settlements.rules import matching
from x_pilot_api.settlements.rules.matching import Group, GroupKey, Placement

_NO_LIMIT = 10_000_000
"""The seats of a plan that has no sittings yet: what bounds it is the quota."""


@dataclass(frozen=True)
class Way:
    """One way of a group to a seat: a sitting, or a plan's level without sittings, and the quota it is counted in."""

    group: GroupKey
    place: Hashable
    exam_plan_id: UUID
    certificate_level_id: UUID
    free: int | None
    participation_id: UUID
    quota_left: int
    in_time: bool
    closes_on: date


@dataclass(frozen=True)
class Seated:
    """So many of a group, from one turn to another, get seats of one plan and level."""

    group: GroupKey
    first: int
    last: int
    exam_plan_id: UUID
    certificate_level_id: UUID


@dataclass(frozen=True)
class Verdict:
    """What holds for those of a group who get no seat, and until when registering would help any of it."""

    group: GroupKey
    reason: ForecastReason
    last_useful_on: date | None


def decide(groups: Sequence[Group], ways: Sequence[Way]) -> tuple[list[Seated], list[Verdict]]:
    """Seat the groups, and say of each why those left over get nothing."""
    by_group: dict[GroupKey, list[Way]] = {group.key: [] for group in groups}
    for way in ways:
        by_group[way.group].append(way)
    usable = [way for way in ways if way.in_time]
    found = matching.place(
        groups,
        {key: {way.place: way.participation_id for way in some if way.in_time} for key, some in by_group.items()},
        free={way.place: _NO_LIMIT if way.free is None else way.free for way in usable},
        quota={way.participation_id: way.quota_left for way in usable},
    )
    seated = [one for group in groups for one in _seated(group.key, by_group[group.key], found)]
    return seated, [_verdict(group.key, by_group[group.key], found) for group in groups]


def _seated(group: GroupKey, ways: Sequence[Way], found: Placement) -> Iterator[Seated]:
    """Give the first turns to the places whose registration closes first."""
    got, turn = dict(found.of(group)), 1
    for way in ways:
        seats = got.pop(way.place, 0)
        if seats:
            yield Seated(group, turn, turn + seats - 1, way.exam_plan_id, way.certificate_level_id)
            turn += seats


def _verdict(group: GroupKey, ways: Sequence[Way], found: Placement) -> Verdict:
    in_time = [way for way in ways if way.in_time]
    if not ways:
        reason = ForecastReason.NO_PLAN
    elif not in_time:
        reason = ForecastReason.PLAN_AFTER_GRADUATION
    elif any(found.free[way.place] for way in in_time) or all(way.quota_left == 0 for way in in_time):
        # A seat is left that they may not take, so it is the quota that is short.
        reason = ForecastReason.NO_QUOTA
    else:
        reason = ForecastReason.NO_SEATS
    return Verdict(group, reason, max((way.closes_on for way in in_time), default=None))
