"""Sending to addresses that outsiders name: what may be called, and the one adapter that calls it.

Whoever names an address must not reach by us what they cannot reach themselves. So a name is resolved once, every
address it has must be the public internet's, and exactly such a one is connected to, with the name in TLS and Host.
"""

import asyncio
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import httpx

ANSWER_BYTES_MAX = 64 * 1024
WHOLE_SECONDS_MAX = 15.0
_TIMEOUT = httpx.Timeout(5.0)
_URL_MAX = 2_000
_HTTPS_PORT = 443

# A name of at least two labels whose last one is no number: what looks like an address, in whatever notation, is none.
_NAME = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?\Z")

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Listed here and not asked of the library, whose opinion of some of them differs from version to version.
_CLOSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        # A cloud's own service behind an address that looks public.
        "168.63.129.16/32",
    )
)  # fmt: skip
# Only global unicast is open at all: mapped and compatible IPv4, NAT64, link-local, unique local and multicast are not.
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20")
)

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Finds the addresses of a name."""


class AddressRefused(Exception):
    """An address that is not called, and why, in one word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Reach:
    """What may be called: https at some ports, and beside it hosts named exactly, for tests and demonstrations."""

    ports: frozenset[int] = frozenset({_HTTPS_PORT})
    exempt: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Target:
    """An address to call, taken apart once, so that nobody reads it in another way later."""

    scheme: str
    host: str
    port: int
    path: bytes
    is_exempt: bool


@dataclass(frozen=True)
class Answer:
    """What came of a call: a status, or why there is none."""

    status: int | None
    error: str | None
    duration_ms: int


class Sender(Protocol):
    """Posts to an address that an outsider named."""

    async def post(self, url: str, *, body: bytes, headers: Mapping[str, str], reach: Reach) -> Answer:
        """Send one request; never raises for what the other side does."""
        ...


def read_target(url: str, reach: Reach) -> Target:
    """Take an address apart, or refuse it for what can be seen without asking anybody."""
    if len(url) > _URL_MAX or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise AddressRefused("malformed")
    try:
        parsed = httpx.URL(url)
        port = parsed.port
    except (httpx.InvalidURL, ValueError):
        raise AddressRefused("malformed") from None
    if parsed.userinfo or parsed.fragment or "@" in parsed.netloc.decode():
        raise AddressRefused("malformed")
    port = port or {"https": _HTTPS_PORT, "http": 80}.get(parsed.scheme, 0)
    if f"{parsed.scheme}://{parsed.host}:{port}" in reach.exempt:
        return Target(parsed.scheme, parsed.host, port, parsed.raw_path, is_exempt=True)
    if parsed.scheme != "https":
        raise AddressRefused("not_https")
    if port not in reach.ports:
        raise AddressRefused("port")
    if not _NAME.match(parsed.host):
        raise AddressRefused("host")
    return Target(parsed.scheme, parsed.host, port, parsed.raw_path, is_exempt=False)


def is_open(address: str) -> bool:
    """Tell whether an address is one of the public internet."""
    try:
        found: _Address = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in _CLOSED_V4)
    return found.scope_id is None and found in _OPEN_V6 and not any(found in network for network in _CLOSED_V6)


async def ask_the_system(host: str, port: int) -> Sequence[str]:
    """Resolve a name as the system does."""
    found = await asyncio.get_running_loop().getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
    )
    return [str(it[4][0]) for it in found]


async def choose_address(target: Target, resolve: Resolve) -> str:
    """Resolve a name once and choose the address to connect to; one closed address among them closes the name."""
    try:
        addresses = await resolve(target.host, target.port)
    except OSError:
        raise AddressRefused("unresolved") from None
    if not addresses:
        raise AddressRefused("unresolved")
    if not target.is_exempt and not all(is_open(address) for address in addresses):
        raise AddressRefused("closed_address")
    return addresses[0]


@dataclass(frozen=True)
class HttpSender:
    """The real adapter; a new connection for each call, since the address is chosen for each."""

    resolve: Resolve = ask_the_system
    trust: ssl.SSLContext | None = None

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return self.trust or httpx.create_ssl_context(trust_env=False)

    async def post(self, url: str, *, body: bytes, headers: Mapping[str, str], reach: Reach) -> Answer:
        """Send one request; no redirect is followed, and no more than a bounded part of the answer read."""
        began = time.monotonic()
        status, error = None, None
        try:
            async with asyncio.timeout(WHOLE_SECONDS_MAX):
                target = read_target(url, reach)
                address = await choose_address(target, self.resolve)
                status = await self._send(target, address, body, headers)
        except AddressRefused as refused:
            error = refused.why
        except (TimeoutError, httpx.TimeoutException):
            error = "timeout"
        except httpx.ConnectError as failed:
            error = "tls" if _is_tls(failed) else "connect"
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            error = "protocol"
        return Answer(status, error, round((time.monotonic() - began) * 1_000))

    async def _send(self, target: Target, address: str, body: bytes, headers: Mapping[str, str]) -> int:
        host = f"[{address}]" if ":" in address else address
        default = {"https": _HTTPS_PORT, "http": 80}[target.scheme]
        named = target.host if target.port == default else f"{target.host}:{target.port}"
        url = httpx.URL(scheme=target.scheme, host=host, port=target.port, raw_path=target.path)
        async with httpx.AsyncClient(
            verify=self._context, trust_env=False, follow_redirects=False, timeout=_TIMEOUT
        ) as client:
            request = client.build_request(
                "POST",
                url,
                content=body,
                headers={**headers, "Host": named, "Accept-Encoding": "identity", "Connection": "close"},
                extensions={"sni_hostname": target.host},
            )
            answer = await client.send(request, stream=True)
            try:
                await _read_some(answer)
            finally:
                await answer.aclose()
            return answer.status_code


async def _read_some(answer: httpx.Response) -> None:
    """Read the answer up to the bound and forget it: only the status counts."""
    read = 0
    async for part in answer.aiter_raw():
        read += len(part)
        if read > ANSWER_BYTES_MAX:
            return


def _is_tls(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
