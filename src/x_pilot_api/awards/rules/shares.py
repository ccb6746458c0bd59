"""What a share link may be, and whether it still opens anything."""

from datetime import datetime, timedelta

from x_pilot_api.awards.models import ClientKind

LIFE_MAX = timedelta(days=365)
OPEN_MAX = 20
_PHONES = ("Mobile", "Android", "iPhone", "MicroMessenger")


def is_open(
    *, expires_at: datetime, recalled_at: datetime | None, views_max: int | None, views: int, now: datetime
) -> bool:
    """Tell whether a link still shows anything."""
    return recalled_at is None and now < expires_at and (views_max is None or views < views_max)


def client_kind(user_agent: str) -> ClientKind:
    """Tell what looked, as coarsely as can be of use."""
    if any(mark in user_agent for mark in _PHONES):
        return ClientKind.PHONE
    return ClientKind.COMPUTER if user_agent.startswith("Mozilla/") else ClientKind.PROGRAM
