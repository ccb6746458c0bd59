"""Two security administrators take each other's power at the same moment, by transactions that really commit."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Select, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import provision
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.db import Database
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.settings import Settings
from x_pilot_api.identity import commands, queries
from x_pilot_api.identity.errors import LastSecurityAdmin
from x_pilot_api.identity.models import Person, PlatformRole, Role

WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


@dataclass(frozen=True)
class Pair:
    """The last two who grant roles, in a database of their own."""

    database: Database
    people: tuple[UUID, UUID]
    roles: tuple[UUID, UUID]

    def actor(self, number: int) -> Actor:
        """Act as one of them."""
        return Actor(
            id=self.people[number],
            kind=ActorKind.PERSON,
            name="admin",
            permissions=frozenset(),
            roles=frozenset({Role.SECURITY_ADMIN}),
        )

    async def withdraw(self, session: AsyncSession, number: int) -> None:
        """Let one of them take the other's role."""
        other = 1 - number
        await commands.withdraw_role(
            session, self.actor(number), person_id=self.people[other], role_id=self.roles[other]
        )

    async def disable(self, session: AsyncSession, number: int) -> None:
        """Let one of them keep the other out."""
        await commands.disable_person(session, self.actor(number), person_id=self.people[1 - number])

    async def left(self) -> int:
        """Count those who can still grant roles."""
        async with self.database.transaction(read_only=True) as session:
            found = select(Person.id).join(PlatformRole, PlatformRole.person_id == Person.id)
            return len((await session.scalars(found.where(Person.disabled_at.is_(None)))).all())


@pytest.fixture
async def pair(own_urls: provision.Urls, settings: Settings) -> AsyncIterator[Pair]:
    database = Database(own_urls.service, settings)
    people, roles = (uuid4(), uuid4()), (uuid4(), uuid4())
    async with database.transaction() as session:
        session.add_all(Person(id=it, username=str(it), name="管理员", password_hash="-") for it in people)
        await session.flush()
        session.add_all(
            PlatformRole(id=role, person_id=it, role=Role.SECURITY_ADMIN)
            for it, role in zip(people, roles, strict=True)
        )
    yield Pair(database, people, roles)
    await database.close()


Deed = Callable[[Pair, AsyncSession, int], Awaitable[None]]


async def _both(pair: Pair, first: Deed, second: Deed) -> BaseException | None:
    """Do the first deed, begin the second before the first is committed, and tell how the second was refused."""

    async def follow() -> None:
        async with pair.database.transaction() as session:
            await second(pair, session, 1)

    async with pair.database.transaction() as session:
        await first(pair, session, 0)
        following = asyncio.create_task(follow())
        async with asyncio.timeout(10):
            while not following.done():
                async with pair.database.transaction(read_only=True) as watch:
                    if (await watch.execute(WAITING)).scalar_one():
                        break
    return (await asyncio.gather(following, return_exceptions=True))[0]


@pytest.mark.parametrize("first", [Pair.withdraw, Pair.disable])
@pytest.mark.parametrize("second", [Pair.withdraw, Pair.disable])
async def test_of_the_last_two_security_administrators_one_stays(pair: Pair, first: Deed, second: Deed) -> None:
    assert isinstance(await _both(pair, first, second), LastSecurityAdmin)
    assert await pair.left() == 1


async def test_without_the_lock_on_all_of_them_none_would_stay(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    async def lock_that_person_alone(session: AsyncSession, actor: Actor, person_id: UUID) -> Person:
        found: Select[Person] = queries.people_visible_to(actor).where(Person.id == person_id)
        person = (await session.scalars(found.with_for_update(key_share=True))).one_or_none()
        if person is None:
            raise NotFound(what="person", zh="人员")
        return person

    monkeypatch.setattr(queries, "lock_person_of", lock_that_person_alone)
    assert await _both(pair, Pair.withdraw, Pair.withdraw) is None
    assert await pair.left() == 0


async def test_however_often_they_meet_somebody_is_left(pair: Pair) -> None:
    async def attempt(number: int) -> None:
        async with pair.database.transaction() as session:
            await pair.withdraw(session, number)

    answers = await asyncio.gather(*(attempt(number % 2) for number in range(8)), return_exceptions=True)
    assert sum(answer is None for answer in answers) == 1
    assert {type(answer) for answer in answers if answer is not None} <= {LastSecurityAdmin, NotFound}
    assert await pair.left() == 1
