"""How far a certificate is, and what is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from x_pilot_api.progress import rules


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ((False, False, False), "registered"),
        ((False, False, True), "sat"),
        ((False, True, True), "passed"),
        ((True, True, True), "awarded"),
        ((True, False, False), "awarded"),
    ],
)
def test_the_furthest_stage_is_told(facts: tuple[bool, bool, bool], stage: str) -> None:
    awarded, passed, sat = facts
    assert rules.stage_of(is_awarded=awarded, has_passed=passed, has_sat=sat) == stage


@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_what_is_left_and_what_is_earned_make_what_is_required_or_more(required: int, earned: int) -> None:
    left = rules.left_of(required, earned)
    assert left is not None
    assert left >= 0
    assert left + earned == max(required, earned)


def test_without_a_plan_nothing_is_said_to_be_left() -> None:
    assert rules.left_of(None, 500) is None
    assert rules.missing(has_plan=False, has_categories=False, has_account=True) == ["training_plan_missing"]
    assert rules.missing(has_plan=True, has_categories=False, has_account=False) == [
        "plan_categories_missing",
        "credit_account_missing",
    ]
