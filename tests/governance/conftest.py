"""What tests of governance share."""

import httpx
import pytest

from tests.certificates.make import Office, SignIn
from tests.exams.desk import Desk
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def office(client: httpx.AsyncClient, sign_in: SignIn, world: World) -> Office:
    return Office(client, sign_in, world)


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Desk:
    return Desk(client, sign_in, world, service)
