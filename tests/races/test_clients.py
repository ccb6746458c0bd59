"""Keys and proofs under contention: real commits, all at once, and never one more than there may be."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import func, select

from tests.conftest import make_service
from tests.identity import keys
from tests.identity.keys import ISSUER, Holder
from tests.sizes import sized
from tests.world import World, build_world
from x_pilot_api.core import clock, provision
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.db import Database
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.identity import commands
from x_pilot_api.identity.models import ClientKey
from x_pilot_api.identity.schemas import ClientKeyIn

AT_ONCE = 6


@pytest.fixture
async def service(new_database: Callable[[], provision.Urls], settings: Settings) -> AsyncIterator[Service]:
    # It runs an event loop of its own, which this thread already has.
    urls = await asyncio.to_thread(new_database)
    database = Database(urls.service, settings)
    yield make_service(database, settings)
    await database.close()


@pytest.fixture
async def world(service: Service) -> World:
    async with service.database.transaction() as session:
        return await build_world(session, service.sealer)


async def outcomes(deeds: list[Awaitable[object]]) -> list[str]:
    """Do all at once, and tell how each ended."""

    async def outcome(deed: Awaitable[object]) -> str:
        try:
            await deed
        except AppError as refusal:
            return refusal.code
        return "done"

    return sorted(await asyncio.gather(*(outcome(deed) for deed in deeds)))


async def test_of_many_keys_added_at_once_two_are_taken(service: Service, world: World) -> None:
    organised = world.organisations[0]
    staff = Actor(
        id=world.callers["org_staff"].id,
        kind=ActorKind.PERSON,
        name="-",
        permissions=frozenset(),
        organisation_id=organised.id,
    )

    async def add() -> None:
        wish = ClientKeyIn(public_jwk=Holder("-").public.jwk())
        async with service.database.transaction() as session:
            await commands.add_key(session, staff, client_id=organised.test_client_id, wish=wish, audience=ISSUER)

    assert await outcomes([add() for _ in range(AT_ONCE)]) == ["client_keys_full"] * (AT_ONCE - 2) + ["done"] * 2
    async with service.database.transaction(read_only=True) as session:
        assert await session.scalar(select(func.count()).select_from(ClientKey)) == 2


async def test_an_assertion_sent_many_times_at_once_opens_once(service: Service, world: World) -> None:
    holder = Holder("live_client_1")
    async with service.database.transaction() as session:
        await keys.register(session, world.organisations[0].machine_client_id, holder)
    for _ in range(sized(5, 200)):
        assertion = holder.assertion()
        found = await outcomes(
            [
                commands.sign_in_by_assertion(service, client_id=None, assertion=assertion, scope=None)
                for _ in range(AT_ONCE)
            ]
        )
        assert found == ["done"] + ["invalid_client"] * (AT_ONCE - 1)


async def test_a_nonce_used_many_times_at_once_counts_once(service: Service, world: World) -> None:
    holder, now = Holder("live_client_1"), clock.now()
    async with service.database.transaction() as session:
        key_id = await keys.register(session, world.organisations[0].machine_client_id, holder)

    async def use(nonce: str) -> bool:
        async with service.database.transaction() as session:
            return await commands.use_once(session, key_id, use="signature", nonce=nonce, expires_at=now, now=now)

    for turn in range(sized(5, 200)):
        assert sum(await asyncio.gather(*(use(f"nonce {turn}") for _ in range(AT_ONCE)))) == 1
