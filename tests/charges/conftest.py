"""The till that this folder's tests stand at."""

import httpx
import pytest

from tests.charges.money import Money
from tests.charges.till import Till
from tests.exams.desk import Desk, SignIn, set_clock
from tests.exams.hall import IN_MAY, Hall
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def till(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Till:
    set_clock(monkeypatch, IN_MAY)
    return Till(Hall(Desk(client, sign_in, world, service)), monkeypatch)


@pytest.fixture
def money(till: Till) -> Money:
    return Money(till)
