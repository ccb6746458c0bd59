"""Who gets which free seat: students of one programme and entry year against sittings, earliest graduation first.

Sets of students that can be seated together are the independent sets of a transversal matroid. So it is enough to take
the groups in the order of graduation and to seat as many of each as possible, moving those seated before to other seats
where that makes room: nobody loses a seat to who graduates later, and as many are seated altogether as can be. A
participation's quota is a second bound on the same seat; it is given out in the same order and passed on with a move
alone, so what is found stays possible, though where quotas are short another order might have seated more.
"""

from collections import deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

GroupKey = tuple[UUID, int]
"""A programme and an entry year: students whom nothing else tells apart here."""


@dataclass(frozen=True)
class Group:
    """So many students of one programme and entry year, and when they graduate."""

    key: GroupKey
    students: int
    graduates_on: date


@dataclass
class Placement:
    """How many of each group get a seat in each option."""

    free: dict[Hashable, int]
    quota: dict[Hashable, int]
    taken: dict[tuple[GroupKey, Hashable], int] = field(default_factory=dict[tuple[GroupKey, Hashable], int])

    def of(self, group: GroupKey) -> Iterator[tuple[Hashable, int]]:
        """Give the options a group got seats in, and how many."""
        return ((option, seats) for (whose, option), seats in self.taken.items() if whose == group and seats)


Ways = Mapping[GroupKey, Mapping[Hashable, Hashable]]
"""Of each group: the options open to it, and the quota each of them is counted in."""


def place(
    groups: Sequence[Group], ways: Ways, *, free: Mapping[Hashable, int], quota: Mapping[Hashable, int]
) -> Placement:
    """Seat as many of each group as can be, those who graduate earliest first."""
    found = Placement(dict(free), dict(quota))
    # Equal days are put in the order of the keys, so that the same question always has the same answer.
    for group in sorted(groups, key=lambda each: (each.graduates_on, str(each.key))):
        left = group.students
        while left > 0:
            seated = _seat_some(found, ways, group.key, most=left)
            if seated == 0:
                break
            left -= seated
    return found


def _seat_some(found: Placement, ways: Ways, group: GroupKey, *, most: int) -> int:
    """Seat some of a group along the shortest chain of moves that ends at a free seat; 0 when there is none."""
    came_by: dict[Hashable, tuple[GroupKey, Hashable | None]] = {}
    line: deque[Hashable] = deque()
    for option, counted_in in ways.get(group, {}).items():
        if found.quota[counted_in] > 0:
            came_by[option] = (group, None)
            line.append(option)
    while line:
        option = line.popleft()
        if found.free[option] > 0:
            return _move(found, ways, option, came_by, most=most)
        for whose, other in _moves_from(found, ways, option):
            if other not in came_by:
                came_by[other] = (whose, option)
                line.append(other)
    return 0


def _moves_from(found: Placement, ways: Ways, option: Hashable) -> Iterator[tuple[GroupKey, Hashable]]:
    """Give who sits in an option and could sit in another one instead, as their quotas go."""
    for (whose, where), seats in list(found.taken.items()):
        if where != option or seats == 0:
            continue
        counted_in = ways[whose][option]
        for other, other_quota in ways[whose].items():
            if other != option and (other_quota == counted_in or found.quota[other_quota] > 0):
                yield whose, other


def _move(
    found: Placement,
    ways: Ways,
    last: Hashable,
    came_by: Mapping[Hashable, tuple[GroupKey, Hashable | None]],
    *,
    most: int,
) -> int:
    """Move along the chain back from its free seat, as many at once as every link of it allows."""
    chain: list[tuple[GroupKey, Hashable, Hashable | None]] = []
    option: Hashable | None = last
    while option is not None:
        whose, before = came_by[option]
        chain.append((whose, option, before))
        option = before
    seated = min(most, found.free[last])
    needs: dict[Hashable, int] = {}
    for whose, to, before in chain:
        if before is not None:
            seated = min(seated, found.taken[whose, before])
            if ways[whose][before] == ways[whose][to]:
                continue
        needs[ways[whose][to]] = needs.get(ways[whose][to], 0) + 1
    for counted_in, times in needs.items():
        seated = min(seated, found.quota[counted_in] // times)
    for whose, to, before in chain:
        found.taken[whose, to] = found.taken.get((whose, to), 0) + seated
        if before is not None:
            found.taken[whose, before] -= seated
            if ways[whose][before] != ways[whose][to]:
                found.quota[ways[whose][before]] += seated
        if before is None or ways[whose][before] != ways[whose][to]:
            found.quota[ways[whose][to]] -= seated
    found.free[last] -= seated
    return seated
