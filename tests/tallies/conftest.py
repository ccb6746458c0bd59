"""The desk, with sums that are mended once for what the world was seeded with."""

import httpx
import pytest

from tests.exams.desk import SignIn
from tests.tallies.sums import Sums
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
async def sums(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Sums:
    desk = Sums(client, sign_in, world, service)
    await desk.rebuild()
    return desk
