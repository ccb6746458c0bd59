"""Keys that take turns: files in a folder, each named by the instant from which it counts.

What a key is for follows from the names and the time alone, so all processes that see the folder agree without speaking
to each other.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from x_pilot_api.core.provision import NotReady

PUBLISHED_FOR: Final = timedelta(hours=24)
"""How long a new key is usually there before its turn."""

PUBLISHED_AT_LEAST: Final = timedelta(minutes=10)
"""Longer than any process needs to look again, and than anybody may keep what is published."""

_STEM: Final = "%Y%m%dT%H%M%SZ"


def name_of(beginning: datetime, suffix: str) -> str:
    """Name the file of a key by when its turn begins."""
    return beginning.strftime(_STEM) + suffix


def beginning_of(file: Path) -> datetime:
    """Read from a file's name when its key's turn begins."""
    try:
        return datetime.strptime(file.stem, _STEM).replace(tzinfo=UTC)
    except ValueError:
        example = f"20261128T030000Z{file.suffix}"
        raise NotReady(f"{file} must be named by the instant from which it counts, such as {example}") from None


def current(beginnings: Sequence[datetime], now: datetime) -> int:
    """Tell whose turn it is: the latest that has begun, or else the first."""
    begun = [number for number, beginning in enumerate(beginnings) if beginning <= now]
    return begun[-1] if begun else 0


def beginning_of_next(beginnings: Sequence[datetime], now: datetime, *, published_for: timedelta) -> datetime:
    """Say when the next key's turn may begin; a first one's begins at once."""
    if published_for < PUBLISHED_AT_LEAST:
        raise NotReady(f"a key must be published {PUBLISHED_AT_LEAST} before its turn, so that every process knows it")
    if beginnings and beginnings[-1] > now:
        raise NotReady(f"the next key is there already: its turn begins at {beginnings[-1].isoformat()}")
    return now + published_for if beginnings else now
