"""Spans for whoever collects them: one a request and one a statement, without what was asked or found.

The library is an extra (`requirements/tracing.txt`) and is imported only where `XPILOT_TRACES_URL` is set.
"""

from typing import Any, Protocol

from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from x_pilot_api.core import logs

_DEFECT = 500


class _Execution(Protocol):
    """What SQLAlchemy knows of a statement while it runs."""

    span: Span


def provider(url: str) -> TracerProvider:
    """Send spans to a collector."""
    made = TracerProvider(resource=Resource.create({"service.name": "x-pilot"}))
    made.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
    return made


class Requests:
    """Make each request a span, under that of the caller if one came; it names the route, never the path or query."""

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        self.app = app
        self.tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request within its span."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # Of what came only the ids of the caller's span are read; baggage may hold anything.
        parent = propagate.extract({"traceparent": Headers(scope=scope).get("traceparent", "")})
        with self.tracer.start_as_current_span(
            scope["method"], context=parent, kind=SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:

            async def send_and_note(message: Message) -> None:
                if message["type"] == "http.response.start":
                    _describe(span, scope, message["status"])
                await send(message)

            await self.app(scope, receive, send_and_note)


def _describe(span: Span, scope: Scope, status: int) -> None:
    route = logs.route_of(scope)
    span.update_name(f"{scope['method']} {route}")
    span.set_attributes(
        {
            "http.request.method": scope["method"],
            "http.route": route,
            "http.response.status_code": status,
            "x_pilot.request_id": logs.request_id(),
        }
    )
    if status >= _DEFECT:
        span.set_status(StatusCode.ERROR)


def trace_statements(engine: AsyncEngine, tracer: Tracer) -> None:
    """Make each statement a span that says what kind it is; its text may name people's tables, its values people."""

    def begin(
        _connection: object, _cursor: object, statement: str, _values: object, context: _Execution, _many: object
    ) -> None:
        verb = statement.split(None, 1)[0].upper() if statement.strip() else "-"
        span = tracer.start_span(verb, kind=SpanKind.CLIENT)
        span.set_attributes({"db.system.name": "postgresql", "db.operation.name": verb})
        context.span = span

    def end(
        _connection: object, _cursor: object, _statement: str, _values: object, context: _Execution, _many: object
    ) -> None:
        context.span.end()

    def fail(error: Any) -> None:  # noqa: ANN401 - SQLAlchemy's ExceptionContext
        span: Span | None = getattr(error.execution_context, "span", None)
        if span is not None:
            span.set_status(StatusCode.ERROR)
            span.end()

    event.listen(engine.sync_engine, "before_cursor_execute", begin)
    event.listen(engine.sync_engine, "after_cursor_execute", end)
    event.listen(engine.sync_engine, "handle_error", fail)


def tracer_of(made: TracerProvider) -> trace.Tracer:
    """Give the tracer of the service."""
    return made.get_tracer("x_pilot_api")
