"""How often one may ask: exactly the quota at once, then evenly, each caller for themselves, in bounded memory."""

from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import make_service
from tests.sizes import sized
from x_pilot_api.app import create_app
from x_pilot_api.core import origins, rates
from x_pilot_api.core.rates import Buckets, Policy
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings


@given(
    quota=st.integers(1, 50),
    gaps=st.lists(st.floats(0, 20), min_size=1, max_size=sized(120, 1_000)),
)
def test_no_minute_passes_more_than_twice_the_quota_and_who_waits_as_told_passes(quota: int, gaps: list[float]) -> None:
    buckets = Buckets(Policy("some", quota))
    now, passed = 1_000.0, list[float]()
    for gap in gaps:
        now += gap
        standing = buckets.spend("caller", now=now)
        if standing.passed:
            passed.append(now)
            assert 0 <= standing.remaining < quota
        else:
            assert buckets.spend("caller", now=now + standing.seconds).passed
            now += standing.seconds
            passed.append(now)
        # A full bucket and what leaks out of it in a minute.
        assert sum(moment > now - 60 for moment in passed) <= 2 * quota


def test_a_whole_quota_passes_at_once_and_the_next_is_told_when() -> None:
    buckets = Buckets(Policy("some", 30))
    standings = [buckets.spend("caller", now=0) for _ in range(31)]
    assert [one.remaining for one in standings] == [*reversed(range(30)), 0]
    assert [one.passed for one in standings] == [True] * 30 + [False]
    assert standings[-1].seconds == 2
    assert buckets.spend("other", now=0).passed


def test_many_addresses_take_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_KEYS_MAX", 10)
    buckets = Buckets(Policy("some", 1))
    for number in range(1_000):
        buckets.spend(str(number), now=0)
    assert not buckets.spend("999", now=0).passed
    assert buckets.spend("1", now=0).passed


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("testclient", "testclient", True),
    ],
)
def test_an_ipv6_network_is_one_caller(one: str, other: str, *, same: bool) -> None:
    assert (origins.counted_as(one) == origins.counted_as(other)) is same


@pytest.fixture
def app(service: Service) -> FastAPI:
    tight = Settings(
        rate_address_per_minute=5,
        rate_caller_per_minute=3,
        rate_sign_in_per_minute=2,
        rate_verification_per_minute=2,
    )
    return create_app(make_service(service.database, tight))


async def test_each_answer_tells_what_is_left_and_too_many_are_refused(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "monotonic", lambda: 1_000.0)
    answers = [await client.get("/healthz") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[0].headers["ratelimit-policy"] == '"address";q=5;w=60'
    assert answers[0].headers["ratelimit"] == '"address";r=4;t=12'
    refused = answers[-1]
    assert (refused.json()["code"], refused.headers["retry-after"]) == ("rate_limited", "12")
    assert refused.headers["ratelimit"] == '"address";r=0;t=12'
    assert refused.json()["figures"] == {"policy": "address", "quota": 5, "seconds": 12}


async def test_signing_in_is_counted_more_strictly(client: httpx.AsyncClient) -> None:
    form = {"grant_type": "none"}
    statuses = [(await client.post("/v1/auth/token", data=form)).status_code for _ in range(3)]
    assert statuses == [400, 400, 429]


@pytest.mark.parametrize("path", ["verify", "shared-awards"])
async def test_certificates_are_looked_up_by_codes_more_seldom(client: httpx.AsyncClient, path: str) -> None:
    statuses = [(await client.get(f"/v1/{path}/{number}")).status_code for number in range(3)]
    assert statuses == [404, 404, 429]


async def test_a_signed_in_caller_is_counted_wherever_they_ask_from(
    app: FastAPI, service: Service, sign_in: Callable[[str], dict[str, str]]
) -> None:
    app.state.service.__dict__["tokens"] = service.tokens
    answers = list[httpx.Response]()
    for number in range(4):
        transport = httpx.ASGITransport(app=app, client=(f"192.0.2.{number}", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
            answers.append(await client.get("/v1/me", headers=sign_in("registrar")))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["ratelimit-policy"] == '"address";q=5;w=60, "caller";q=3;w=60'
