"""Addresses that outsiders name lead to nothing that is ours, however they are written."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence

import httpx
import pytest

from x_pilot_api.core import outbound
from x_pilot_api.core.outbound import Answer, HttpSender, Reach

# The port is filled in, so that whatever slipped through would be seen at the listener.
REFUSED = (
    "https://127.0.0.1:{port}/",
    "https://127.1:{port}/",
    "https://127.0.1:{port}/",
    "https://2130706433:{port}/",
    "https://0x7f000001:{port}/",
    "https://0x7f.1:{port}/",
    "https://0x7f.0x0.0x0.0x1:{port}/",
    "https://0177.0.0.1:{port}/",
    "https://017700000001:{port}/",
    "https://127.0.0.1.:{port}/",
    "https://0:{port}/",
    "https://0.0.0.0:{port}/",
    "https://localhost:{port}/",
    "https://localhost.:{port}/",
    "https://loopback.example:{port}/",
    "https://[::1]:{port}/",
    "https://[::]:{port}/",
    "https://[0:0:0:0:0:0:0:1]:{port}/",
    "https://[::ffff:127.0.0.1]:{port}/",
    "https://[::ffff:7f00:1]:{port}/",
    "https://[::127.0.0.1]:{port}/",
    "https://[2002:7f00:1::]:{port}/",
    "https://[64:ff9b::7f00:1]:{port}/",
    "https://[fe80::1%25lo]:{port}/",
    "https://[fd00:ec2::254]:{port}/",
    "https://user@127.0.0.1:{port}/",
    "https://example.com@127.0.0.1:{port}/",
    "https://example.com:443@127.0.0.1:{port}/",
    "https://example.com%40127.0.0.1:{port}/",
    "https://127.0.0.1:{port}#@example.com/",
    "https://127.0.0.1:{port}\\@example.com/",
    "https://example.com\\@127.0.0.1:{port}/",
    "https://１２７.0.0.1:{port}/",
    "https://127。0。0。1:{port}/",
    "https://①②⑦.0.0.1:{port}/",
    "http://127.0.0.1:{port}/",
    "http://loopback.example:{port}/",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_x",
    "file:///etc/passwd",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}",
    "https://",
    "",
    "https://loopback.example:{port}/\r\nHost: x",
    " https://127.0.0.1:{port}/",
    "https://169.254.169.254/latest/meta-data/",
    "https://metadata.example/",
    "https://carrier.example/",
    "https://mixed.example:{port}/",
    "https://mapped.example:{port}/",
    "https://sixtofour.example/",
    "https://nat64.example/",
    "https://linklocal.example/",
    "https://unique.example/",
    "https://cloud.example/",
    "https://nothing.example/",
    "https://absent.example/",
)  # fmt: skip

PUBLIC = "93.184.215.14"
NAMES: dict[str, tuple[str, ...]] = {
    "loopback.example": ("127.0.0.1",),
    "metadata.example": ("169.254.169.254",),
    "carrier.example": ("100.100.100.200",),
    "mixed.example": (PUBLIC, "127.0.0.1"),
    "mapped.example": ("::ffff:127.0.0.1",),
    "sixtofour.example": ("2002:7f00:1::",),
    "nat64.example": ("64:ff9b::7f00:1",),
    "linklocal.example": ("fe80::1%eth0",),
    "unique.example": ("fd00::1",),
    "cloud.example": ("168.63.129.16",),
    "nothing.example": (),
}


async def stub(host: str, port: int) -> Sequence[str]:
    """Resolve our names, and what is written as an address in any notation as the system would."""
    if host in NAMES:
        return NAMES[host]
    if host.endswith(".example"):
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return await outbound.ask_the_system(host, port)


class Listener:
    """Something on loopback that counts who comes."""

    def __init__(self, answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n") -> None:
        self.came = 0
        self.answer = answer
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.came += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(self.answer)
            await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def listening(answer: bytes | None = None) -> AsyncGenerator[Listener]:
    listener = Listener(answer) if answer is not None else Listener()
    server = await asyncio.start_server(listener.serve, "127.0.0.1", 0)
    listener.port = server.sockets[0].getsockname()[1]
    async with server:
        yield listener


def everywhere(port: int) -> Reach:
    """Open the listener's port, so that the port alone protects nothing."""
    return Reach(ports=frozenset({443, port}))


async def post(sender: HttpSender, url: str, reach: Reach) -> Answer:
    return await sender.post(url, body=b"{}", headers={"Content-Type": "application/json"}, reach=reach)


async def test_no_spelling_reaches_what_is_ours() -> None:
    async with listening() as listener:
        reach = everywhere(listener.port)
        answers = {url: await post(HttpSender(stub), url.format(port=listener.port), reach) for url in REFUSED}
        let_through = [url for url, answer in answers.items() if answer.status is not None]
        reasons = {answer.error for answer in answers.values()}
        assert (let_through, listener.came) == ([], 0)
    assert reasons <= {"malformed", "not_https", "port", "host", "closed_address", "unresolved"}, reasons
    assert len(REFUSED) >= 35


