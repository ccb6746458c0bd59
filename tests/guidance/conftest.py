"""The office of guidance that this folder's tests work in."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.exams.desk import Desk, SignIn, set_clock
from tests.guidance.make import Guide
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
async def guide(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Guide:
    set_clock(monkeypatch, datetime(2026, 5, 10, 4, tzinfo=UTC))
    guide = Guide(Desk(client, sign_in, world, service))
    await guide.employ_teacher()
    return guide
