"""The hall that this folder's tests run their day in."""

import httpx
import pytest

from tests.exam_days.desk import Hall, SignIn
from tests.exam_days.make import STARTS_AT, minutes
from tests.exams.desk import set_clock
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def hall(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Hall:
    """Let it be the moment at which the sitting begins."""
    set_clock(monkeypatch, STARTS_AT + minutes(1))
    return Hall(client, sign_in, world, service)
