"""Server-sent events: telling a client how something changes, until it ends or the client leaves.

A stream holds no connection to the database while nothing happens: it asks again and again, each time in a short
transaction of its own. Being notified instead would take a listening connection for each process, which a pooler in
transaction mode cannot give, and would save little: one indexed row is read.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass

from fastapi.sse import EventSourceResponse, format_sse_event

from x_pilot_api.core.errors import Overloaded

POLL_SECONDS = 0.5
HEARTBEAT_SECONDS = 15.0
OPEN_MAX = 200
"""The most streams one process keeps open; who comes later is told to try again."""

_RETRY_MS = 2_000


@dataclass(frozen=True)
class Shown:
    """What there is to tell: a version that differs whenever the text does, and whether it is the last one."""

    version: str
    text: str
    ended: bool


class _Open:
    """How many streams this process has open."""

    count = 0


def follow(
    look: Callable[[], Awaitable[Shown]], *, event: str, seen: str | None, seconds: float
) -> EventSourceResponse:
    """Answer with what there is and each change of it; what the client has `seen` already is not told again.

    After so many seconds the stream ends by itself, and the client comes back with its credentials looked at anew.
    """
    if _Open.count >= OPEN_MAX:
        raise Overloaded
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return EventSourceResponse(_told(look, event=event, seen=seen, seconds=seconds), headers=headers)


async def _told(
    look: Callable[[], Awaitable[Shown]], *, event: str, seen: str | None, seconds: float
) -> AsyncGenerator[bytes]:
    _Open.count += 1
    try:
        loop = asyncio.get_running_loop()
        end, quiet_since = loop.time() + seconds, loop.time()
        yield format_sse_event(retry=_RETRY_MS)
        while True:
            shown = await look()
            if shown.version != seen:
                seen, quiet_since = shown.version, loop.time()
                yield format_sse_event(event=event, data_str=shown.text, id=shown.version)
            elif loop.time() - quiet_since >= HEARTBEAT_SECONDS:
                quiet_since = loop.time()
                yield format_sse_event(comment="still here")
            if shown.ended or loop.time() >= end:
                return
            await asyncio.sleep(POLL_SECONDS)
    finally:
        _Open.count -= 1
