"""What tests of certificates share."""

import httpx
import pytest

from tests.certificates.make import Office, SignIn
from tests.world import World


@pytest.fixture
def office(client: httpx.AsyncClient, sign_in: SignIn, world: World) -> Office:
    return Office(client, sign_in, world)
