"""What rates are made of."""

import pytest

from x_pilot_api.analytics import rules
from x_pilot_api.analytics.models import Figure


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [(0, 0, None), (0, 7, 0), (1, 3, 3_333), (2, 3, 6_667), (1, 8, 1_250), (7, 7, 10_000), (1, 20_000, 1)],
)
def test_a_share_is_rounded_to_the_nearest_and_of_nothing_there_is_none(
    numerator: int, denominator: int, percent: int | None
) -> None:
    assert rules.percent(numerator, denominator) == percent


def test_a_figure_adds_its_measures_up_and_leaves_out_who_does_not_belong() -> None:
    sums = {
        ("results_passed", True, True): 5, ("results_passed", False, False): 2, ("results_absent", True, False): 1,
        ("awards_issued", True, True): 6, ("awards_revoked", True, True): 2, ("awards_issued", False, False): 3,
        ("students_enrolled", True, True): 9, ("students_enrolled", True, False): 4,
    }  # fmt: skip
    told = {figure: rules.figure_of(figure, sums, is_standing=True) for figure in Figure}
    assert (told[Figure.CANDIDATES], told[Figure.ATTENDED], told[Figure.PASSED]) == (8, 7, 7)
    assert (told[Figure.STUDENT_CANDIDATES], told[Figure.CERTIFICATES], told[Figure.STUDENTS]) == (6, 4, 9)
    assert rules.figure_of(Figure.STUDENTS, sums, is_standing=False) == 0


def test_every_rate_and_every_figure_is_made_of_something() -> None:
    assert set(rules.FIGURES) == set(Figure)
    assert {part for pair in rules.RATES.values() for part in pair} <= set(Figure)
