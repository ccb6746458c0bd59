"""Races for everything that is there once: whoever comes second is told so, whatever both had read before.

Several ask for the same at once, each under a key of their own. A lock on the table holds back whoever is about to
write into it until all of them stand there, or wait for one who does: so all that any of them looks at first, without
having locked it, was looked at by the others too. Then they may go on.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import Column, Integer, MetaData, Table, UniqueConstraint, text

from tests.authz import calls, matrix
from tests.authz import ground as grounds
from tests.authz.calls import CALLS
from tests.authz.ground import Ground
from tests.conftest import make_service, make_token
from tests.races import storms, uniqueness
from tests.races.storms import STORMS
from tests.races.uniqueness import NUMBERED, RACED, VARIED
from x_pilot_api.app import create_app
from x_pilot_api.core.db import Database
from x_pilot_api.core.errors import REGISTRY
from x_pilot_api.core.provision import Urls
from x_pilot_api.core.settings import Settings
from x_pilot_api.models import metadata

RACERS = 3
TABLES = dict(uniqueness.unique_rules(metadata))
_WAITING = text("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")


@dataclass
class Course:
    """A service in a database of its own, where everything is committed, and where races are held."""

    ground: Ground
    owner: Database
    client: httpx.AsyncClient
    may: matrix.Table
    token: Callable[[str], str]

    async def ask(self, operation: str, vary: Callable[[Any], Any] | None = None) -> httpx.Response:
        """Ask for an operation as somebody who may, under a key of one's own; `vary` changes what is asked for."""
        corner, world = self.ground.corners["own"], self.ground.world
        who = next(who for who, status in self.may.rows[operation, "own"].items() if status in {200, 201})
        call = storms.call_of(operation, corner, world, 4) if operation in STORMS else CALLS[operation](corner)
        if vary is not None:
            call = replace(call, body=vary(call.body))
        headers = calls.headers_of(call) | {
            "Authorization": f"Bearer {self.token(who)}",
            "Idempotency-Key": uuid4().hex,
        }
        return await self.client.request(
            call.method, call.path, params=dict(call.query), json=call.body, headers=headers
        )

    async def race(self, table: str, *deeds: Coroutine[Any, Any, httpx.Response]) -> list[httpx.Response]:
        """Let everybody come as far as the table before anybody writes into it."""
        async with asyncio.TaskGroup() as racers, self.owner.transaction() as barrier:
            await barrier.execute(text(f"LOCK TABLE {table} IN SHARE MODE"))
            asked = [racers.create_task(deed) for deed in deeds]
            while sum(it.done() for it in asked) + (await barrier.scalar(_WAITING) or 0) < len(deeds):
                await asyncio.sleep(0.01)
        return [task.result() for task in asked]


@pytest.fixture(scope="module")
def course_urls(new_database: Callable[[], Urls]) -> Urls:
    return new_database()


@pytest.fixture(scope="module")
async def course(course_urls: Urls, settings: Settings) -> AsyncIterator[Course]:
    database, owner = Database(course_urls.service, settings), Database.as_owner(course_urls.owner, settings)
    service = make_service(database, settings)
    try:
        ground = await grounds.lay(service)

        def token(who: str) -> str:
            caller = ground.world.callers[who]
            return make_token(service, caller.id, scope=caller.scope)

        transport = httpx.ASGITransport(app=create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
            yield Course(ground, owner, client, matrix.read(matrix.stated()), token)
    finally:
        await database.close()
        await owner.close()


def test_every_rule_that_something_is_there_once_is_raced_for_or_says_why_not() -> None:
    assert uniqueness.unmatched(metadata) == []


def test_a_new_rule_without_a_race_is_named() -> None:
    more = MetaData()
    Table("seals_of_wax", more, Column("colour", Integer), UniqueConstraint("colour", name="one_a_colour"))
    assert "one_a_colour: no race, and no reason why none can be" in uniqueness.unmatched(more)


def test_the_races_that_are_named_elsewhere_are_there() -> None:
    here = uniqueness.FOLDER
    for place in set(uniqueness.HELD.values()):
        module, test = place.split("::")
        assert f"async def {test}(" in (here / f"{module}.py").read_text(encoding="utf-8"), place


def refused(answers: list[httpx.Response]) -> int:
    """Count who was refused, and see that each was told why."""
    told = [answer for answer in answers if not answer.is_success]
    for answer in told:
        assert (answer.status_code, answer.json()["code"] in REGISTRY) == (409, True), answer.text
    return len(told)


@pytest.mark.parametrize("rule", sorted(RACED))
async def test_of_several_who_want_what_is_there_once_one_has_it(course: Course, rule: str) -> None:
    answers = await course.race(TABLES[rule], *(course.ask(RACED[rule]) for _ in range(RACERS)))
    assert refused(answers) == RACERS - 1, [answer.text for answer in answers]


@pytest.mark.parametrize("rule", sorted(VARIED))
async def test_of_several_who_differ_in_all_but_what_is_there_once_one_has_it(course: Course, rule: str) -> None:
    operation, vary = VARIED[rule]
    asked = (course.ask(operation, lambda body, n=n: vary(body, n)) for n in range(RACERS))
    answers = await course.race(TABLES[rule], *asked)
    assert refused(answers) == RACERS - 1, [answer.text for answer in answers]


@pytest.mark.parametrize("rule", sorted(NUMBERED))
async def test_of_several_who_make_the_next_version_none_gets_anothers_number(course: Course, rule: str) -> None:
    answers = await course.race(TABLES[rule], *(course.ask(NUMBERED[rule]) for _ in range(RACERS)))
    # Numbers are apart by the rule itself; nobody is refused without being told to come again.
    assert refused(answers) < RACERS, [answer.text for answer in answers]


async def test_without_the_rule_several_have_it(course: Course) -> None:
    async with course.owner.transaction() as session:
        await session.execute(text("ALTER TABLE organisations DROP CONSTRAINT organisations_name_key"))
    try:
        answers = await course.race("organisations", *(course.ask("enter_organisation") for _ in range(RACERS)))
        assert refused(answers) == 0
    finally:
        async with course.owner.transaction() as session:
            name = (CALLS["enter_organisation"](course.ground.corners["own"]).body or {})["name"]
            await session.execute(text("DELETE FROM organisations WHERE name = :name"), {"name": name})
            await session.execute(text("ALTER TABLE organisations ADD CONSTRAINT organisations_name_key UNIQUE (name)"))
