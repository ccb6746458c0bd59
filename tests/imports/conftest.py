"""Who imports."""

import httpx
import pytest

from tests.imports.desk import Desk, SignIn
from x_pilot_api.core.service import Service


@pytest.fixture
def office(client: httpx.AsyncClient, service: Service, sign_in: SignIn) -> Desk:
    """Import as the institution's office."""
    return Desk(client, service, sign_in("registrar"))


@pytest.fixture
def college(client: httpx.AsyncClient, service: Service, sign_in: SignIn) -> Desk:
    """Import as the coordinator of the first college."""
    return Desk(client, service, sign_in("coordinator"))
