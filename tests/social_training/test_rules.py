"""What hours come to by a ratio, and how a ratio is written: exactly."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from x_pilot_api.social_training import rules
from x_pilot_api.social_training.models import DAY_TENTHS_MAX, RATIO_PART_MAX, WorkloadRatio

RATIOS = st.fractions(min_value=Fraction(1, 10), max_value=10, max_denominator=RATIO_PART_MAX // 10)


@given(st.integers(1, DAY_TENTHS_MAX), RATIOS)
def test_hours_come_to_the_nearest_hundredth_and_a_half_goes_up(tenths: int, ratio: Fraction) -> None:
    amount = rules.workload_hundredths(tenths, numerator=ratio.numerator, denominator=ratio.denominator)
    exact = Fraction(tenths, 10) * ratio * 100
    assert -Fraction(1, 2) < exact - amount + 0 <= Fraction(1, 2) or exact - amount == -Fraction(1, 2)
    assert amount == int(exact + Fraction(1, 2)) >= 1


@pytest.mark.parametrize(
    ("tenths", "ratio", "amount"),
    [
        (1, "1/10", 1),
        (35, "1.2", 420),
        (1, "1.25", 13),
        (3, "1.25", 38),
        (1, "1.2499", 12),
        (10, "2/3", 67),
        (5, "1/3", 17),
    ],
)
def test_the_rounding_is_said_exactly(tenths: int, ratio: str, amount: int) -> None:
    exact = Fraction(ratio)
    assert rules.workload_hundredths(tenths, numerator=exact.numerator, denominator=exact.denominator) == amount


@given(RATIOS)
def test_a_ratio_is_written_so_that_it_reads_as_itself(ratio: Fraction) -> None:
    assert Fraction(rules.ratio_written(ratio.numerator, ratio.denominator)) == ratio


@pytest.mark.parametrize(
    ("numerator", "denominator", "written"),
    [(6, 5, "1.2"), (1, 1, "1"), (10, 1, "10"), (2, 3, "2/3"), (1, 8, "0.125"), (7, 6, "7/6"), (3, 2, "1.5")],
)
def test_a_ratio_that_ends_is_a_decimal(numerator: int, denominator: int, written: str) -> None:
    assert rules.ratio_written(numerator, denominator) == written


def test_a_ratio_is_in_force_on_its_first_and_its_last_day() -> None:
    ratios = [
        WorkloadRatio(numerator=1, denominator=1, effective_from=date(2026, 1, 1), effective_to=date(2026, 3, 31)),
        WorkloadRatio(numerator=2, denominator=1, effective_from=date(2026, 4, 1), effective_to=None),
    ]
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2099, 1, 1))
    found = [rules.ratio_on(ratios, day) for day in days]
    assert [it.numerator if it else None for it in found] == [None, 1, 1, 2, 2]


def test_an_academic_year_begins_in_september() -> None:
    assert rules.days_of("2025-2026") == (date(2025, 9, 1), date(2026, 8, 31))
