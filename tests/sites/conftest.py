"""The office that this folder's tests work in."""

import httpx
import pytest

from tests.certificates.make import SignIn
from tests.sites.make import Office
from tests.world import World


@pytest.fixture
def office(client: httpx.AsyncClient, sign_in: SignIn, world: World) -> Office:
    return Office(client, sign_in, world)
