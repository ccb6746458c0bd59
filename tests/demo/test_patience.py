"""The demonstration's own client does what an answer tells it."""

import httpx
import pytest

from x_pilot_api.demo.patience import Patient


def _answering(monkeypatch: pytest.MonkeyPatch, *answers: httpx.Response) -> list[bytes]:
    """Answer in turn, and keep what was sent."""
    told, sent = iter(answers), list[bytes]()

    async def handle(_: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        sent.append(request.content)
        return next(told)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle)
    return sent


async def _ask() -> httpx.Response:
    async with httpx.AsyncClient(base_url="http://x-pilot.test", transport=Patient()) as client:
        return await client.post("/v1/things", json={"name": "一"})


async def test_what_is_told_to_come_back_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    later = httpx.Response(503, headers={"Retry-After": "0"})
    sent = _answering(monkeypatch, later, later, httpx.Response(201))
    assert (await _ask()).status_code == 201
    assert sent == [sent[0]] * 3


async def test_what_is_refused_otherwise_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for answer in (httpx.Response(503), httpx.Response(409, headers={"Retry-After": "0"})):
        sent = _answering(monkeypatch, answer, httpx.Response(201))
        assert (await _ask()).status_code == answer.status_code
        assert len(sent) == 1


async def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    later = [httpx.Response(503, headers={"Retry-After": "0"}) for _ in range(9)]
    sent = _answering(monkeypatch, *later)
    assert (await _ask()).status_code == 503
    assert 1 < len(sent) < 9
