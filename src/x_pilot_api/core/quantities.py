"""Credits and scores: decimal strings with at most two places outside, whole hundredths inside."""

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

_DECIMAL = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,6})(?:\.(?P<part>\d{1,2}))?", re.ASCII)


@lru_cache(maxsize=16_384)
def parse_hundredths(text: str) -> int:
    """Read "3.5" as 350; raise ValueError on anything but a plain decimal with at most two places.

    Scores and credits are few among many rows, so what was read is remembered.
    """
    match = _DECIMAL.fullmatch(text)
    if match is None:
        raise ValueError("must be a decimal with at most two places, such as 86.50")
    size = int(match["whole"]) * 100 + int((match["part"] or "0").ljust(2, "0"))
    return -size if match["sign"] else size


def format_hundredths(value: int) -> str:
    """Write 350 as "3.50"."""
    sign = "-" if value < 0 else ""
    return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"


def _read(value: object) -> object:
    if isinstance(value, str):
        return parse_hundredths(value)
    raise ValueError("must be a string such as 3.50, never a JSON number")


def _not_negative(value: int) -> int:
    if value < 0:
        raise ValueError("must not be negative")
    return value


_DECIMAL_SCHEMA = {"type": "string", "pattern": r"^-?\d{1,6}(\.\d{1,2})?$", "examples": ["3.50"]}

HundredthsIn = Annotated[
    int, BeforeValidator(_read), AfterValidator(_not_negative), WithJsonSchema(_DECIMAL_SCHEMA, mode="validation")
]
"""A quantity in a request: a decimal string, kept as hundredths."""

HundredthsOut = Annotated[
    int,
    PlainSerializer(format_hundredths, return_type=str, when_used="json"),
    WithJsonSchema(_DECIMAL_SCHEMA, mode="serialization"),
]
"""A quantity in an answer: hundredths, written as a decimal string."""
