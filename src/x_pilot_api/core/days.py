"""Days from outside: written out, since a bare number would otherwise be taken for one too."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _written_as_a_day(value: object) -> object:
    # Left to itself pydantic also takes 1767225600 for a date.
    if (isinstance(value, str) and _WRITTEN.fullmatch(value)) or (
        isinstance(value, date) and not isinstance(value, datetime)
    ):
        return value
    raise ValueError("must be a date such as 2026-01-01")


def _with_an_end(value: date) -> date:
    # The driver writes the first and the last day there is as minus and plus infinity.
    if value in {date.min, date.max}:
        raise ValueError("must be a date after 0001-01-01 and before 9999-12-31")
    return value


Day = Annotated[date, BeforeValidator(_written_as_a_day), AfterValidator(_with_an_end)]
"""A day of the calendar, as ISO 8601 writes it."""
