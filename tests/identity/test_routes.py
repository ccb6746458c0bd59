"""Signing in and asking who one is."""

from collections.abc import Callable

import httpx

SignIn = Callable[[str], dict[str, str]]


async def test_a_caller_without_a_token_is_told_so(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/me")
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthenticated"


async def test_me_tells_a_coordinator_their_college(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    answer = await client.get("/v1/me", headers=sign_in("coordinator"))
    assert answer.status_code == 200
    assert answer.json()["roles"] == ["coordinator"]
    assert len(answer.json()["college_ids"]) == 1


async def test_an_unknown_query_parameter_is_refused(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    answer = await client.get("/v1/organisations?colour=red", headers=sign_in("registrar"))
    assert answer.status_code == 400
    assert "colour" in answer.json()["detail"]


async def test_organisations_come_in_pages(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    first = (await client.get("/v1/organisations?page_size=1", headers=sign_in("registrar"))).json()
    token = first["next_page_token"]
    second = (
        await client.get(f"/v1/organisations?page_size=1&page_token={token}", headers=sign_in("registrar"))
    ).json()
    assert [row["name"] for row in first["items"] + second["items"]] == ["评价组织1", "评价组织2"]
    assert second["next_page_token"] is None
