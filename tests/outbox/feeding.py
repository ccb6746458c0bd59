"""Announcing and reading in real transactions, in the fewest words."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from tests.world import World
from x_pilot_api.core import provision
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.service import Service
from x_pilot_api.outbox import commands, queries
from x_pilot_api.outbox.queries import Feed
from x_pilot_api.outbox.rules import Cursor
from x_pilot_api.outbox.schemas import EventKind

SYSTEM = Actor(id=UUID(int=0), kind=ActorKind.SYSTEM, name="system", permissions=frozenset())


class Writer:
    """A transaction held open."""

    def __init__(self, feeding: "Feeding") -> None:
        self.feeding = feeding
        self.told: list[UUID] = []
        self._stack = AsyncExitStack()
        self._session: AsyncSession | None = None

    async def announce(self) -> None:
        """Announce one more thing."""
        if self._session is None:
            self._session = await self._stack.enter_async_context(self.feeding.service.database.transaction())
        self.told.append(await self.feeding.announce(self._session))

    async def commit(self) -> list[UUID]:
        """Commit, and tell what was announced."""
        await self._stack.aclose()
        return self.told

    async def give_up(self) -> None:
        """Take everything back."""
        given_up = RuntimeError("given up")
        await self._stack.__aexit__(RuntimeError, given_up, None)


@dataclass
class Feeding:
    """The service, a world, and the first organisation's feed."""

    service: Service
    world: World
    urls: provision.Urls

    async def announce(
        self, session: AsyncSession, *, organisation: int = 0, school: int | None = 0, is_test: bool = False
    ) -> UUID:
        """Announce something to an organisation."""
        organisation_id = self.world.organisations[organisation].id
        return await commands.announce(
            session,
            SYSTEM,
            institution_id=None if school is None else self.world.schools[school].id,
            organisation_id=organisation_id,
            kind=EventKind.TEST_SENT,
            object_kind="organisation",
            object_id=organisation_id,
            data={"note": "a test"},
            is_test=is_test,
        )

    async def tell(self, **what: int | bool | None) -> UUID:
        """Announce something and commit it."""
        async with self.service.database.transaction() as session:
            return await self.announce(session, **what)  # pyright: ignore[reportArgumentType]

    async def read(
        self, after: Cursor | None, *, size: int = 100, organisation: int = 0, is_test: bool = False
    ) -> Feed:
        """Read a page."""
        async with self.service.database.transaction(read_only=True) as session:
            return await queries.read_feed(
                session,
                organisation_id=self.world.organisations[organisation].id,
                is_test=is_test,
                after=after,
                size=size,
            )
