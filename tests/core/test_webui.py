"""Serving the pages: what is the service's stays the service's, and everything else is the application."""

import gzip
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from x_pilot_api.core import webui

FILES = {
    "/index.html": webui.File("index.html", b"<!doctype html><title>page</title>" * 20),
    "/assets/a-1.js": webui.File("a-1.js", b"let a = 1;" * 50),
    "/icon.svg": webui.File("icon.svg", b"<svg/>"),
}


async def unknown(_: Request, __: Exception) -> Response:
    return PlainTextResponse("{}", status_code=404, media_type="application/problem+json")


async def healthz(_: Request) -> Response:
    return PlainTextResponse("ok")


def service_with(files: webui.Files) -> webui.Pages:
    service = Starlette(exception_handlers={404: unknown})
    service.add_route("/healthz", healthz)
    return webui.Pages(service, files)


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=service_with(FILES))
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/login", "/mappings/1/edit", "/v2", "/verify"])
async def test_any_other_path_is_the_page(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["cache-control"] == "no-cache"
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")


@pytest.mark.parametrize("path", ["/v1", "/v1/nothing", "/api/nothing", "/v/unknown/more", "/.well-known/nothing"])
async def test_an_unknown_path_of_the_service_is_never_the_page(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_assets_never_change_and_those_of_another_build_are_not_there(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/assets/a-1.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert (await browser.get("/assets/a-0.js")).status_code == 404


async def test_a_page_known_already_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    first = await browser.get("/")
    again = await browser.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_who_can_unpack_is_sent_less(browser: httpx.AsyncClient) -> None:
    plain = await browser.get("/assets/a-1.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    async with browser.stream("GET", "/assets/a-1.js", headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join([part async for part in answer.aiter_raw()])
    assert gzip.decompress(packed) == plain.content


async def test_nothing_is_written_through_the_pages(browser: httpx.AsyncClient) -> None:
    assert (await browser.post("/login")).status_code in {404, 405}


async def test_without_the_pages_the_service_says_so_and_runs() -> None:
    transport = httpx.ASGITransport(app=service_with({}))
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        answer = await client.get("/")
        assert (answer.status_code, "make web" in answer.text) == (404, True)
        assert (await client.get("/healthz")).status_code == 200
