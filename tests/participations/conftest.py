"""The office that this folder's tests work in."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.exams.desk import Desk, SignIn, set_clock
from tests.participations.make import Office
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
async def office(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Office:
    set_clock(monkeypatch, datetime(2026, 5, 10, tzinfo=UTC))
    office = Office(Desk(client, sign_in, world, service))
    await office.forget()
    return office
