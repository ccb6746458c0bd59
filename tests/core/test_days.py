"""Days from outside are written out."""

from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from x_pilot_api.core.days import Day

DAY = TypeAdapter[date](Day)


@pytest.mark.parametrize("value", ["2026-02-28", date(2026, 2, 28)])
def test_a_day_written_out_is_taken(value: object) -> None:
    assert DAY.validate_python(value) == date(2026, 2, 28)


@pytest.mark.parametrize(
    "value",
    [
        0,
        -0.0,
        1767225600,
        "1767225600",
        "-0",
        "2026-2-28",
        "2026-02-30",
        "2026-02-28T00:00:00",
        "\u0662\u0660\u0662\u0666-\u0660\u0662-\u0662\u0668",
        True,
        None,
        datetime(2026, 2, 28, tzinfo=UTC),
        # The driver would write these as minus and plus infinity.
        "0001-01-01",
        "9999-12-31",
        date.max,
    ],
)
def test_anything_else_is_no_day(value: object) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(value)
