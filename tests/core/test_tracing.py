"""Spans tell what was done and how long it took, and nothing of whom it was about."""

import subprocess
import sys
from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.canaries import EAR
from tests.world import World
from x_pilot_api.app import create_app
from x_pilot_api.core import tracing
from x_pilot_api.core.service import Service


@pytest.fixture
def app(service: Service) -> FastAPI:
    """Build an application of this test's own, which is traced from its first request on."""
    return create_app(service)


@pytest.fixture
def spans(app: FastAPI, connection: AsyncConnection) -> InMemorySpanExporter:
    kept = InMemorySpanExporter()
    made = TracerProvider()
    made.add_span_processor(SimpleSpanProcessor(kept))
    tracer = tracing.tracer_of(made)
    app.add_middleware(tracing.Requests, tracer=tracer)
    tracing.trace_statements(connection.engine, tracer)
    return kept


async def test_a_request_is_a_span_over_its_statements_and_holds_nothing_that_was_asked(
    spans: InMemorySpanExporter, client: httpx.AsyncClient, sign_in: Callable[[str], dict[str, str]], world: World
) -> None:
    number = world.schools[0].documents[0]
    caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    headers = sign_in("registrar") | {"traceparent": caller, "baggage": f"who={number}", "tracestate": f"a={number}"}
    await client.get(f"/v1/verify/{number}", headers=headers)
    await client.get("/v1/awards", params={"student_id": str(world.schools[0].students[0])}, headers=headers)
    finished = spans.get_finished_spans()
    (verify, awards) = [span for span in finished if span.name.startswith("GET ")]
    assert (verify.name, awards.name) == ("GET /v1/verify/{code}", "GET /v1/awards")
    assert awards.attributes is not None
    assert awards.attributes["http.response.status_code"] == 200
    assert awards.parent is not None
    assert awards.context is not None
    assert f"{awards.parent.trace_id:032x}" == "0af7651916cd43dd8448eb211c80319c"
    under = {span.name for span in finished if span.parent and span.parent.span_id == awards.context.span_id}
    assert "SELECT" in under
    written = "".join(span.to_json() for span in finished)
    assert number not in written
    assert str(world.schools[0].students[0]) not in written
    # Whoever writes a number into a path is told that path again; nobody else is.
    assert EAR.faults() == ["a refusal holds a resident identity number"]
    assert "FROM" not in written


def test_without_the_setting_the_library_is_not_even_imported() -> None:
    code = (
        "import sys; from x_pilot_api.app import create_app; create_app(); sys.exit('opentelemetry.sdk' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
