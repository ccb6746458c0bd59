"""What every answer carries, the line each request leaves, and what is counted of it."""

import json
from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from tests.canaries import EAR
from tests.conftest import make_service
from tests.world import World
from x_pilot_api.app import create_app
from x_pilot_api.core import metrics
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://x-pilot.test")


@pytest.mark.parametrize("path", ["/healthz", "/v1/me", "/nowhere", "/broken"])
async def test_every_answer_tells_a_browser_to_keep_and_trust_nothing(app: FastAPI, path: str) -> None:
    async def broken() -> None:
        raise RuntimeError

    app.add_api_route("/broken", broken)
    async with client_of(app) as client:
        answer = await client.get(path)
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-request-id"]
    assert "server" not in answer.headers


async def test_transport_security_is_promised_only_where_there_is_any(service: Service) -> None:
    plain = create_app(make_service(service.database, Settings(issuer="http://127.0.0.1:8000")))
    async with client_of(plain) as client:
        assert "strict-transport-security" not in (await client.get("/healthz")).headers


async def test_what_has_an_etag_may_be_kept_and_asked_about(
    client: httpx.AsyncClient, sign_in: Callable[[str], dict[str, str]], world: World
) -> None:
    path = f"/v1/certificates/{world.organisations[0].certificate_id}"
    answer = await client.get(path, headers=sign_in("registrar"))
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-cache")


async def test_only_the_origins_that_are_set_may_call_from_a_browser(service: Service) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    app = create_app(make_service(service.database, Settings(cors_origins=("https://spa.example",))))
    async with client_of(app) as client:
        mine = await client.options("/v1/mappings", headers=asked | {"Origin": "https://spa.example"})
        others = await client.options("/v1/mappings", headers=asked | {"Origin": "https://spa.example.evil"})
        simple = await client.get("/healthz", headers={"Origin": "https://evil.example"})
    assert (mine.status_code, mine.headers["access-control-allow-origin"]) == (200, "https://spa.example")
    assert "access-control-allow-credentials" not in mine.headers
    assert others.status_code == 400
    assert "access-control-allow-origin" not in others.headers
    assert "access-control-allow-origin" not in simple.headers


async def test_without_origins_no_browser_is_let_in(client: httpx.AsyncClient) -> None:
    asked = {"Origin": "https://spa.example", "Access-Control-Request-Method": "GET"}
    answer = await client.options("/v1/me", headers=asked)
    assert (answer.status_code, answer.json()["code"]) == (405, "http_refused")
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("origin", ["*", "https://*.example", "https://spa.example/", "null", "spa.example"])
def test_an_origin_that_is_a_pattern_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match="which is no origin"):
        Settings.model_validate({"cors_origins": origin})


async def test_a_request_leaves_one_line_with_its_route_and_nothing_that_was_typed(
    client: httpx.AsyncClient, sign_in: Callable[[str], dict[str, str]], world: World
) -> None:
    number = world.schools[0].documents[0]
    with capture_logs() as logged:
        answer = await client.get(
            f"/v1/awards/{number}?student_id={number}",
            headers=sign_in("registrar") | {"X-Request-Id": number, "User-Agent": number, "Referer": number},
        )
        read = await client.get("/v1/me", headers=sign_in("registrar"))
    lines = [line for line in logged if line["event"] == "request"]
    assert number not in json.dumps(logged)
    assert [line["status"] for line in lines] == [answer.status_code, 200]
    assert dict(lines[1]) | {"ms": 0} == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "route": "/v1/me",
        "status": 200,
        "ms": 0,
        "bytes": len(read.content),
        "caller": f"person:{world.callers['registrar'].id}",
    }
    assert answer.headers["x-request-id"] != number
    # Whoever writes a number into a path is told that path again; nobody else is.
    assert EAR.faults() == ["a refusal holds a resident identity number"]


def counted(name: str, **labels: str) -> float:
    return metrics.REGISTRY.get_sample_value(name, labels) or 0


async def test_requests_are_counted_by_route_and_not_by_path(client: httpx.AsyncClient) -> None:
    labels = {"method": "GET", "route": "/problems/{code}", "status": "200"}
    before = counted("xpilot_requests_total", **labels)
    await client.get("/problems/busy")
    await client.get("/problems/malformed")
    assert counted("xpilot_requests_total", **labels) == before + 2
    await client.request("BREW", "/pot-1")
    assert counted("xpilot_requests_total", method="other", route="-", status="404") >= 1


def test_metrics_are_answered_on_the_first_free_loopback_port_of_each_process() -> None:
    assert metrics.serve(Settings()) is None
    settings = Settings(metrics_port=39_117)
    first, second = metrics.serve(settings), metrics.serve(settings)
    assert first is not None
    assert second is not None
    try:
        texts = [httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text for port in (39_117, 39_118)]
    finally:
        first()
        second()
    assert all("xpilot_pool_in_use" in text for text in texts)
