"""When data are late, and where they differ from the register."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from x_pilot_api.programme_data import rules

KNOWN = {"classes": 2, "students": 60, "teachers": 5}


@pytest.mark.parametrize(
    ("typed", "differs"),
    [
        ({"classes": 2, "students": 60, "teachers": 5}, []),
        ({"classes": 2, "students": 60, "teachers": 3}, []),
        ({"classes": 2, "students": 60, "teachers": 6}, ["teachers"]),
        ({"classes": 1, "students": 61, "teachers": 0}, ["classes", "students"]),
        ({"classes": None, "students": None, "teachers": None}, []),
    ],
)
def test_what_differs_is_named(typed: dict[str, int | None], differs: list[str]) -> None:
    assert rules.differing(typed, KNOWN) == differs


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 1, 1)), st.integers(-400, 400))
def test_data_are_late_after_the_day_they_were_due_and_not_on_it(due_on: date, days: int) -> None:
    assert rules.is_late(today=due_on + timedelta(days=days), due_on=due_on) == (days > 0)
