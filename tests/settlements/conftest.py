"""The desk that this folder's tests settle at."""

import httpx
import pytest

from tests.certificates.make import SignIn
from tests.settlements.make import Desk
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Desk:
    return Desk(client, sign_in, world, service)
