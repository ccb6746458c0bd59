"""The feed: whose events show to whom, where a cursor leads, and what is forgotten."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.conftest import make_token
from tests.outbox.feeding import SYSTEM, Feeding
from x_pilot_api.app import create_app
from x_pilot_api.core import clock
from x_pilot_api.core.db import driver_url
from x_pilot_api.core.errors import Malformed
from x_pilot_api.outbox import commands, rules
from x_pilot_api.outbox.rules import Cursor

PATH = "/v1/partner/events"


@pytest.fixture
async def client(feeding: Feeding) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(feeding.service))
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        yield client


def headers(feeding: Feeding, who: str) -> dict[str, str]:
    caller = feeding.world.callers[who]
    token = make_token(feeding.service, caller.id, scope=caller.scope)
    return {"Authorization": f"Bearer {token}"}


async def owner_says(feeding: Feeding, statement: str) -> None:
    """Do what only the owner of the tables may."""
    engine = create_async_engine(driver_url(feeding.urls.owner), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


async def test_an_organisation_reads_its_own_events_of_all_institutions(
    feeding: Feeding, client: httpx.AsyncClient
) -> None:
    own = [await feeding.tell(school=0), await feeding.tell(school=1), await feeding.tell(school=None)]
    foreign = await feeding.tell(organisation=1)
    answer = await client.get(PATH, headers=headers(feeding, "machine"))
    assert [item["id"] for item in answer.json()["items"]] == [str(event) for event in own]
    answer = await client.get(PATH, headers=headers(feeding, "machine_2"))
    assert [item["id"] for item in answer.json()["items"]] == [str(foreign)]


async def test_paging_leads_through_everything_once_and_ends_with_a_cursor(
    feeding: Feeding, client: httpx.AsyncClient
) -> None:
    told = [str(await feeding.tell()) for _ in range(7)]
    seen: list[str] = []
    query: dict[str, str] = {"page_size": "3"}
    more = True
    while more:
        body = (await client.get(PATH, params=query, headers=headers(feeding, "machine"))).json()
        seen += [item["id"] for item in body["items"]]
        query["after"], more = body["next_cursor"], body["has_more"]
    assert seen == told
    later = str(await feeding.tell())
    body = (await client.get(PATH, params=query, headers=headers(feeding, "machine"))).json()
    assert [item["id"] for item in body["items"]] == [later]


async def test_a_reader_of_nothing_gets_a_cursor_and_misses_nothing_after_it(
    feeding: Feeding, client: httpx.AsyncClient
) -> None:
    empty = (await client.get(PATH, headers=headers(feeding, "machine"))).json()
    assert (empty["items"], empty["has_more"]) == ([], False)
    told = await feeding.tell()
    query = {"after": empty["next_cursor"]}
    body = (await client.get(PATH, params=query, headers=headers(feeding, "machine"))).json()
    assert [item["id"] for item in body["items"]] == [str(told)]


async def test_test_institutions_events_are_apart_from_live_ones(feeding: Feeding) -> None:
    await owner_says(feeding, f"UPDATE institutions SET is_test = true WHERE id = '{feeding.world.schools[1].id}'")
    live, test = await feeding.tell(school=0), await feeding.tell(school=1)
    of_test_client = await feeding.tell(school=None, is_test=True)
    assert [event.id for event in (await feeding.read(None)).events] == [live]
    assert [event.id for event in (await feeding.read(None, is_test=True)).events] == [test, of_test_client]


async def test_an_institution_decides_by_itself_whether_its_events_are_test_ones(feeding: Feeding) -> None:
    told = await feeding.tell(school=0, is_test=True)
    assert [event.id for event in (await feeding.read(None)).events] == [told]


async def test_a_cursor_older_than_what_is_kept_is_gone(feeding: Feeding, client: httpx.AsyncClient) -> None:
    first = (await client.get(PATH, headers=headers(feeding, "machine"))).json()["next_cursor"]
    await feeding.tell()
    caught_up = (await client.get(PATH, headers=headers(feeding, "machine"))).json()["next_cursor"]
    async with feeding.service.database.transaction() as session:
        assert await commands.forget_events(session, SYSTEM, before=clock.now() + timedelta(minutes=1)) == 1
    kept = await feeding.tell()
    answer = await client.get(PATH, params={"after": first}, headers=headers(feeding, "machine"))
    assert (answer.status_code, answer.json()["code"]) == (410, "events_forgotten")
    assert answer.json()["figures"] == {"kept_days": 90}
    for query in ({}, {"after": caught_up}):
        body = (await client.get(PATH, params=query, headers=headers(feeding, "machine"))).json()
        assert [item["id"] for item in body["items"]] == [str(kept)], query


async def test_forgetting_takes_the_old_and_keeps_the_new(feeding: Feeding) -> None:
    await feeding.tell()
    between = clock.now()
    kept = await feeding.tell()
    async with feeding.service.database.transaction() as session:
        assert await commands.forget_events(session, SYSTEM, before=between) == 1
        assert await commands.forget_events(session, SYSTEM, before=between) == 0
    assert [event.id for event in (await feeding.read(None)).events] == [kept]


async def test_a_cursor_of_another_database_is_gone(feeding: Feeding, client: httpx.AsyncClient) -> None:
    here = (await feeding.read(None)).cursor
    for stranger in (Cursor(here.lineage + 1, here.xid), Cursor(here.lineage, here.xid + 1_000_000)):
        answer = await client.get(PATH, params={"after": stranger.written()}, headers=headers(feeding, "machine"))
        assert (answer.status_code, answer.json()["code"]) == (410, "events_forgotten")


@pytest.mark.parametrize(
    "made_up", ["", "x", "é", "AAAA", "A" * 44, "A" * 42 + "==", Cursor(1, 2**64 - 1).written(), "!" * 43]
)
async def test_a_cursor_somebody_made_up_is_refused(made_up: str) -> None:
    with pytest.raises(Malformed):
        rules.read_cursor(made_up)


def test_a_cursor_is_read_as_it_was_written() -> None:
    cursor = Cursor(2**63 + 5, 2**40, uuid4())
    assert rules.read_cursor(cursor.written()) == cursor


async def test_a_test_event_shows_to_who_asked_for_it(feeding: Feeding, client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{PATH}:test", headers=headers(feeding, "machine"))
    assert answer.status_code == 201, answer.text
    body = (await client.get(PATH, headers=headers(feeding, "machine"))).json()
    assert body["items"] == [answer.json()]
    event = body["items"][0]
    assert (event["type"], event["by_organisation"], event["institution_id"]) == ("test.sent", True, None)
    other = (await client.get(PATH, headers=headers(feeding, "machine_2"))).json()
    assert other["items"] == []


async def test_an_event_says_what_its_kind_promises_or_is_not_told(feeding: Feeding) -> None:
    organisation_id = feeding.world.organisations[0].id
    for kind, data in (("test.sent", {"note": "x", "name": "somebody"}), ("test.sent", {}), ("unheard_of", {})):
        with pytest.raises(ValueError, match=r"validation error|not a valid"):
            async with feeding.service.database.transaction() as session:
                await commands.announce(
                    session,
                    SYSTEM,
                    institution_id=None,
                    organisation_id=organisation_id,
                    kind=kind,
                    object_kind="organisation",
                    object_id=organisation_id,
                    data=data,
                )
    assert (await feeding.read(None)).events == []
