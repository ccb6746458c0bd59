# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# Schemathesis leaves its types half said.
"""Requests nobody thought of: made from the schema, and valid ones with one value replaced by a hostile one."""

import asyncio
import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx
import requests
import schemathesis
import uvloop
from fastapi import FastAPI
from hypothesis import strategies as st
from schemathesis.core.transport import Response
from schemathesis.generation.case import Case
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.authz import calls, codes
from tests.authz.calls import Call
from tests.authz.ground import Ground
from tests.authz.matrix import ANONYMOUS
from tests.conftest import DATA_KEY, RolledBackDatabase, make_token
from x_pilot_api import openapi
from x_pilot_api.app import create_app
from x_pilot_api.core.db import Database
from x_pilot_api.core.notes import LogKey
from x_pilot_api.core.provision import Urls
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tokens import SigningKey, TokenIssuer
from x_pilot_api.identity import queries as identity

HOSTILE = st.sampled_from(
    [
        *(
            "",
            " ",
            "\x00",
            "a\x00b",
            "\ud800",
            "\udfff\ud800",
            "\u202e",
            "é" * 300,
            "x" * 70_000,
            "'; --",
            "%s%n{0}{x}",
        ),
        *(0, -1, 2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**400, -(2**63) - 1, 1e308, 0.1, True, None),
        *(
            "1e1000000",
            "NaN",
            "Infinity",
            "-0",
            "٣",
            "9" * 5_000,
            "0001-01-01",
            "9999-12-31",
            "2026-02-30",
            "10000-01-01",
        ),
        *("9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "00000000-0000-0000-0000-000000000000"),
        *([], [[]], {}, {"a": 1}, [None], ["\x00"], {"\x00": "\ud800"}, [0] * 3_000),
    ]
)
"""Values that break what stores, counts or shows them."""

_CHECKS = [content_type_conformance, response_schema_conformance]


@dataclass(frozen=True)
class Desk:
    """The service in this thread's own loop, with every request taken back."""

    runner: asyncio.Runner
    app: FastAPI
    service: Service
    connection: AsyncConnection
    ground: Ground

    def headers_of(self, caller: str) -> dict[str, str]:
        """Sign somebody in."""
        if caller == ANONYMOUS:
            return {}
        who = self.ground.world.callers[caller]
        token = make_token(self.service, who.id, scope=who.scope)
        return {"Authorization": f"Bearer {token}"}

    def send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> httpx.Response:
        """Send one request and take back what it did."""
        return self.runner.run(self._send(method, url, headers, body))

    async def _send(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> httpx.Response:
        # A transaction of its own: in a single one for all, each that writes would keep a lock on its number until the
        # server's memory for locks is full, and a pause would end it.
        transaction = await self.connection.begin()
        transport = httpx.ASGITransport(app=self.app)
        try:
            async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
                return await client.request(method, url, headers=headers, content=body)
        finally:
            await transaction.rollback()

    def send_case(self, caller: str, case: Case[Any]) -> httpx.Response:
        """Send what schemathesis made up."""
        wanted = case.as_transport_kwargs(base_url="http://x-pilot.test")
        wanted.pop("cookies", None)
        ready = requests.Request(**{key: wanted[key] for key in wanted if key != "allow_redirects"}).prepare()
        headers = {name: _plain(value) for name, value in ready.headers.items() if name.lower() != "content-length"}
        sent = ready.body
        body = sent.encode("utf-8", "replace") if isinstance(sent, str) else sent if isinstance(sent, bytes) else None
        return self.send(ready.method or "GET", ready.url or "/", headers | self.headers_of(caller), body)

    def send_call(self, caller: str, call: Call) -> httpx.Response:
        """Send a request as the matrix does."""
        url = str(httpx.URL(call.path, params=dict(call.query)))
        headers = self.headers_of(caller) | dict(calls.headers_of(call))
        if call.body is not None:
            headers = {"Content-Type": "application/json"} | headers
            return self.send(call.method, url, headers, json.dumps(call.body).encode())
        return self.send(call.method, url, headers, None)


def _plain(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


@contextmanager
def opened(urls: Urls, ground: Ground) -> Generator[Desk]:
    """Open a desk on the ground and undo everything at the end."""
    settings = Settings(
        issuer="https://x-pilot.test",
        rate_address_per_minute=0,
        rate_caller_per_minute=0,
        rate_sign_in_per_minute=0,
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        database = Database(urls.service, settings)

        async def connect() -> AsyncConnection:
            return await database.engine.connect()

        connection = runner.run(connect())
        service = Service(
            settings=settings,
            database=RolledBackDatabase(connection, settings),
            tokens=TokenIssuer(issuer=settings.issuer, keys=[SigningKey.generate()]),
            current_sealer=lambda: Sealer(DATA_KEY),
            log_key=LogKey.generate(),
            find_actor=identity.actor_finder(settings),
        )
        try:
            yield Desk(runner, create_app(service), service, connection, ground)
        finally:
            runner.run(connection.close())
            runner.run(database.close())


SCHEMA = schemathesis.openapi.from_dict(openapi.whole())


def what_is_wrong(answer: httpx.Response, case: Case[Any] | None = None) -> list[str]:
    """Say what no answer may be: a defect of ours, a code without a page, or other than the schema promises."""
    found = [*codes.unknown(answer)]
    if answer.status_code >= 500:
        found.append(f"answered {answer.status_code}: {answer.text[:300]}")
    if case is not None and not found:
        case.validate_response(Response.from_any(answer), checks=_CHECKS)
    return found


def places(part: Any, *, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401 - JSON
    """Walk every place of a body whose value can be replaced."""
    yield at
    if isinstance(part, dict):
        for key, value in part.items():  # pyright: ignore[reportUnknownVariableType]
            yield from places(value, at=(*at, str(key)))  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(part, list):
        for index, value in enumerate(part):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            yield from places(value, at=(*at, index))


def replaced(part: Any, at: tuple[str | int, ...], value: object) -> Any:  # noqa: ANN401 - JSON
    """Put a value at a place of a body, and leave the body it came from alone."""
    if not at:
        return value
    copy = part.copy()
    copy[at[0]] = replaced(copy[at[0]], at[1:], value)
    return copy


@st.composite
def spoilt(draw: st.DrawFn, call: Call) -> Call:
    """Replace one value of a valid call by a hostile one: in its body, else in its query."""
    value = draw(HOSTILE)
    if call.body is not None:
        at = draw(st.sampled_from([*places(call.body)]))
        return replace(call, body=replaced(call.body, at, value))
    name = draw(st.sampled_from([*call.query, "page_size", "page_token"]))
    text = value if isinstance(value, str) else json.dumps(value)
    return replace(call, query={**call.query, name: text.encode("utf-8", "replace").decode()[:2_000]})
