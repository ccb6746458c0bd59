"""What time it is: one place, so that a test can say otherwise."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Tell the instant, aware and in UTC."""
    return datetime.now(UTC)


def today(timezone: str) -> date:
    """Tell the date where the exams take place."""
    return now().astimezone(ZoneInfo(timezone)).date()
