"""What the figures are made of, and what the rates are of which."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from x_pilot_api.analytics.models import AnalyticsBy, Figure

_PERCENT = 10_000


@dataclass(frozen=True)
class Made:
    """Which measures a figure adds up, each so many times; of students alone, or of pilot programmes alone."""

    measures: Mapping[str, int]
    of_students: bool = False
    of_pilot: bool = False


def _of(*measures: str, minus: tuple[str, ...] = (), students: bool = False, pilot: bool = False) -> Made:
    times = dict.fromkeys(measures, 1) | dict.fromkeys(minus, -1)
    return Made(MappingProxyType(times), of_students=students, of_pilot=pilot)


_SEEN = ("results_passed", "results_failed", "results_breach")
_ALL = (*_SEEN, "results_absent", "results_excused")

FIGURES: Mapping[Figure, Made] = {
    Figure.CANDIDATES: _of(*_ALL),
    Figure.ATTENDED: _of(*_SEEN),
    Figure.JUDGED: _of("results_passed", "results_failed"),
    Figure.PASSED: _of("results_passed"),
    Figure.STUDENT_CANDIDATES: _of(*_ALL, students=True),
    Figure.CERTIFICATES: _of("awards_issued", minus=("awards_revoked",), students=True),
    Figure.STUDENTS: _of("students_enrolled", pilot=True),
    Figure.ACCOUNTS: _of("accounts_of_enrolled", pilot=True),
    Figure.CREDITS_RECOGNISED: _of("credits_recognised"),
    Figure.CREDITS_PENDING: _of("credits_pending"),
    Figure.CREDITS_CONVERTED: _of("credits_converted"),
    Figure.CONVERSIONS: _of("conversions_granted"),
    Figure.GUARANTEES: _of("guarantees_granted"),
    Figure.GUARANTEES_USED: _of("guarantees_used"),
}

STANDING_NOW = frozenset({Figure.STUDENTS, Figure.ACCOUNTS, Figure.GUARANTEES, Figure.GUARANTEES_USED})
"""What is as of now, and of no certificate and no month."""

BY_COLLEGE_OR_PROGRAMME = frozenset({AnalyticsBy.COLLEGE, AnalyticsBy.PROGRAMME})

RATES: Mapping[str, tuple[Figure, Figure]] = {
    "attainment": (Figure.CERTIFICATES, Figure.STUDENT_CANDIDATES),
    "pass_rate": (Figure.PASSED, Figure.JUDGED),
    "attendance": (Figure.ATTENDED, Figure.CANDIDATES),
    "account_opening": (Figure.ACCOUNTS, Figure.STUDENTS),
    "guarantee_coverage": (Figure.GUARANTEES_USED, Figure.GUARANTEES),
}
"""The rates by their names: what is counted, of what."""


def figure_of(figure: Figure, sums: Mapping[tuple[str, bool, bool], int], *, is_standing: bool) -> int:
    """Add a figure up from sums by measure, whether of a student, and whether of a pilot programme."""
    if figure in STANDING_NOW and not is_standing:
        return 0
    made = FIGURES[figure]
    return sum(
        made.measures[measure] * amount
        for (measure, of_students, of_pilot), amount in sums.items()
        if measure in made.measures and (of_students or not made.of_students) and (of_pilot or not made.of_pilot)
    )


def percent(numerator: int, denominator: int) -> int | None:
    """Tell a share in hundredths of a percent, to the nearest; of nothing there is none."""
    if denominator == 0:
        return None
    return (2 * _PERCENT * numerator + denominator) // (2 * denominator)
