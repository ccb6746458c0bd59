"""Where a request comes from: the client's address and what kind of program it is, for the audit and never for logs."""

import re
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

Network = IPv4Network | IPv6Network

_PRODUCT = re.compile(r"([A-Za-z][A-Za-z0-9 ._-]{0,39}?)/[0-9]")

# Browsers name those they wish to pass for, so the first of these that is found is what the program is.
_FAMILIES = (("Edg", "Edge"), ("OPR", "Opera"), ("MicroMessenger", "WeChat"), ("Firefox", "Firefox"),
             ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a deed came from; both unknown when nobody asked for it over the network."""

    address: str | None = None
    agent: str | None = None


_NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=_NOWHERE)


def current() -> Origin:
    """Tell where the request being answered comes from."""
    return _origin.get()


def address() -> str:
    """Name the address the request being answered comes from, for whoever counts by it."""
    return current().address or "unknown"


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def client_address(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str | None:
    """Tell who the client is: the peer, or, if that is a trusted proxy, whom the trusted proxies say they speak for.

    Each proxy adds on the right whom it was asked by; what stands left of the first address not trusted is only
    claimed, and so is never believed.
    """
    found = _address(peer)
    for claimed in reversed(",".join(forwarded).split(",") if forwarded else []):
        if found is None or not any(found in network for network in trusted):
            break
        said = _address(claimed)
        if said is None:
            break
        found = said
    return None if found is None else str(found)


def counted_as(address: str) -> str:
    """Name what an address is counted by: an IPv6 host can take any address of its /64."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)


def agent_family(user_agent: str) -> str | None:
    """Name the kind of program, without the version and system that would tell one person's from another's."""
    for mark, family in _FAMILIES:
        if f"{mark}/" in user_agent:
            return family
    product = _PRODUCT.match(user_agent)
    return product[1].strip() if product else "other" if user_agent else None


class Origins:
    """Keep where each request comes from for as long as it is answered."""

    def __init__(self, app: ASGIApp, trusted: Sequence[Network]) -> None:
        self.app = app
        self.trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        peer = (scope.get("client") or ("",))[0]
        address = client_address(peer, headers.getlist("x-forwarded-for"), self.trusted)
        if address is not None:
            # Whoever counts by address counts the client, not the proxy that speaks for everybody.
            scope["client"] = (address, 0)
        token = _origin.set(Origin(address, agent_family(headers.get("user-agent", ""))))
        try:
            await self.app(scope, receive, send)
        finally:
            _origin.reset(token)
