"""The secretariat that this folder's tests work in."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.exams.desk import Desk, SignIn, set_clock
from tests.posts.make import Secretariat
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
async def secretariat(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Secretariat:
    set_clock(monkeypatch, datetime(2026, 10, 9, 20, tzinfo=UTC))
    secretariat = Secretariat(Desk(client, sign_in, world, service))
    await secretariat.hire()
    return secretariat
