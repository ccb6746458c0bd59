"""Sessions: how long they last, what ends them, and where their owner sees them."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text, update

from tests.clocks import Clock
from tests.core import hostile_tokens
from tests.identity.conftest import PASSWORD
from tests.identity.test_sign_in import ask
from tests.world import World
from x_pilot_api.core import auth, clock
from x_pilot_api.core.service import Service
from x_pilot_api.core.tokens import TokenIssuer
from x_pilot_api.identity import commands
from x_pilot_api.identity.commands import sessions
from x_pilot_api.identity.models import Person, RefreshToken, SignInSession

Json = dict[str, Any]
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)


pytestmark = pytest.mark.usefixtures("registrar")


async def signed_in(client: httpx.AsyncClient) -> Json:
    answer = await ask(client, grant_type="password", username="registrar", password=PASSWORD)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def refresh(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await ask(client, grant_type="refresh_token", refresh_token=token)


def bearer(tokens: Json) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


async def is_in(client: httpx.AsyncClient, tokens: Json) -> bool:
    return (await client.get("/v1/me", headers=bearer(tokens))).status_code == 200


async def test_an_idle_session_ends_and_a_used_one_lives_until_its_last_hour(
    client: httpx.AsyncClient, time: Clock
) -> None:
    idle, used = await signed_in(client), await signed_in(client)
    for _ in range(24):
        time.pass_by(minutes=29)
        used = (await refresh(client, used["refresh_token"])).json()
    time.pass_by(minutes=20)
    last = await refresh(client, used["refresh_token"])
    assert (last.status_code, last.json()["expires_in"]) == (200, 4 * 60), "no token outlives its session"
    time.pass_by(minutes=4)
    assert (await refresh(client, last.json()["refresh_token"])).json()["code"] == "refresh_refused"
    assert (await refresh(client, idle["refresh_token"])).json()["code"] == "refresh_refused"
    assert not await is_in(client, last.json())


async def test_a_session_that_was_not_refreshed_for_its_idle_time_is_over(
    client: httpx.AsyncClient, time: Clock
) -> None:
    first, second = await signed_in(client), await signed_in(client)
    time.pass_by(minutes=30, seconds=-1)
    assert (await refresh(client, first["refresh_token"])).status_code == 200
    time.pass_by(seconds=1)
    assert (await refresh(client, second["refresh_token"])).status_code == 401


async def test_a_lost_answer_may_be_asked_for_again_within_ten_seconds(client: httpx.AsyncClient, time: Clock) -> None:
    tokens = await signed_in(client)
    first = (await refresh(client, tokens["refresh_token"])).json()
    time.pass_by(seconds=10)
    again = (await refresh(client, tokens["refresh_token"])).json()
    assert again["refresh_token"] == first["refresh_token"]
    time.pass_by(seconds=1)
    assert (await refresh(client, tokens["refresh_token"])).status_code == 401
    assert (await refresh(client, first["refresh_token"])).status_code == 401
    assert not await is_in(client, first)
    assert not await is_in(client, tokens)


async def test_a_token_older_than_the_last_one_ends_the_session_even_within_the_grace(
    client: httpx.AsyncClient,
) -> None:
    tokens = await signed_in(client)
    second = (await refresh(client, tokens["refresh_token"])).json()
    third = (await refresh(client, second["refresh_token"])).json()
    assert (await refresh(client, tokens["refresh_token"])).status_code == 401
    assert (await refresh(client, third["refresh_token"])).status_code == 401


async def test_a_person_sees_where_they_are_signed_in_and_ends_it(client: httpx.AsyncClient, service: Service) -> None:
    other = await signed_in(client)
    client.headers["User-Agent"] = CHROME
    mine = await signed_in(client)
    items = (await client.get("/v1/me/sessions", headers=bearer(mine))).json()["items"]
    listed = [row for row in items if row["agent"] != "a test"]
    assert [(row["agent"], row["is_current"]) for row in listed] == [("python-httpx", False), ("Chrome, Windows", True)]
    assert listed[1]["address"] == "127.0.0.1"
    gone = await client.delete(f"/v1/me/sessions/{listed[0]['id']}", headers=bearer(mine))
    again = await client.delete(f"/v1/me/sessions/{listed[0]['id']}", headers=bearer(mine))
    assert (gone.status_code, again.status_code) == (204, 404)
    assert not await is_in(client, other)
    assert await is_in(client, mine)
    async with service.database.transaction(read_only=True) as session:
        ended = text("SELECT detail ->> 'reason' FROM audit_events WHERE deed = 'end_session'")
        assert list((await session.execute(ended)).scalars()) == ["ended_by_person"]


async def test_signing_out_ends_one_session_and_everywhere_else_all_the_others(client: httpx.AsyncClient) -> None:
    first, second, third = [await signed_in(client) for _ in range(3)]
    assert (await client.post("/v1/auth/sign-out", headers=bearer(first))).status_code == 204
    assert [await is_in(client, one) for one in (first, second, third)] == [False, True, True]
    answer = await client.post("/v1/me/sessions:end-others", headers=bearer(second))
    assert answer.json() == {"ended": 2}, "the third, and the one the world was seeded with"
    assert [await is_in(client, one) for one in (second, third)] == [True, False]


async def test_no_token_is_kept_that_could_be_used(client: httpx.AsyncClient, service: Service) -> None:
    tokens = await signed_in(client)
    child = (await refresh(client, tokens["refresh_token"])).json()
    async with service.database.transaction(read_only=True) as session:
        kept = (await session.scalars(select(RefreshToken))).all()
        written = str([vars(row) for row in kept])
    assert len(kept) == 2
    assert all(secret["refresh_token"][5:] not in written for secret in (tokens, child))


@pytest.mark.parametrize("token", ["x", "xprt_", "xprt_" + "A" * 43, "\u5b66", "a.b.c", "%00", "x" * 1024])
async def test_a_refresh_token_that_is_none_of_ours_is_refused(client: httpx.AsyncClient, token: str) -> None:
    answer = await refresh(client, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "refresh_refused")


async def test_a_password_changed_while_it_was_checked_opens_nothing(
    client: httpx.AsyncClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def change_then_verify(stored: str | None, secret: str) -> bool:
        async with service.database.transaction() as session:
            await session.execute(update(Person).where(Person.username == "registrar").values(password_hash="-"))
        return stored is not None and secret == PASSWORD

    monkeypatch.setattr("x_pilot_api.identity.passwords.verify", change_then_verify)
    answer = await ask(client, grant_type="password", username="registrar", password=PASSWORD)
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_refused")


async def test_sessions_that_ended_long_ago_are_removed_in_slices(
    client: httpx.AsyncClient, service: Service, time: Clock
) -> None:
    for _ in range(3):
        await signed_in(client)
    time.pass_by(days=30, minutes=31)
    lives = await signed_in(client)
    removed: list[int] = []
    for _ in range(3):
        async with service.database.transaction() as session:
            removed.append(await sessions.remove_old(session, now=clock.now(), at_most=2))
    assert removed == [2, 1, 0]
    await ask(client, grant_type="password", username="nobody", password="wrong")
    time.pass_by(days=7, seconds=1)
    assert await commands.clear_away(service) == 2, "the name, and the address"
    time.pass_by(days=-7)
    assert await is_in(client, lives)
    async with service.database.transaction(read_only=True) as session:
        assert len((await session.scalars(select(RefreshToken))).all()) == 1


async def test_a_token_without_a_session_or_with_somebody_elses_opens_nothing(
    client: httpx.AsyncClient, service: Service, world: World
) -> None:
    registrar, teacher = (str(world.callers[who].id) for who in ("registrar", "teacher"))
    async with service.database.transaction(read_only=True) as session:
        assert await session.get(SignInSession, world.callers["teacher"].id)
    hostile: tuple[Json, ...] = ({}, {"sid": teacher}, {"sid": 7}, {"sid": None}, {"sid": [registrar]}, {"sid": "x"})
    for claims in hostile:
        token = service.tokens.issue(
            typ=auth.ACCESS_TOKEN_TYPE,
            audience=auth.ACCESS_AUDIENCE,
            subject=registrar,
            lifetime=timedelta(minutes=5),
            now=clock.now(),
            claims={"kind": "person", **claims},
        )
        answer = await client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), claims


async def test_every_hostile_token_is_answered_401_and_none_500(client: httpx.AsyncClient, service: Service) -> None:
    """Send the whole corpus to a service that knows its keys and its issuer, so that only the faults refuse it."""
    issuer = TokenIssuer(issuer=hostile_tokens.ISSUER, keys=[hostile_tokens.KEY, hostile_tokens.OLD_KEY])
    object.__setattr__(service, "tokens", issuer)
    wrong: list[str] = []
    for name, token, _ in hostile_tokens.HOSTILE:
        if not isinstance(token, str) or len(token) > 100_000:
            continue
        header = b"Bearer " + token.encode("utf-8", errors="surrogatepass")
        try:
            answer = await client.get("/v1/me", headers=[(b"authorization", header)])
        except httpx.LocalProtocolError:
            continue
        if (answer.status_code, answer.json()["code"]) != (401, "unauthenticated"):
            wrong.append(f"{name}: {answer.status_code} {answer.text[:100]}")
    assert not wrong, "\n".join(wrong)
