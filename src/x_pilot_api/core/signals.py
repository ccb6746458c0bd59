"""Being told to stop: signals that reach a running event loop as calls, not as exceptions it might swallow."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Generator

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
