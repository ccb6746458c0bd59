"""To which academic year a day belongs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from x_pilot_api.participations.rules import academic_year_on
from x_pilot_api.participations.schemas import AcademicYear

_YEAR: TypeAdapter[str] = TypeAdapter(AcademicYear)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 31), "2025-2026"),
        (date(2026, 9, 1), "2026-2027"),
        (date(2026, 1, 1), "2025-2026"),
        (date(2025, 12, 31), "2025-2026"),
    ],
)
def test_the_academic_year_begins_in_september(day: date, year: str) -> None:
    assert academic_year_on(day) == year


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2098, 1, 1)))
def test_every_day_has_a_year_that_can_be_asked_for(day: date) -> None:
    assert _YEAR.validate_python(academic_year_on(day)) == academic_year_on(day)


@pytest.mark.parametrize("text", ["2025", "2025-2025", "2025-2027", "2026-2025", "25-26", "2025/2026", ""])
def test_what_is_no_academic_year_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        _YEAR.validate_python(text)
