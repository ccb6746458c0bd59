"""One room and one examiner wanted by many sittings at once, with real commits."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import text

from tests.certificates.make import Json
from tests.exams.desk import Desk
from tests.exams.planning import Planner, examiner
from tests.test_schema import connected
from x_pilot_api.core import provision

MANY = 8


@pytest.fixture
async def planner(desk: Desk) -> Planner:
    return Planner(desk.client, desk.sign_in, desk.world)


async def at_once(planner: Planner, bodies: list[Json], plan: str) -> Counter[str]:
    answers = await asyncio.gather(*(planner.ask("registrar", "POST", f"{plan}/sittings", body) for body in bodies))
    return Counter("made" if answer.status_code == 201 else answer.json()["code"] for answer in answers)


async def wanting_one_room(planner: Planner) -> tuple[list[Json], list[str]]:
    """Write sittings of several plans that all want the first room of a site with room for all of them."""
    rooms = [planner.room(f"A{number}") for number in range(MANY)]
    site = await planner.approved(rooms=rooms, levels=[planner.application(capacity=40 * MANY)])
    return [await planner.sitting(site) for _ in range(MANY)], [await planner.plan() for _ in range(2)]


async def storm(planner: Planner) -> Counter[str]:
    """Let sittings of two plans want the same room at once."""
    bodies, plans = await wanting_one_room(planner)
    half = MANY // 2
    told = await asyncio.gather(at_once(planner, bodies[:half], plans[0]), at_once(planner, bodies[half:], plans[1]))
    return told[0] + told[1]


async def test_of_many_sittings_that_want_one_room_one_gets_it(planner: Planner) -> None:
    assert await storm(planner) == {"made": 1, "room_taken": MANY - 1}


async def test_of_many_sittings_that_want_one_examiner_one_gets_them(planner: Planner) -> None:
    plan = await planner.plan()
    bodies: list[Json] = []
    for number in range(MANY):
        site = await planner.approved()
        # Named in another order each time, so that nobody waits in a ring.
        named = [examiner("外聘甲"), examiner("外聘乙")]
        bodies.append(await planner.sitting(site, examiners=named[:: 1 if number % 2 else -1]))
    assert await at_once(planner, bodies, plan) == {"made": 1, "examiner_taken": MANY - 1}


async def test_without_the_constraint_a_room_would_serve_several(planner: Planner, own_urls: provision.Urls) -> None:
    async with connected(own_urls.owner) as owner:
        await owner.execute(text("ALTER TABLE sitting_rooms DROP CONSTRAINT sitting_rooms_once_at_a_time_excl"))
    assert (await storm(planner))["made"] > 1, "this test can fail"
