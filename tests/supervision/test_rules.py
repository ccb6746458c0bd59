"""Points, totals, ranks and years, decided without a database."""

from datetime import UTC, date, datetime
from fractions import Fraction
from random import Random

import pytest

from x_pilot_api.supervision.errors import ClosesBeforeYear, IndicatorIsNoRatio, SchemeTooEarly, WeightsNotWhole
from x_pilot_api.supervision.models import CollegeScheme, SupervisionFinding
from x_pilot_api.supervision.rules import assessing, findings, schemes, scoring
from x_pilot_api.supervision.rules.scoring import Measured, Total


@pytest.mark.parametrize(
    ("weight", "target", "above", "below", "points"),
    [
        (50, 8000, 2, 3, 4167),  # 50 * 0.6667 / 0.80 = 41.666…
        (50, 8000, 4, 5, 5000),
        (50, 8000, 5, 5, 5000),
        (30, 9000, 0, 7, 0),
        (1, 10_000, 1, 8, 13),  # 0.125 rounds up
        (1, 10_000, 1, 3, 33),
        (100, 10_000, 1, 200_000, 0),
        (100, 10_000, 999_999, 1_000_000, 10_000),
        (10, 20_000, 3, 2, 750),
    ],
)
def test_an_indicator_brings_its_weight_by_ratio_over_target(
    weight: int, target: int, above: int, below: int, points: int
) -> None:
    assert scoring.points_of(Measured(weight, target, above, below)) == points


def test_nothing_below_the_line_is_not_assessable_and_no_zero() -> None:
    assert scoring.points_of(Measured(40, 8000, 0, 0)) is None
    assert scoring.points_of(Measured(40, 8000, None, None)) is None
    assert scoring.ratio_of(Measured(40, 8000, 0, 0)) is None
    assert not scoring.is_assessable(Measured(40, 8000, 3, 0))
    assert scoring.total_of([Measured(60, 8000, 4, 5), Measured(40, 8000, 0, 0)]) == Total(6000, 60, 10_000)
    assert scoring.total_of([Measured(40, 8000, 0, 0)]) == Total(0, 0, None)


def test_points_are_exact_and_the_total_is_their_sum() -> None:
    chance = Random(31)  # noqa: S311 - the same figures in every run
    for _ in range(500):
        weights = [chance.randint(1, 40) for _ in range(chance.randint(1, 8))]
        indicators = [
            Measured(weight, chance.randint(1, 12_000), chance.randint(0, 900), chance.randint(0, 900))
            for weight in weights
        ]
        points = [scoring.points_of(one) for one in indicators]
        for one, found in zip(indicators, points, strict=True):
            if not one.denominator:
                assert found is None
                continue
            ratio = Fraction(one.numerator or 0, one.denominator) / Fraction(one.target, 10_000)
            exact = one.weight * 100 * min(Fraction(1), ratio)
            assert found is not None
            assert Fraction(-1, 2) <= exact - found < Fraction(1, 2) or found == one.weight * 100
            assert 0 <= found <= one.weight * 100
        total = scoring.total_of(indicators)
        assert total.points == sum(found or 0 for found in points)
        assert total.assessable_weight == sum(
            weight for weight, found in zip(weights, points, strict=True) if found is not None
        )
        assert total.percent is None or 0 <= total.percent <= 10_000


def test_equals_share_a_rank_and_who_has_no_total_has_none() -> None:
    found = scoring.ranks_of({"a": 8000, "b": 9000, "c": None, "d": 9000, "e": 7999})
    assert found == [("b", 1), ("d", 1), ("a", 3), ("e", 4), ("c", None)]
    assert scoring.ranks_of({}) == []


def test_weights_add_up_to_exactly_a_hundred() -> None:
    schemes.check_weights([50, 20, 30])
    for weights in ([50, 20, 29], [50, 20, 31], []):
        with pytest.raises(WeightsNotWhole):
            schemes.check_weights(weights)


def test_an_indicator_is_a_ratio_and_bound_to_a_version() -> None:
    assert schemes.version_of("pass_rate") == 1
    with pytest.raises(IndicatorIsNoRatio):
        schemes.version_of("awards_issued")


def test_a_version_holds_for_no_open_year_and_not_before_the_one_it_follows() -> None:
    current = CollegeScheme(first_year=2026)
    schemes.check_first_year(2026, current=current, opened=[])
    schemes.check_first_year(2027, current=current, opened=[2026])
    for first_year, opened in ((2025, []), (2026, [2026]), (2026, [2027])):
        with pytest.raises(SchemeTooEarly):
            schemes.check_first_year(first_year, current=current, opened=opened)
    schemes.check_first_year(2000, current=None, opened=[])


def test_a_year_closes_with_its_last_day_where_the_college_is() -> None:
    zone = "Asia/Shanghai"
    assert assessing.closing_of(2026, closes_at=None, timezone=zone) == datetime(2026, 12, 31, 16, tzinfo=UTC)
    earlier = datetime(2026, 11, 30, tzinfo=UTC)
    assert assessing.closing_of(2026, closes_at=earlier, timezone=zone) == earlier
    with pytest.raises(ClosesBeforeYear):
        assessing.closing_of(2026, closes_at=datetime(2025, 12, 31, 16, tzinfo=UTC), timezone=zone)


def test_a_finding_ages_until_it_is_closed_and_is_late_while_it_is_waited_for() -> None:
    finding = SupervisionFinding(state="planned", raised_on=date(2026, 11, 1), due_on=date(2026, 11, 10))
    assert findings.age_days(finding, today=date(2026, 11, 8)) == 7
    assert not findings.is_overdue(finding, today=date(2026, 11, 10))
    assert findings.is_overdue(finding, today=date(2026, 11, 11))
    finding.state, finding.closed_on = "closed", date(2026, 11, 12)
    assert findings.age_days(finding, today=date(2026, 12, 1)) == 11
    assert not findings.is_overdue(finding, today=date(2026, 12, 1))
