"""The office that this folder's tests work in."""

import httpx
import pytest

from tests.exams.desk import Desk, SignIn, set_clock
from tests.social_training.make import IN_MAY, Academy
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
async def academy(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Academy:
    set_clock(monkeypatch, IN_MAY)
    academy = Academy(Desk(client, sign_in, world, service))
    await academy.hire()
    return academy
