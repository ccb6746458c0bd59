"""The academy that this folder's tests work in."""

import httpx
import pytest

from tests.exams.desk import Desk, SignIn
from tests.training.make import Academy
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
async def academy(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Academy:
    academy = Academy(Desk(client, sign_in, world, service), monkeypatch)
    await academy.hire()
    academy.on("2026-05-10")
    return academy
