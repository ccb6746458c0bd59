"""The bureau that this folder's tests work in."""

import httpx
import pytest

from tests.exams.desk import Desk, SignIn
from tests.reports.make import Bureau
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def bureau(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Bureau:
    return Bureau(Desk(client, sign_in, world, service))
