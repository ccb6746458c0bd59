"""Reading a file in a process of its own, row by row, so that neither its bombs nor its size reach this one."""

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import asdict, dataclass
from typing import Any

from x_pilot_api.core.errors import AppError
from x_pilot_api.core.tables import errors

_LINE_BYTES_MAX = 4 << 20
_PATIENCE_SECONDS = 30
Cells = list[Any]


@dataclass(frozen=True)
class Limits:
    """What one file may cost."""

    rows: int
    unzipped_mib: int
    memory_mib: int
    cpu_seconds: int


@dataclass(frozen=True)
class Table:
    """A file being read: what it is, and its rows to come, each with the number it has in the file."""

    facts: dict[str, Any]
    rows: AsyncIterator[tuple[int, Cells]]


@contextlib.asynccontextmanager
async def opened(data: bytes, limits: Limits) -> AsyncGenerator[Table]:
    """Open a file for reading; it is refused here, or at a later row."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-m", "x_pilot_api.core.tables.child", json.dumps(asdict(limits))),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # It reads what anybody may have made, so it is told nothing.
        env={},
        limit=_LINE_BYTES_MAX,
    )
    feeding = asyncio.create_task(_feed(process, data))
    try:
        lines = _lines(process, limits)
        yield Table(facts=await anext(lines), rows=_rows(lines))
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        feeding.cancel()
        await asyncio.gather(feeding, process.wait(), return_exceptions=True)


async def _feed(process: asyncio.subprocess.Process, data: bytes) -> None:
    assert process.stdin is not None  # noqa: S101
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(data)
        await process.stdin.drain()
    process.stdin.close()


async def _lines(process: asyncio.subprocess.Process, limits: Limits) -> AsyncGenerator[Any]:
    """Give what the process says, up to its end; one that dies without a word took more than it may."""
    assert process.stdout is not None  # noqa: S101
    while True:
        try:
            async with asyncio.timeout(limits.cpu_seconds + _PATIENCE_SECONDS):
                line = await process.stdout.readline()
        except TimeoutError:
            line = b""
        if not line.endswith(b"\n"):
            raise _costly(limits)
        said: Any = json.loads(line)
        if "refused" in said:
            raise _refusal(said, limits)
        if "end" in said:
            return
        yield said


def _costly(limits: Limits) -> AppError:
    return errors.FileTooCostly(cpu_seconds=limits.cpu_seconds, memory_mib=limits.memory_mib)


def _refusal(said: dict[str, Any], limits: Limits) -> AppError:
    if said["refused"] == errors.FileTooCostly.code:
        return _costly(limits)
    return errors.BY_CODE[said["refused"]](**said["figures"])


async def _rows(lines: AsyncGenerator[Any]) -> AsyncIterator[tuple[int, Cells]]:
    async for number, cells in lines:
        yield number, cells
