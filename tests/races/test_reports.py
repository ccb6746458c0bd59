"""Reports at once, with real commits: each college has one of a period, and one submission wins."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from tests.conftest import make_service, make_token
from tests.exams.desk import Desk
from tests.reports.make import Bureau
from tests.world import build_world
from x_pilot_api.app import create_app
from x_pilot_api.core import provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings

TIMES = 6


@pytest.fixture
def own_urls(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture
async def bureau(own_urls: provision.Urls, settings: Settings) -> AsyncIterator[Bureau]:
    database = Database(own_urls.service, settings)
    service = make_service(database, settings)
    try:
        async with database.transaction() as session:
            world = await build_world(session, service.sealer)

        def sign_in(who: str) -> dict[str, str]:
            caller = world.callers[who]
            return {"Authorization": f"Bearer {make_token(service, caller.id, scope=caller.scope)}"}

        transport = httpx.ASGITransport(app=create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
            yield Bureau(Desk(client, sign_in, world, service))
    finally:
        await database.close()


async def test_a_period_opened_and_a_report_submitted_many_times_at_once_is_there_once(bureau: Bureau) -> None:
    type_ = await bureau.define()
    opened = await asyncio.gather(*(bureau.open(type_) for _ in range(TIMES)))
    assert sum(each["opened"] for each in opened) == 2
    assert len((await bureau.desk.get("/v1/reports"))["items"]) == 2
    report = await bureau.report()
    assert (await bureau.fill(report)).status_code == 200
    tag = await bureau.tag(f"/reports/{report['id']}")
    answers = await asyncio.gather(*(bureau.submit(report, tag=tag) for _ in range(TIMES)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: TIMES - 1}
    assert (await bureau.report())["submissions"] == 1
    answers = await asyncio.gather(*(bureau.answer(report, "accept") for _ in range(TIMES)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: TIMES - 1}
    history = await bureau.desk.get(f"/v1/reports/{report['id']}/history")
    assert len(history["submissions"]) == 1
