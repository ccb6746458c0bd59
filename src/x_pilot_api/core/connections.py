"""The connection itself: a request's head must be small and come soon, which the server has no option for."""

import asyncio
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

HEAD_BYTES_MAX = 64 * 1024
HEADERS_MAX = 100
HEAD_SECONDS_MAX = 10


class GuardedProtocol(HttpToolsProtocol):
    """Close a connection whose request has too long or too slow a head; nothing of ours has heard of it then."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.in_head = True
        self.head_bytes = 0
        self.patience: asyncio.TimerHandle | None = None
        self.refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came, unless the head has grown too long."""
        if self.in_head:
            if self.patience is None:
                self._await_head()
            self.head_bytes += len(data)
        if self.transport.is_closing():
            return
        super().data_received(data)
        # A head that has just ended may have come with a large part of its body: only an unended one is too long.
        if self.in_head and self.head_bytes > HEAD_BYTES_MAX:
            self.refuse(431)

    def on_message_begin(self) -> None:
        """Begin to count a head."""
        self.in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Answer, unless there were too many headers."""
        self._stop_waiting()
        self.in_head, self.head_bytes = False, 0
        if self.refused:
            return
        if len(self.headers) > HEADERS_MAX:
            self.refuse(431)
            return
        if sum(len(name) + len(value) for name, value in self.headers) + len(self.url) > HEAD_BYTES_MAX:
            self.refuse(431)
            return
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for the next head."""
        self.in_head = True
        if self.refused:
            return
        super().on_message_complete()
        if self.cycle.response_complete:
            # Answered before its body had ended: the time to keep an idle connection was counted and given up.
            self._await_head()

    def on_response_complete(self) -> None:
        """Let a body that nobody wanted end, but not for ever."""
        super().on_response_complete()
        if not self.in_head and self.cycle.response_complete and not self.transport.is_closing():
            self._stop_waiting()
            self.patience = self.loop.call_later(HEAD_SECONDS_MAX, self.transport.close)

    def on_body(self, body: bytes) -> None:
        """Take in a part of the body of a request that is being answered."""
        if not self.refused:
            super().on_body(body)

    def refuse(self, status: int) -> None:
        """Say why in one status line and hang up; in the middle of another answer, only hang up."""
        self._stop_waiting()
        self.refused = True
        if self.transport.is_closing():
            return
        if not self.cycle or self.cycle.response_complete:
            self.transport.write(STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()

    def _await_head(self) -> None:
        self._stop_waiting()
        self.patience = self.loop.call_later(HEAD_SECONDS_MAX, self.refuse, 408)

    def _stop_waiting(self) -> None:
        if self.patience is not None:
            self.patience.cancel()
            self.patience = None
