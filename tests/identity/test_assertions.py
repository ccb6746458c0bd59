"""A machine client proves who it is by a key: once an assertion, exactly for us, and with nothing else."""

import base64
import contextlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from tests.exams.desk import set_clock
from tests.identity import hostile_assertions, keys
from tests.identity.hostile_assertions import Cast
from tests.identity.keys import Holder
from tests.world import CLIENT_SECRET, World
from x_pilot_api.app import create_app
from x_pilot_api.core import clock, tokens
from x_pilot_api.core.service import Service
from x_pilot_api.identity.models import ClientKey, KeyUse, MachineClient

LIVE = "live_client_1"


def _cast() -> Cast:
    return Cast(
        good=Holder(LIVE),
        other_client=Holder("live_client_2"),
        stranger=Holder("live_stranger"),
        revoked=Holder(LIVE),
        over=Holder(LIVE),
        coming=Holder(LIVE),
        waiting=Holder(LIVE),
        of_revoked_client=Holder("test_client_2"),
    )


@pytest.fixture
async def cast(service: Service, world: World) -> Cast:
    """Give the first organisation's live client a good key and a waiting one, others what makes theirs worthless."""
    made = _cast()
    first, second = (found.machine_client_id for found in world.organisations)
    gone = world.organisations[1].test_client_id
    now = datetime.now(UTC)
    async with service.database.transaction() as session:
        await keys.register(session, first, made.good)
        await keys.register(session, first, made.waiting, slot=2, approved=False)
        await keys.register(session, first, made.revoked, revoked_at=now)
        far, near = timedelta(days=9), timedelta(days=2)
        await keys.register(session, first, made.over, not_before=now - far, not_after=now - near)
        await keys.register(session, first, made.coming, not_before=now + near, not_after=now + far)
        await keys.register(session, second, made.other_client)
        await keys.register(session, gone, made.of_revoked_client)
        await session.execute(update(MachineClient).where(MachineClient.id == gone).values(revoked_at=now))
    return made


