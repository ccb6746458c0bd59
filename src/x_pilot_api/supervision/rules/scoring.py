"""Points of indicators, their total, and the order of colleges: exact, each rounded once."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)

PERCENT_HUNDREDTHS = 10_000
"""A whole, in hundredths of a percent; also the hundredths of a point that a hundred points are."""


@dataclass(frozen=True)
class Measured:
    """One indicator as it was counted: both sides, its weight in points, its target in hundredths of a percent."""

    weight: int
    target: int
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True)
class Total:
    """What an assessment comes to: points in hundredths, of which weight, and of a hundred if that is any."""

    points: int
    assessable_weight: int
    percent: int | None


def _rounded(above: int, below: int) -> int:
    """Divide and round half up."""
    return (2 * above + below) // (2 * below)


def is_assessable(one: Measured) -> bool:
    """Tell whether there is anything below the line."""
    return bool(one.denominator) and one.numerator is not None


def ratio_of(one: Measured) -> int | None:
    """Tell an indicator's ratio in hundredths of a percent; none with nothing below the line."""
    if one.numerator is None or not one.denominator:
        return None
    return _rounded(one.numerator * PERCENT_HUNDREDTHS, one.denominator)


def points_of(one: Measured) -> int | None:
    """Score an indicator in hundredths of a point: its weight by ratio over target, at most the whole weight.

    Without anything below the line it is not assessable, which is no zero.
    """
    if one.numerator is None or not one.denominator:
        return None
    earned = one.weight * 100 * one.numerator * PERCENT_HUNDREDTHS
    return min(one.weight * 100, _rounded(earned, one.denominator * one.target))


def total_of(indicators: Iterable[Measured]) -> Total:
    """Add the points up; the weight of what is not assessable is left out."""
    scored = [(one.weight, points) for one in indicators if (points := points_of(one)) is not None]
    points, weight = sum(points for _, points in scored), sum(weight for weight, _ in scored)
    return Total(points, weight, _rounded(points * 100, weight) if weight else None)


def ranks_of(percents: Mapping[_Key, int | None]) -> Sequence[tuple[_Key, int | None]]:
    """Put colleges in order by what is shown of them; equals share a rank, and who has no total has none."""
    ordered = sorted(percents.items(), key=lambda item: (item[1] is None, -(item[1] or 0)))
    counted = [percent for _, percent in ordered if percent is not None]
    return [(key, None if percent is None else counted.index(percent) + 1) for key, percent in ordered]
