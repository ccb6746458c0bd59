"""Structured logs: one JSON line an event and one a request, each with its request's id, none with personal data."""

import logging
import sys
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from uuid import uuid4

import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from x_pilot_api.core import languages, metrics

NOBODY = "-"
"""The request's id where nobody asked."""

_request_id: ContextVar[str] = ContextVar("request_id", default=NOBODY)
_noted: ContextVar[dict[str, str] | None] = ContextVar("noted", default=None)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}


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


@contextmanager
def on_behalf_of(request_id: str) -> Generator[None]:
    """Let what is written down now bear the id of the request that asked for it, though that was answered before."""
    token = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(token)


def where(error: BaseException) -> str:
    """Name the file and line an error came from, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 2)[-1]}:{frames[-1].lineno}" if frames else "unknown"


def name_caller(caller: str) -> None:
    """Keep who is asking for the line of this request: a kind and an id, never a name."""
    noted = _noted.get()
    if noted is not None:
        noted["caller"] = caller


def route_of(scope: Scope) -> str:
    """Name the template of the route, since the path itself may hold what somebody typed."""
    route = scope.get("route")
    return route.path if isinstance(route, Route) else "-"


class Requests:
    """Give each request an id and a language, write its line, and count it; what nobody caught ends here.

    Plain ASGI: a middleware that wraps the answer in a task of its own would hide a client's hanging up. An id that
    came with the request is not taken over: it would be somebody else's text in our logs.
    """

    def __init__(self, app: ASGIApp, unexpected: Callable[[Request, Exception], Response]) -> None:
        self.app = app
        self.unexpected = unexpected

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request under an id of its own."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = perf_counter()
        noted: dict[str, str] = {}
        tokens = _request_id.set(uuid4().hex), _noted.set(noted)
        languages.speak(languages.asked_for(Headers(scope=scope).get("accept-language", "")))
        status, sent = 0, 0

        async def send_with_id(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id().encode())]
            else:
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not be printed with its message
            # Raised further, the server would print it with its message, which may be personal.
            answer = self.unexpected(Request(scope), error)
            if status:
                raise ConnectionAbortedError from None
            await answer(scope, receive, send_with_id)
        finally:
            _write_line(scope, status=status, sent=sent, took=perf_counter() - begun, noted=noted)
            _request_id.reset(tokens[0])
            _noted.reset(tokens[1])


def _write_line(scope: Scope, *, status: int, sent: int, took: float, noted: dict[str, str]) -> None:
    """Write one line and count once; a client that hung up before it was answered has the status 0."""
    method, route = scope["method"], route_of(scope)
    logger.info("request", method=method, route=route, status=status, ms=round(took * 1_000, 1), bytes=sent, **noted)
    known = method if method in _METHODS else "other"
    metrics.requests.labels(known, route, status).inc()
    metrics.seconds.labels(known, route).observe(took)
