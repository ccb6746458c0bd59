"""Certificate numbers by pattern: which patterns there can be, and what one comes to.

A pattern is text with tokens: `{year}` of the first day the certificate counts from, `{level}`, `{institution}` (its
ten digits), one `{serial:N}` of N digits, and at the very end `{check}`: the two check digits of ISO 7064 MOD 97-10
over all letters and digits before them, which find every wrong digit and every two that changed places.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stdnum.iso7064 import mod_97_10

OURS = "XP-"
"""How numbers begin that are ours to give where there is neither a pattern nor an organisation's own number."""

NUMBER_MAX = 64
SERIAL_MIN, SERIAL_MAX = 3, 10
_TOKEN = re.compile(r"\{([^{}]*)\}")
_SERIAL = re.compile(r"serial:([0-9]{1,2})")
_WIDTHS: Mapping[str, int] = {"year": 4, "level": 1, "institution": 10, "check": 2}
_PLACE = "{serial}"


@dataclass(frozen=True)
class Occasion:
    """What of a certificate goes into its number."""

    year: int
    level: str
    institution: str


def refuse_pattern(pattern: str) -> None:
    """Raise ValueError, with the reason in words, for what is no pattern of numbers."""
    tokens = _TOKEN.findall(pattern)
    literal = _TOKEN.sub("", pattern)
    if "{" in literal or "}" in literal:
        raise ValueError("braces stand around tokens only")
    serials = [found for token in tokens if (found := _SERIAL.fullmatch(token))]
    unknown = [token for token in tokens if token not in _WIDTHS and not _SERIAL.fullmatch(token)]
    if unknown:
        raise ValueError(f"there is no token {unknown[0]!r}; there are year, level, institution, serial:N and check")
    if len(serials) != 1:
        raise ValueError("a pattern has one {serial:N}, such as {serial:6}")
    if not SERIAL_MIN <= int(serials[0][1]) <= SERIAL_MAX:
        raise ValueError(f"a serial has from {SERIAL_MIN} to {SERIAL_MAX} digits")
    if "check" in tokens and (tokens.count("check") > 1 or not pattern.endswith("{check}")):
        raise ValueError("{check} stands once, at the end")
    if pattern.upper().startswith(OURS):
        raise ValueError(f"numbers that begin with {OURS} are the platform's")
    if literal != literal.strip() or not literal.isprintable() or not pattern.isprintable():
        raise ValueError("a pattern has no blanks at its ends and no control characters")
    if "check" in tokens and not re.search(r"[0-9A-Za-z]|\{(?:year|level|institution|serial)", pattern):
        raise ValueError("check digits need letters or digits to be computed over")
    if _length(literal, tokens) > NUMBER_MAX:
        raise ValueError(f"a number has at most {NUMBER_MAX} characters")


def _length(literal: str, tokens: list[str]) -> int:
    return len(literal) + sum(
        int(found[1]) if (found := _SERIAL.fullmatch(token)) else _WIDTHS[token] for token in tokens
    )


def names_institution(pattern: str) -> bool:
    """Tell whether numbers of a pattern can never be the same at two institutions."""
    return "{institution}" in pattern


def serial_digits(pattern: str) -> int:
    """Tell how many digits a pattern's serial has."""
    (found,) = [found for token in _TOKEN.findall(pattern) if (found := _SERIAL.fullmatch(token))]
    return int(found[1])


def stem_of(pattern: str, occasion: Occasion) -> str:
    """Tell what numbers of a pattern come to on an occasion, but for the serial and the check digits."""
    known = {"year": f"{occasion.year:04d}", "level": occasion.level, "institution": occasion.institution}

    def written(token: re.Match[str]) -> str:
        return known.get(token[1], _PLACE if token[1].startswith("serial") else "{check}")

    return _TOKEN.sub(written, pattern)


def number_of(stem: str, *, serial: int, digits: int) -> str:
    """Write one number of a stem."""
    number = stem.replace(_PLACE, f"{serial:0{digits}d}")
    if not number.endswith("{check}"):
        return number
    number = number.removesuffix("{check}")
    return number + mod_97_10.calc_check_digits(_checked(number))


def _checked(number: str) -> str:
    """Keep the letters and digits that check digits are computed over."""
    return "".join(char for char in number.upper() if char.isascii() and char.isalnum())
