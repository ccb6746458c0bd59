"""Structured logs: one JSON line an event, each with its request's id, none with personal data."""

import logging
import sys
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def _with_request_id(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    event["request_id"] = request_id()
    return event


structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_request_id,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
)

logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()


def request_id() -> str:
    """Tell the id of the request being answered."""
    return _request_id.get()


def where(error: BaseException) -> str:
    """Name the file and line an error came from, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 2)[-1]}:{frames[-1].lineno}" if frames else "unknown"


class RequestIds:
    """Give each request an id, show it to the client, and keep it for the logs; what nobody caught ends here.

    Plain ASGI: a middleware that wraps the answer in a task of its own would hide a client's hanging up.
    """

    def __init__(self, app: ASGIApp, unexpected: Callable[[Request, Exception], Response]) -> None:
        self.app = app
        self.unexpected = unexpected

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request under an id of its own."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        token = _request_id.set(uuid4().hex)
        started = False

        async def send_with_id(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], (b"x-request-id", request_id().encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not be printed with its message
            # Raised further, the server would print it with its message, which may be personal.
            answer = self.unexpected(Request(scope), error)
            if started:
                raise ConnectionAbortedError from None
            await answer(scope, receive, send_with_id)
        finally:
            _request_id.reset(token)
