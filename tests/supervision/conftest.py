"""The chamber that this folder's tests work in."""

import httpx
import pytest

from tests.exams.desk import Desk, SignIn
from tests.supervision.make import Chamber
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def chamber(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Chamber:
    return Chamber(Desk(client, sign_in, world, service))
