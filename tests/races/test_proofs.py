"""One link, one code, used by two at once: one of them gets through."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pyotp.totp import TOTP
from sqlalchemy.ext.asyncio import AsyncSession

from tests.conftest import make_service
from tests.world import World, build_world
from x_pilot_api.core import provision
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.db import Database
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.identity import commands, passwords, queries
from x_pilot_api.identity.commands import second_factors
from x_pilot_api.identity.errors import LinkRefused
from x_pilot_api.identity.models import Person, RecoveryCode, SecondFactor

AT = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AT_ONCE = 8


@pytest.fixture
async def service(new_database: Callable[[], provision.Urls], settings: Settings) -> AsyncIterator[Service]:
    urls = await asyncio.to_thread(new_database)
    database = Database(urls.service, settings)
    yield make_service(database, settings)
    await database.close()


@pytest.fixture
async def world(service: Service) -> World:
    async with service.database.transaction() as session:
        return await build_world(session, service.sealer)


async def enrolled(service: Service, world: World) -> None:
    """Put a second factor in force, with one recovery code."""
    person_id = world.callers["registrar"].id
    sealed = service.sealer.seal(SECRET.encode(), context="second_factors")
    async with service.database.transaction() as session:
        session.add(
            SecondFactor(
                person_id=person_id,
                sealed_secret=sealed,
                key_id=service.sealer.key_id,
                enrolled_at=AT,
                confirmed_at=AT,
                last_step=0,
            )
        )
        await session.flush()
        session.add(RecoveryCode(person_id=person_id, code_hash=hashlib.sha256(b"AAAABBBBCCCCDDDD").digest()))


async def passes(service: Service, world: World, code: str) -> bool:
    """Give a code, as one of several at the same moment."""
    async with service.database.transaction() as session:
        person_id = world.callers["registrar"].id
        checked = await second_factors.check(session, service.sealer, person_id=person_id, code=code, at=AT)
    return checked.passed


async def count_passing(service: Service, world: World, code: str) -> int:
    return sum(await asyncio.gather(*(passes(service, world, code) for _ in range(AT_ONCE))))


@pytest.mark.parametrize("code", [TOTP(SECRET).at(AT), "AAAA-BBBB-CCCC-DDDD"], ids=["generated", "recovery"])
async def test_one_code_given_by_many_at_once_lets_one_in(service: Service, world: World, code: str) -> None:
    await enrolled(service, world)
    assert await count_passing(service, world, code) == 1


async def test_without_its_lock_one_code_lets_several_in(
    service: Service, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await enrolled(service, world)

    everybody_has_read = asyncio.Barrier(AT_ONCE)

    async def read_unlocked(session: AsyncSession, person_id: UUID) -> SecondFactor | None:
        found = await queries.find_second_factor(session, person_id)
        await everybody_has_read.wait()
        return found

    monkeypatch.setattr(queries, "lock_second_factor", read_unlocked)
    assert await count_passing(service, world, TOTP(SECRET).at(AT)) > 1


async def test_one_link_used_by_many_at_once_chooses_one_password(
    service: Service, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("x_pilot_api.core.clock.now", lambda: AT)
    caller = world.callers["registrar"]
    office = Actor(
        id=caller.id,
        kind=ActorKind.PERSON,
        name="",
        permissions=frozenset(),
        roles=frozenset({"registrar"}),
        institution_id=caller.institution_id,
    )
    person_id = world.callers["coordinator"].id
    async with service.database.transaction() as session:
        token, _ = await commands.issue_link(session, office, person_id=person_id, valid=timedelta(hours=1))
    wanted = [f"the giraffe number {number} reads timetables" for number in range(AT_ONCE)]

    async def use(password: str) -> str | None:
        try:
            await commands.use_link(service, token=token, wanted=password)
        except LinkRefused:
            return None
        return password

    chosen = [password for password in await asyncio.gather(*map(use, wanted)) if password]
    assert len(chosen) == 1
    async with service.database.transaction(read_only=True) as session:
        stored = (await session.get_one(Person, person_id)).password_hash
    assert await passwords.verify(stored, chosen[0])
