"""Being told to stop: signals that reach a running event loop as calls, not as exceptions it might swallow."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Coroutine, Generator

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@contextlib.contextmanager
def handled(stop: Callable[[], None]) -> Generator[None]:
    """Let the signals that end a program call `stop` in the running loop, and give them back afterwards.

    A handler of the signal module would raise inside whatever callback runs just then, and the loop may lose it.
    """
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in STOPPING}
    for number in STOPPING:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)


async def unless(stop: asyncio.Event, work: Coroutine[object, object, None]) -> bool:
    """Do something, given up as soon as `stop` is set; tell whether it was done."""
    doing, told = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({doing, told}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        told.cancel()
        if not doing.done():
            doing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await doing
        return not stop.is_set()
    return False
