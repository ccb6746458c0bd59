"""What the tests of messages share: a box, and a mail server of their own."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from tests.exams.desk import Desk, SignIn
from tests.inbox.box import Box
from tests.inbox.post_office import PostOffice
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
async def post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()
    await office.open()
    yield office
    await office.close()


@pytest.fixture
def mailing(service: Service, app: FastAPI, post_office: PostOffice) -> Service:
    """Let the service send mail."""
    mailing = replace(service, mailer=post_office.mailer())
    app.state.service = mailing
    return mailing


@pytest.fixture
def box(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Box:
    return Box(client, sign_in, world, service)


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Desk:
    return Desk(client, sign_in, world, service)
