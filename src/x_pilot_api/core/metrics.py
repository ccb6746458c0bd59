"""What one process counts, for Prometheus: each process answers on a loopback port of its own.

Nothing is shared between processes, so a worker that dies leaves no half-written file, and a gauge means what it says.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from x_pilot_api.core.settings import Settings

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

_PORTS = 32
"""How many processes of one machine may each take a port, beginning with the one that is set."""

requests = Counter("xpilot_requests", "Requests answered", ["method", "route", "status"], registry=REGISTRY)
seconds = Histogram(
    "xpilot_request_seconds",
    "Time from the request's head to the last byte of its answer",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
running = Gauge("xpilot_requests_running", "Requests being answered now", registry=REGISTRY)
pool_in_use = Gauge("xpilot_pool_in_use", "Database connections a request or a job holds now", registry=REGISTRY)
pool_size = Gauge("xpilot_pool_size", "Database connections this process may open", registry=REGISTRY)
idempotency_hits = Counter("xpilot_idempotency_hits", "Deeds answered again from their key", registry=REGISTRY)
rate_refusals = Counter("xpilot_rate_refusals", "Requests refused for coming too often", ["policy"], registry=REGISTRY)

jobs = Gauge("xpilot_jobs", "Jobs that wait, run, or failed for good", ["kind", "state"], registry=REGISTRY)


def counter(name: str, meaning: str, labels: list[str]) -> Counter:
    """Make a counter of an area's own."""
    return Counter(f"xpilot_{name}", meaning, labels, registry=REGISTRY)


def after_commit(session: AsyncSession, count: Callable[[], object]) -> None:
    """Count once what a transaction did is there to stay; one that is taken back counts nothing."""

    def committed(_session: Session) -> None:
        count()

    event.listen(session.sync_session, "after_commit", committed, once=True)


def serve(settings: Settings) -> Callable[[], None] | None:
    """Answer Prometheus on the first free port from the one that is set on; give back what ends it."""
    if settings.metrics_port is None:
        return None
    for port in range(settings.metrics_port, settings.metrics_port + _PORTS):
        with suppress(OSError):
            return partial(_stop, *start_http_server(port, addr="127.0.0.1", registry=REGISTRY))
    raise OSError(f"no port from {settings.metrics_port} on is free for metrics")


def _stop(server: WSGIServer, thread: Thread) -> None:
    server.shutdown()
    server.server_close()
    thread.join()