@pytest.mark.parametrize("port", [80, 22, 5432, 8443])
async def test_a_port_that_is_not_opened_is_refused(port: int) -> None:
    answer = await post(HttpSender(stub), f"https://example.com:{port}/", Reach())
    assert answer.error == "port"


class Flipping:
    """A name whose first answer is public and every later one is loopback."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, _host: str, _port: int) -> Sequence[str]:
        self.asked += 1
        return (PUBLIC,) if self.asked == 1 else ("127.0.0.1",)


async def test_a_name_that_flips_to_loopback_after_the_check_is_asked_once_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected: list[str] = []

    async def send(_self: HttpSender, _target: object, address: str, *_: object) -> int:
        connected.append(address)
        return 204

    monkeypatch.setattr(HttpSender, "_send", send)
    flipping = Flipping()
    assert (await post(HttpSender(flipping), "https://flip.example/", Reach())).status == 204
    assert (connected, flipping.asked) == ([PUBLIC], 1)


async def reaches_loopback(sender: type[HttpSender]) -> int:
    """Let a name flip under a sender, and count who comes to loopback."""
    flipping = Flipping()
    async with listening() as listener:
        await post(sender(flipping), f"https://flip.example:{listener.port}/", everywhere(listener.port))
        return listener.came


class ResolvesAgain(HttpSender):
    """The mutant: it checks one answer and connects to another."""

    async def _send(self, target: outbound.Target, address: str, body: bytes, headers: Mapping[str, str]) -> int:
        (address, *_) = await self.resolve(target.host, target.port)
        return await super()._send(target, address, body, headers)


async def test_a_sender_that_resolves_again_to_connect_is_caught() -> None:
    assert await reaches_loopback(ResolvesAgain) == 1


async def test_ours_connects_to_the_address_that_was_checked_under_the_name_it_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[httpx.Request] = []

    async def note(_self: httpx.AsyncClient, request: httpx.Request, **_: object) -> httpx.Response:
        sent.append(request)
        raise httpx.ConnectError("no network in tests")

    monkeypatch.setattr(httpx.AsyncClient, "send", note)
    assert await reaches_loopback(HttpSender) == 0
    (request,) = sent
    assert request.url.host == PUBLIC
    assert request.headers["Host"] == f"flip.example:{request.url.port}"
    assert request.extensions["sni_hostname"] == "flip.example"


async def test_a_redirect_is_not_followed() -> None:
    async with listening() as inner:
        redirect = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{inner.port}/\r\nContent-Length: 0\r\n\r\n"
        async with listening(redirect.encode()) as outer:
            reach = Reach(exempt=frozenset({f"http://127.0.0.1:{outer.port}"}))
            answer = await post(HttpSender(stub), f"http://127.0.0.1:{outer.port}/", reach)
        assert (answer.status, outer.came, inner.came) == (302, 1, 0)


async def test_an_exempt_host_is_that_host_at_that_port_only() -> None:
    async with listening() as listener:
        reach = Reach(exempt=frozenset({f"http://127.0.0.1:{listener.port}"}))
        assert (await post(HttpSender(stub), f"http://127.0.0.1:{listener.port}/", reach)).status == 204
        for other in ("http://localhost:{port}/", "http://127.1:{port}/", "https://127.0.0.1:{port}/"):
            assert (await post(HttpSender(stub), other.format(port=listener.port), reach)).status is None
        assert listener.came == 1


async def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with listening() as proxy, listening() as listener:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        reach = Reach(exempt=frozenset({f"http://127.0.0.1:{listener.port}"}))
        assert (await post(HttpSender(stub), f"http://127.0.0.1:{listener.port}/", reach)).status == 204
        assert (proxy.came, listener.came) == (0, 1)


async def test_an_answer_without_end_is_read_up_to_its_bound() -> None:
    endless = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 20_000_000
    async with listening(endless) as listener:
        reach = Reach(exempt=frozenset({f"http://127.0.0.1:{listener.port}"}))
        read: list[int] = []
        original = httpx.Response.aiter_raw

        async def counted(self: httpx.Response) -> AsyncGenerator[bytes]:
            async for part in original(self):
                read.append(len(part))
                yield part

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(httpx.Response, "aiter_raw", counted)
            assert (await post(HttpSender(stub), f"http://127.0.0.1:{listener.port}/", reach)).status == 200
        assert sum(read) <= 4 * outbound.ANSWER_BYTES_MAX


async def test_what_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "WHOLE_SECONDS_MAX", 0.05)
    async with listening(b"") as listener:
        listener.answer = b"HTTP/1.1 200 OK\r\n"
        reach = Reach(exempt=frozenset({f"http://127.0.0.1:{listener.port}"}))
        never: Callable[[str, int], Awaitable[Sequence[str]]] = _never
        assert (await post(HttpSender(never), f"http://127.0.0.1:{listener.port}/", reach)).error == "timeout"


async def _never(_host: str, _port: int) -> Sequence[str]:
    await asyncio.Event().wait()
    return ()


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "223.5.5.5", "2606:4700:4700::1111", "2400:3200::1"])
def test_public_addresses_are_open(address: str) -> None:
    assert outbound.is_open(address)
