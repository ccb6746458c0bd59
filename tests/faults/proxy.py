"""A line between two parties that can be spoilt: slow, cut before or after, half, silent, or reset."""

import asyncio
import socket
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """How the line is spoilt."""

    DELAY = "delay"
    CUT_BEFORE = "cut before the request"
    CUT_AFTER = "cut after the effect, before the answer"
    HALF = "half of the answer"
    BLACK_HOLE = "nothing comes through, nothing ends"
    RESET = "reset"


@dataclass
class Proxy:
    """Passes bytes on until a fault is set; `trigger` are the bytes of a request that the fault waits for."""

    host: str
    port: int
    trigger: bytes
    fault: Fault | None = None
    listens_at: int = 0
    hits: int = 0
    _swallowing: set[asyncio.StreamWriter] = field(default_factory=set[asyncio.StreamWriter])

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Connect one client with the other side."""
        there, back = await asyncio.open_connection(self.host, self.port)
        spoilt = asyncio.Event()
        try:
            with suppress(OSError):
                await asyncio.gather(
                    self._requests(reader, back, writer, spoilt), self._answers(there, writer, back, spoilt)
                )
        finally:
            self._swallowing.discard(writer)
            for side in (writer, back):
                side.close()

    async def _requests(
        self,
        reader: asyncio.StreamReader,
        back: asyncio.StreamWriter,
        writer: asyncio.StreamWriter,
        spoilt: asyncio.Event,
    ) -> None:
        while data := await reader.read(65_536):
            if self.fault is not None and self.trigger in data:
                self.hits += 1
                spoilt.set()
                if self.fault is Fault.CUT_BEFORE:
                    raise ConnectionResetError
                if self.fault is Fault.RESET:
                    _reset(writer)
                    raise ConnectionResetError
                if self.fault is Fault.BLACK_HOLE:
                    self._swallowing.add(writer)
                    await reader.read()
                    raise ConnectionResetError
            back.write(data)
            await back.drain()
        back.close()

    async def _answers(
        self,
        there: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        back: asyncio.StreamWriter,
        spoilt: asyncio.Event,
    ) -> None:
        while data := await there.read(65_536):
            if spoilt.is_set() and self.fault is Fault.DELAY:
                loop = asyncio.get_running_loop()
                late = loop.time() + 0.05
                while loop.time() < late:
                    await asyncio.sleep(0.01)
            elif spoilt.is_set() and self.fault in {Fault.CUT_AFTER, Fault.HALF}:
                if self.fault is Fault.HALF:
                    writer.write(data[: len(data) // 2])
                    await writer.drain()
                back.close()
                writer.close()
                raise ConnectionResetError
            writer.write(data)
            await writer.drain()
        writer.close()

    def heal(self) -> None:
        """Let everything through again; what was cut or swallowed stays so."""
        self.fault = None
        for writer in list(self._swallowing):
            writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    sock: socket.socket = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@asynccontextmanager
async def opened(host: str, port: int, *, trigger: bytes) -> AsyncGenerator[Proxy]:
    """Listen on a port of its own and pass everything on."""
    proxy = Proxy(host, port, trigger)
    server = await asyncio.start_server(proxy.pass_on, "127.0.0.1", 0)
    proxy.listens_at = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        proxy.heal()
        server.close()
