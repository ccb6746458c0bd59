"""Signing in: people by password, an organisation's system by its client's secret."""

from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import insert, update

from tests.identity.conftest import HASHED, PASSWORD
from tests.world import CLIENT_SECRET, World
from x_pilot_api.core.service import Service
from x_pilot_api.identity.models import MachineClient, Membership, Person


async def ask(client: httpx.AsyncClient, **fields: str) -> httpx.Response:
    return await client.post("/v1/auth/token", data=fields)


@pytest.fixture
async def known(service: Service, world: World) -> World:
    """Give the registrar a password."""
    async with service.database.transaction() as session:
        registrar = world.callers["registrar"].id
        await session.execute(update(Person).where(Person.id == registrar).values(password_hash=HASHED))
    return world


async def test_a_person_signs_in_and_is_who_they_are(client: httpx.AsyncClient, known: World) -> None:
    answer = await ask(client, grant_type="password", username="registrar", password=PASSWORD)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    token = answer.json()
    assert (token["token_type"], token["expires_in"]) == ("Bearer", 600)
    me = await client.get("/v1/me", headers={"Authorization": f"Bearer {token['access_token']}"})
    assert me.json()["institution_id"] == str(known.schools[0].id)
    assert me.json()["roles"] == ["registrar"]


@pytest.mark.usefixtures("known")
async def test_an_unknown_name_and_a_wrong_password_are_answered_alike(client: httpx.AsyncClient) -> None:
    wrong = await ask(client, grant_type="password", username="registrar", password="wrong")
    unknown = await ask(client, grant_type="password", username="nobody", password="wrong")
    assert wrong.status_code == unknown.status_code == 401
    assert {**wrong.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}


async def test_a_disabled_person_is_out_at_once(client: httpx.AsyncClient, service: Service, known: World) -> None:
    token = (await ask(client, grant_type="password", username="registrar", password=PASSWORD)).json()["access_token"]
    async with service.database.transaction() as session:
        registrar = Person.id == known.callers["registrar"].id
        await session.execute(update(Person).where(registrar).values(disabled_at=datetime(2026, 1, 1, tzinfo=UTC)))
    me = await client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})
    again = await ask(client, grant_type="password", username="registrar", password=PASSWORD)
    assert (me.status_code, again.status_code) == (401, 401)


async def test_who_works_in_two_institutions_names_one(
    client: httpx.AsyncClient, service: Service, known: World
) -> None:
    second = known.schools[1]
    async with service.database.transaction() as session:
        values = {"institution_id": second.id, "id": uuid4(), "person_id": known.callers["registrar"].id}
        await session.execute(insert(Membership).values(**values, role="teacher"))
    unclear = await ask(client, grant_type="password", username="registrar", password=PASSWORD)
    named = await ask(client, grant_type="password", username="registrar", password=PASSWORD, institution=second.code)
    elsewhere = await ask(
        client, grant_type="password", username="registrar", password=PASSWORD, institution="0000000000"
    )
    assert (unclear.status_code, unclear.json()["code"]) == (400, "institution_unclear")
    assert second.code in unclear.json()["detail"]
    assert elsewhere.status_code == 400
    me = await client.get("/v1/me", headers={"Authorization": f"Bearer {named.json()['access_token']}"})
    assert me.json()["roles"] == ["teacher"]


async def test_a_client_gets_the_scopes_it_asks_for_of_those_it_has(client: httpx.AsyncClient, known: World) -> None:
    answer = await ask(
        client,
        grant_type="client_credentials",
        client_id="test_client_1",
        client_secret=CLIENT_SECRET,
        scope="plans:read",
    )
    assert answer.json()["scope"] == "plans:read"
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert (await client.get("/v1/partner/exam-plans", headers=headers)).status_code == 200
    me = (await client.get("/v1/me", headers=headers)).json()
    assert me["permissions"] == ["me:read", "plans:read"]
    assert me["organisation_id"] == str(known.organisations[0].id)


@pytest.mark.usefixtures("known")
async def test_a_client_gets_no_scope_it_was_not_given(client: httpx.AsyncClient) -> None:
    answer = await ask(
        client,
        grant_type="client_credentials",
        client_id="test_client_1",
        client_secret=CLIENT_SECRET,
        scope="plans:read mappings:approve",
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_scope")
    assert "mappings:approve" in answer.json()["detail"]


async def test_a_revoked_client_is_out_at_once(client: httpx.AsyncClient, service: Service, known: World) -> None:
    asked = {"grant_type": "client_credentials", "client_id": "test_client_1", "client_secret": CLIENT_SECRET}
    token = (await ask(client, **asked)).json()["access_token"]
    async with service.database.transaction() as session:
        mine = MachineClient.id == known.organisations[0].test_client_id
        await session.execute(update(MachineClient).where(mine).values(revoked_at=datetime(2026, 1, 1, tzinfo=UTC)))
    answer = await client.get("/v1/partner/exam-plans", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, (await ask(client, **asked)).status_code) == (401, 401)


async def test_another_way_of_asking_is_refused(client: httpx.AsyncClient) -> None:
    answer = await ask(client, grant_type="authorization_code")
    assert (answer.status_code, answer.json()["code"]) == (400, "unsupported_grant_type")


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp5", "bearer "])
async def test_a_token_that_is_none_is_answered_401(client: httpx.AsyncClient, header: str) -> None:
    answer = await client.get("/v1/me", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_english_is_spoken_to_who_asks_for_it(client: httpx.AsyncClient) -> None:
    english = await client.get("/v1/me", headers={"Accept-Language": "en-GB, zh;q=0.5"})
    chinese = await client.get("/v1/me")
    assert english.json()["title"] == "Not signed in, or no longer"
    assert chinese.json()["title"] == "未登录或登录已失效"
    assert english.json()["code"] == chinese.json()["code"]
