"""A clock to move, and a registrar who can sign in."""

import pytest
from sqlalchemy import update

from tests.clocks import Clock
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.core.service import Service
from x_pilot_api.identity import passwords
from x_pilot_api.identity.models import Person

PASSWORD = "correct horse battery"
HASHED = passwords.hash_secret(PASSWORD)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock(clock.now().replace(microsecond=0))
    monkeypatch.setattr(clock, "now", moved.now)
    return moved


@pytest.fixture
async def registrar(service: Service, world: World) -> None:
    async with service.database.transaction() as session:
        mine = Person.id == world.callers["registrar"].id
        await session.execute(update(Person).where(mine).values(password_hash=HASHED))