@pytest.fixture
async def other_instance(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """Call a second application on the same database."""
    transport = httpx.ASGITransport(app=create_app(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        yield client


async def test_a_good_assertion_brings_a_token_for_live_data(client: httpx.AsyncClient, cast: Cast) -> None:
    answer = await keys.ask(client, cast.good.assertion(), scope="plans:read")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["scope"], answer.headers["cache-control"]) == ("plans:read", "no-store")
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert (await client.get("/v1/partner/exam-plans", headers=headers)).status_code == 200


async def test_the_newer_type_and_the_client_id_beside_it_are_welcome(client: httpx.AsyncClient, cast: Cast) -> None:
    newer = cast.good.sign(cast.good.head(typ="client-authentication+jwt"), cast.good.claims())
    assert (await keys.ask(client, newer)).status_code == 200
    assert (await keys.ask(client, cast.good.assertion(), client_id=LIVE)).status_code == 200
    early = int(clock.now().timestamp()) - 5
    assert (await keys.ask(client, cast.good.assertion(nbf=early, note="ours to ignore"))).status_code == 200


async def test_no_hostile_assertion_is_let_in_and_none_is_told_why(client: httpx.AsyncClient, cast: Cast) -> None:
    tried: dict[str, str] = {}
    refusals: set[str] = set()
    for name, assertion in hostile_assertions.assertions(cast):
        answer = await keys.ask(client, assertion)
        if answer.status_code != 401 or answer.json()["code"] != "invalid_client":
            tried[name] = f"{answer.status_code} {answer.text[:200]}"
        refusals.add(str({**answer.json(), "request_id": ""}))
    assert tried == {}
    assert len(refusals) == 1
    assert (await keys.ask(client, cast.good.assertion())).status_code == 200


def test_the_corpus_is_large_and_names_each_kind_once() -> None:
    names = [name for name, _ in hostile_assertions.assertions(_cast())]
    assert len(names) == len(set(names)) >= 90


async def test_an_assertion_counts_once_on_whichever_instance(
    client: httpx.AsyncClient, other_instance: httpx.AsyncClient, cast: Cast
) -> None:
    assertion = cast.good.assertion()
    assert (await keys.ask(client, assertion)).status_code == 200
    assert (await keys.ask(other_instance, assertion)).status_code == 401
    again = cast.good.assertion(jti="the same")
    assert (await keys.ask(other_instance, again)).status_code == 200
    assert (await keys.ask(client, cast.good.assertion(jti="the same"))).status_code == 401


async def test_one_way_to_prove_oneself_at_a_time(client: httpx.AsyncClient, cast: Cast) -> None:
    secret = {"client_id": "test_client_1", "client_secret": CLIENT_SECRET}
    both = await keys.ask(client, cast.good.assertion(), **secret)
    others_name = await keys.ask(client, cast.good.assertion(), client_id="live_client_2")
    other_type = await keys.ask(client, cast.good.assertion(), client_assertion_type="urn:other")
    nothing = await client.post("/v1/auth/token", data={"grant_type": "client_credentials"})
    half = await client.post("/v1/auth/token", data={"grant_type": "client_credentials", "client_id": LIVE})
    answers = [both, others_name, other_type, nothing, half]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(401, "invalid_client")] * 5


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("secret", [CLIENT_SECRET, "-", "", "wrong", "\u00e9", "x" * 1024])
async def test_a_live_client_has_no_secret_that_opens(client: httpx.AsyncClient, secret: str) -> None:
    form = {"grant_type": "client_credentials", "client_id": LIVE, "client_secret": secret}
    answer = await client.post("/v1/auth/token", data=form)
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_client")


async def test_a_token_ends_with_the_key_that_brought_it(
    client: httpx.AsyncClient, service: Service, cast: Cast
) -> None:
    token = (await keys.ask(client, cast.good.assertion())).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert (await client.get("/v1/me", headers=headers)).status_code == 200
    async with service.database.transaction() as session:
        revoked = update(ClientKey).where(ClientKey.kid == cast.good.kid).values(revoked_at=clock.now())
        await session.execute(revoked)
    assert (await client.get("/v1/me", headers=headers)).status_code == 401
    assert (await keys.ask(client, cast.good.assertion())).status_code == 401


async def test_what_is_over_is_forgotten(
    client: httpx.AsyncClient, service: Service, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        assert (await keys.ask(client, cast.good.assertion())).status_code == 200
    set_clock(monkeypatch, datetime.now(UTC) + timedelta(minutes=5))
    assert (await keys.ask(client, cast.good.assertion())).status_code == 200
    async with service.database.transaction(read_only=True) as session:
        assert await session.scalar(select(func.count()).select_from(KeyUse)) == 1


async def test_last_use_is_noted_after_the_answer_and_once_a_minute(
    client: httpx.AsyncClient, service: Service, world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def noted() -> datetime | None:
        async with service.database.transaction(read_only=True) as session:
            return await session.scalar(
                select(MachineClient.last_used_at).where(MachineClient.id == world.organisations[0].machine_client_id)
            )

    begun = datetime.now(UTC) + timedelta(days=1) - timedelta(minutes=30)
    seen: list[datetime | None] = []
    for seconds in (0, 30, 59, 61, 100):
        set_clock(monkeypatch, begun + timedelta(seconds=seconds))
        assert (await keys.ask(client, cast.good.assertion())).status_code == 200
        seen.append(await noted())
    assert seen == [begun] * 3 + [begun + timedelta(seconds=61)] * 2


async def _let_in(client: httpx.AsyncClient, cast: Cast) -> list[str]:
    """Name the hostile assertions that are let in."""
    return [
        name
        for name, assertion in hostile_assertions.assertions(cast)
        if (await keys.ask(client, assertion)).status_code == 200
    ]


async def test_an_audience_that_need_not_be_exact_would_be_seen(
    client: httpx.AsyncClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = tokens.verify_foreign

    def lax(token: str, *, audience: str, **how: Any) -> tokens.Claims:  # noqa: ANN401 - handed on
        with contextlib.suppress(ValueError, LookupError, AttributeError):
            named = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "==")).get("aud")
            audience = named if str(named).startswith(audience) else audience
        return honest(token, audience=audience, **how)

    monkeypatch.setattr(tokens, "verify_foreign", lax)
    assert await _let_in(client, cast) == ["aud is the token endpoint", "aud is the issuer with a stroke"]


async def test_a_jti_that_is_not_kept_would_be_seen(
    client: httpx.AsyncClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forgetful(*_: object, **__: object) -> bool:
        return True

    monkeypatch.setattr("x_pilot_api.identity.commands.client_proofs.use_once", forgetful)
    assertion = cast.good.assertion()
    answers = [(await keys.ask(client, assertion)).status_code for _ in range(2)]
    assert answers == [200, 200]
