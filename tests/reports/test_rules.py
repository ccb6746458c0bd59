"""Periods, rates and differences, decided without a database."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from x_pilot_api.reports import rules
from x_pilot_api.reports.errors import DueBeforeClosing, PeriodUnfit
from x_pilot_api.reports.models import Cadence
from x_pilot_api.reports.rules import Count, Difference, Period


@pytest.mark.parametrize(
    ("cadence", "first", "last"),
    [
        (Cadence.MONTHLY, date(2026, 12, 1), date(2026, 12, 31)),
        (Cadence.MONTHLY, date(2028, 2, 1), date(2028, 2, 29)),
        (Cadence.MONTHLY, date(2026, 12, 2), None),
        (Cadence.QUARTERLY, date(2026, 10, 1), date(2026, 12, 31)),
        (Cadence.QUARTERLY, date(2026, 11, 1), None),
        (Cadence.YEARLY, date(2026, 1, 1), date(2026, 12, 31)),
        (Cadence.YEARLY, date(2026, 9, 1), date(2027, 8, 31)),
        (Cadence.ONCE, date(2026, 9, 1), None),
    ],
)
def test_a_period_ends_by_its_cadence(cadence: Cadence, first: date, last: date | None) -> None:
    assert rules.last_day(cadence, first) == last


def _period(cadence: Cadence = Cadence.MONTHLY, **wish: object) -> Period:
    asked: dict[str, object] = {"period_from": date(2026, 11, 1), "period_to": None, "closes_at": None, "due_on": None}
    return rules.period_of(cadence, **(asked | wish), due_days=5, timezone="Asia/Shanghai")  # type: ignore[arg-type]


def test_figures_close_with_the_last_day_where_the_college_is() -> None:
    found = _period()
    assert found.closes_at == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert found.due_on == date(2026, 12, 5)


def test_a_report_may_be_due_on_the_last_day_but_not_before_it_closes() -> None:
    assert _period(due_on=date(2026, 11, 30)).due_on == date(2026, 11, 30)
    with pytest.raises(DueBeforeClosing):
        _period(due_on=date(2026, 11, 29))
    with pytest.raises(DueBeforeClosing):
        _period(closes_at=datetime(2026, 12, 9, tzinfo=UTC))


def test_a_period_that_does_not_fit_names_the_day_it_would_end_on() -> None:
    with pytest.raises(PeriodUnfit) as refusal:
        _period(period_to=date(2026, 12, 1))
    assert refusal.value.figures["expected"] == "2026-11-30"
    with pytest.raises(PeriodUnfit):
        _period(Cadence.ONCE)


@pytest.mark.parametrize(
    ("cadence", "first", "last", "label"),
    [
        (Cadence.MONTHLY, date(2026, 11, 1), date(2026, 11, 30), "2026年11月"),
        (Cadence.QUARTERLY, date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度"),
        (Cadence.YEARLY, date(2026, 1, 1), date(2026, 12, 31), "2026年度"),
        (Cadence.YEARLY, date(2026, 9, 1), date(2027, 8, 31), "2026-2027年度"),
    ],
)
def test_a_period_is_called_as_people_call_it(cadence: Cadence, first: date, last: date, label: str) -> None:
    assert rules.label_of(cadence, first, last) == label


def test_nothing_below_the_line_has_no_rate() -> None:
    assert rules.rate_of(Count(0, 0)) is None
    assert rules.rate_of(Count(3, None)) is None
    assert rules.rate_of(Count(0, 3)) == 0


def test_rates_round_half_up_and_differences_add_up() -> None:
    chance = Random(17)  # noqa: S311 - the same figures in every run
    for _ in range(500):
        below = chance.randint(1, 2_000)
        before, after = Count(chance.randint(0, below), below), Count(chance.randint(0, below), below)
        exact = Fraction(before.numerator, below) * 10_000
        found = rules.rate_of(before)
        assert found is not None
        assert Fraction(-1, 2) <= exact - found < Fraction(1, 2)
        change = rules.difference(before, after)
        assert before.numerator + change.numerator == after.numerator
        assert change.denominator == 0
        assert change.rate == (rules.rate_of(after) or 0) - found
        assert rules.differs(change) == (before != after)
    assert rules.rate_of(Count(1, 8)) == Decimal(1250)


def test_a_count_without_a_denominator_differs_by_its_numerator_alone() -> None:
    assert rules.difference(Count(5, None), Count(3, None)) == Difference(-2, None, None)
    assert rules.difference(Count(0, 0), Count(1, 2)) == Difference(1, 2, None)
