"""The desk and the post office that this folder's tests work at."""

import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.exams.desk import Desk, SignIn
from tests.outbox import conftest as outbox
from tests.outbox.feeding import Feeding
from tests.partners import receiver as receivers
from tests.partners.posting import Post
from tests.world import World
from x_pilot_api.app import create_app
from x_pilot_api.core.outbound import HttpSender
from x_pilot_api.core.service import Service

feeding = outbox.feeding


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Desk:
    return Desk(client, sign_in, world, service)


@pytest.fixture
async def post(feeding: Feeding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Post]:
    async with receivers.receiving(tmp_path) as receiver:
        service = dataclasses.replace(
            feeding.service,
            settings=feeding.service.settings.model_copy(update={"webhook_exempt_hosts": frozenset({receiver.host})}),
            sender=HttpSender(receivers.resolve, receiver.trust),
        )
        transport = httpx.ASGITransport(app=create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
            yield Post(feeding, service, client, receiver, monkeypatch)
