"""Seating by earliest graduation: as good as trying everything, never more than there is."""

import itertools
import random
from collections.abc import Hashable, Iterator
from datetime import date
from uuid import UUID

import pytest

from x_pilot_api.settlements.models import ForecastReason
from x_pilot_api.settlements.rules import forecasting
from x_pilot_api.settlements.rules.forecasting import Way
from x_pilot_api.settlements.rules.matching import Group, GroupKey, Ways, place

EARLY, LATER = date(2026, 6, 30), date(2027, 6, 30)
PLENTY = 1_000


def _group(number: int, students: int, graduates_on: date = EARLY) -> Group:
    return Group((UUID(int=number), 2024), students, graduates_on)


def _way(group: Group, place_id: str, *, free: int | None, quota: int = PLENTY, in_time: bool = True) -> Way:
    return Way(
        group=group.key,
        place=place_id,
        exam_plan_id=UUID(int=100 + ord(place_id)),
        certificate_level_id=UUID(int=200),
        free=free,
        participation_id=group.key[0],
        quota_left=quota,
        in_time=in_time,
        closes_on=date(2026, 3, ord(place_id) - 64),
    )


def test_who_graduates_first_is_seated_first_and_moved_where_that_makes_room() -> None:
    first, second = _group(1, 1, EARLY), _group(2, 1, LATER)
    # The first one can sit in A or B, the second in A alone: both get a seat, though A is the first one's nearest.
    ways = [_way(first, "A", free=1), _way(first, "B", free=1), _way(second, "A", free=1)]
    seated, _ = forecasting.decide([second, first], ways)
    assert {(one.group, one.exam_plan_id.int - 100) for one in seated} == {
        (first.key, ord("B")),
        (second.key, ord("A")),
    }
    # With one seat between them it is the first one's.
    seated, verdicts = forecasting.decide([second, first], [_way(first, "A", free=1), _way(second, "A", free=1)])
    assert [one.group for one in seated] == [first.key]
    assert {verdict.group: verdict.reason for verdict in verdicts}[second.key] is ForecastReason.NO_SEATS


@pytest.mark.parametrize(
    ("ways", "reason", "last"),
    [
        ([], ForecastReason.NO_PLAN, None),
        ([("A", None, PLENTY, False)], ForecastReason.PLAN_AFTER_GRADUATION, None),
        ([("A", 5, 0, True)], ForecastReason.NO_QUOTA, date(2026, 3, 1)),
        ([("A", 5, 2, True), ("C", 5, 2, False)], ForecastReason.NO_QUOTA, date(2026, 3, 1)),
        ([("A", 0, PLENTY, True), ("B", 1, PLENTY, True)], ForecastReason.NO_SEATS, date(2026, 3, 2)),
    ],
)
def test_the_reason_is_what_was_short(
    ways: list[tuple[str, int | None, int, bool]], reason: ForecastReason, last: date | None
) -> None:
    group = _group(1, 3)
    seated, (verdict,) = forecasting.decide(
        [group], [_way(group, name, free=free, quota=quota, in_time=in_time) for name, free, quota, in_time in ways]
    )
    assert sum(one.last - one.first + 1 for one in seated) < group.students
    assert (verdict.reason, verdict.last_useful_on) == (reason, last)


def test_a_plan_without_sittings_seats_whom_the_quota_lets_in() -> None:
    group = _group(1, 5)
    seated, _ = forecasting.decide([group], [_way(group, "A", free=None, quota=4)])
    assert [(one.first, one.last) for one in seated] == [(1, 4)]


def _worlds() -> Iterator[tuple[list[Group], Ways, dict[Hashable, int], dict[Hashable, int]]]:
    for seed in range(300):
        chance = random.Random(seed)  # noqa: S311 - the same worlds each time
        days = [date(2026, 6, day) for day in chance.sample(range(1, 29), 3)]
        groups = [_group(number, chance.randint(0, 3), days[number]) for number in range(3)]
        free: dict[Hashable, int] = {name: chance.randint(0, 3) for name in "ABC"}
        ways: Ways = {group.key: {name: name for name in "ABC" if chance.random() < 0.5} for group in groups}
        quota: dict[Hashable, int] = dict.fromkeys("ABC", PLENTY if seed % 3 else chance.randint(0, 4))
        yield groups, ways, free, quota


def _best(groups: list[Group], ways: Ways, free: dict[Hashable, int]) -> tuple[int, ...]:
    """Try every number of each group, and give the first in the order of graduation that can be seated."""
    ordered = sorted(groups, key=lambda group: group.graduates_on)
    wishes = itertools.product(*(range(group.students, -1, -1) for group in ordered))
    return next(wish for wish in wishes if _can(dict(zip((g.key for g in ordered), wish, strict=True)), ways, free))


def _can(wish: dict[GroupKey, int], ways: Ways, free: dict[Hashable, int]) -> bool:
    """Tell by Hall's condition whether so many of each group can be seated at once."""
    return all(
        sum(wish[key] for key in some) <= sum(free[name] for name in {name for key in some for name in ways[key]})
        for count in range(1, len(wish) + 1)
        for some in itertools.combinations(wish, count)
    )


def test_no_other_way_of_seating_serves_earlier_graduates_better() -> None:
    for groups, ways, free, quota in _worlds():
        found = place(groups, ways, free=free, quota=quota)
        for name in free:
            taken = sum(seats for (_, option), seats in found.taken.items() if option == name)
            assert found.free[name] == free[name] - taken >= 0
            assert found.quota[name] == quota[name] - taken >= 0
        if all(left >= PLENTY for left in quota.values()):
            ordered = sorted(groups, key=lambda group: group.graduates_on)
            assert tuple(sum(seats for _, seats in found.of(group.key)) for group in ordered) == _best(
                groups, ways, free
            )
