"""How shares are told, and which days an academic year has."""

from datetime import date

import pytest

from x_pilot_api.pilot_sessions import rules


@pytest.mark.parametrize(
    ("reached", "of", "told"),
    [(0, 0, None), (0, 3, "0.00"), (1, 3, "33.33"), (2, 3, "66.67"), (3, 3, "100.00"), (1, 800, "0.13")],
)
def test_a_share_has_two_places_and_of_nobody_there_is_none(reached: int, of: int, told: str | None) -> None:
    assert rules.percent(reached, of) == told


def test_an_academic_year_begins_in_september() -> None:
    assert rules.days_of("2026-2027") == (date(2026, 9, 1), date(2027, 8, 31))
