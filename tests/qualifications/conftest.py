"""The staffroom that this folder's tests work in."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.exams.desk import Desk, SignIn, set_clock
from tests.qualifications.make import Staffroom
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def staffroom(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Staffroom:
    set_clock(monkeypatch, datetime(2026, 5, 10, tzinfo=UTC))
    return Staffroom(Desk(client, sign_in, world, service))
