"""Refreshing at the same time, with real commits: one token has one child, however often it is asked for."""

import asyncio
from datetime import datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.conftest import make_service
from tests.identity.conftest import HASHED, PASSWORD
from tests.identity.test_sign_in import ask
from x_pilot_api.app import create_app
from x_pilot_api.core.db import Database
from x_pilot_api.core.provision import Urls
from x_pilot_api.core.settings import Settings
from x_pilot_api.identity import queries
from x_pilot_api.identity.models import Person, RefreshToken, SignInSession


async def children(urls: Urls, settings: Settings) -> list[Any]:
    """Sign in, then ask twenty times at once for the next token; tell the statuses, and the tokens given."""
    database = Database(urls.service, settings)
    async with database.transaction() as session:
        await session.execute(insert(Person).values(username="one", name="-", password_hash=HASHED))
    transport = httpx.ASGITransport(app=create_app(make_service(database, settings)))
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        first = await ask(client, grant_type="password", username="one", password=PASSWORD)
        form = {"grant_type": "refresh_token", "refresh_token": first.json()["refresh_token"]}
        answers = await asyncio.gather(*(ask(client, **form) for _ in range(20)))
    async with database.transaction(read_only=True) as session:
        kept = len((await session.scalars(select(RefreshToken))).all())
    await database.close()
    given = {answer.json().get("refresh_token") for answer in answers}
    return [{answer.status_code for answer in answers}, len(given), kept]


async def test_twenty_refreshes_of_one_token_give_one_child(own_urls: Urls, settings: Settings) -> None:
    assert await children(own_urls, settings) == [{200}, 1, 2]


async def test_a_family_that_is_not_locked_would_be_found(
    own_urls: Urls, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look(session: AsyncSession, token_hash: bytes, *, now: datetime) -> queries.Family | None:
        assert now
        token = await session.get_one(RefreshToken, token_hash)
        family = await session.get_one(SignInSession, token.session_id)
        await asyncio.sleep(0)
        return queries.Family(family, token, lives=True, newest=2)

    monkeypatch.setattr(queries, "lock_family", look)
    assert await children(own_urls, settings) != [{200}, 1, 2]
