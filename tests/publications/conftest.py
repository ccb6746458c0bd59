"""The press that this folder's tests work at."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.exams.desk import Desk, SignIn, set_clock
from tests.publications.make import Press
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def press(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Press:
    set_clock(monkeypatch, datetime(2026, 5, 10, 2, tzinfo=UTC))
    return Press(Desk(client, sign_in, world, service))
