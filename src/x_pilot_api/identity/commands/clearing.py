"""Clearing away what is over: sessions that ended long ago, and counts of failures that nobody remembers."""

from typing import Final

from x_pilot_api.core import clock
from x_pilot_api.core.service import Service
from x_pilot_api.identity.commands import attempts, sessions

_SLICE: Final = 1_000
"""How many rows one transaction removes, so that none holds its locks for long."""


async def clear_away(service: Service) -> int:
    """Remove what is over in slices, each in a transaction of its own, and tell how many rows that were."""
    removed = 0
    for remove in (sessions.remove_old, attempts.remove_old):
        while True:
            async with service.database.transaction() as session:
                slice_ = await remove(session, now=clock.now(), at_most=_SLICE)
            removed += slice_
            if slice_ < _SLICE:
                break
    return removed
