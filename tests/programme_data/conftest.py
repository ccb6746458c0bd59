"""The bureau that this folder's tests work in."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.exams.desk import Desk, SignIn, set_clock
from tests.programme_data.make import Bureau
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
async def bureau(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Bureau:
    set_clock(monkeypatch, datetime(2026, 5, 10, tzinfo=UTC))
    bureau = Bureau(Desk(client, sign_in, world, service))
    await bureau.forget()
    return bureau
