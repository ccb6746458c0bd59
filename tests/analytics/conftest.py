"""A school in which something of everything happened."""

import httpx
import pytest

from tests.exams import make
from tests.exams.desk import SignIn
from tests.tallies.sums import Sums
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
async def sums(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Sums:
    """Let ten students and a social candidate sit two exams, and two conversions wait for nobody."""
    desk = Sums(client, sign_in, world, service)
    await desk.rule()
    plan, lower = await desk.plan(), await desk.plan(levels=("1",), candidates=4)
    number = await desk.social_candidate(plan)
    await desk.rebuild()
    await desk.grant_guarantees()
    await desk.open_accounts(0, 1, 2, 3, 4)
    await desk.push(
        plan,
        *(desk.row(plan, index) for index in range(6)),
        desk.row(plan, 6, **make.FAILED),
        desk.row(plan, 7, activity="absent", components={}, total=None, passed=None),
        desk.row(plan, 8, activity="breach", components={}, total=None, passed=None),
        desk.row(plan, 10, document_number=number),
    )
    await desk.push(lower, *(desk.row(lower, index) for index in range(3)), desk.row(lower, 3, **make.FAILED))
    await desk.push(plan, desk.row(plan, 0, revision=2, **make.FAILED))
    return desk
