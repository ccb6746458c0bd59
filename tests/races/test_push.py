"""Pushes at once, with real commits: whatever the order, one effect, and books that add up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from tests.conftest import make_service, make_token
from tests.exams import conditions, make
from tests.world import World, build_world
from x_pilot_api.app import create_app
from x_pilot_api.core import provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings

CLIENTS = 8
CREDIT = 300


class Arena:
    """A service on a database of its own, with the seeded world in it."""

    def __init__(self, service: Service, world: World, client: httpx.AsyncClient) -> None:
        self.service, self.world, self.client = service, world, client

    def headers(self, who: str) -> dict[str, str]:
        caller = self.world.callers[who]
        token = make_token(self.service, caller.id, institution_id=caller.institution_id, scope=caller.scope)
        return {"Authorization": f"Bearer {token}"}

    async def plan(self, **wish: Any) -> make.Plan:  # noqa: ANN401 - handed on
        async with self.service.database.transaction() as session:
            return await make.plan(session, self.world, **wish)

    async def push(self, plan: make.Plan, rows: list[dict[str, Any]], **how: str) -> httpx.Response:
        return await make.push(self.client, self.headers("machine"), plan, rows, **how)

    async def open_accounts(self, indexes: list[int], key: str) -> httpx.Response:
        students = [str(self.world.schools[0].students[index]) for index in indexes]
        headers = self.headers("registrar") | {"Idempotency-Key": key}
        return await self.client.post("/v1/credit-accounts:open", json={"student_ids": students}, headers=headers)

    async def count(self, table: str, where: str = "true") -> int:
        async with self.service.database.transaction(read_only=True) as session:
            return int((await session.execute(text(f"SELECT count(*) FROM {table} WHERE {where}"))).scalar_one())

    async def assert_books_hold(self, *, deposits: int) -> None:
        summary = (await self.client.get("/v1/ledger/summary", headers=self.headers("registrar"))).json()
        (unit,) = summary["units"]
        assert (unit["sum"], unit["moved"]) == (0, deposits * CREDIT)
        assert all(kind["disagreeing"] == 0 for kind in unit["kinds"])
        # Every account's movements are numbered without gaps, and no prefix of them is below zero.
        gaps = await self.count(
            "(SELECT credit_seq - row_number() OVER (PARTITION BY credit_account_id ORDER BY credit_seq) AS gap,"
            " credit_available FROM transfers WHERE credit_seq IS NOT NULL) AS movement",
            "gap <> 0 OR credit_available < 0",
        )
        assert gaps == 0


@pytest.fixture
async def arena(new_database: Callable[[], provision.Urls]) -> AsyncIterator[Arena]:
    urls = await asyncio.to_thread(new_database)
    settings = Settings(issuer="https://x-pilot.test", lock_timeout_ms=20_000, pool_size=CLIENTS + 2)
    database = Database(urls.service, settings)
    service = make_service(database, settings)
    async with database.transaction() as session:
        world = await build_world(session, service.sealer)
        await conditions.rule(session, world, credit=CREDIT)
    transport = httpx.ASGITransport(app=create_app(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test", timeout=60) as client:
        yield Arena(service, world, client)
    await database.close()


def total(answers: list[httpx.Response], outcome: str) -> int:
    assert [answer.status_code for answer in answers] == [201] * len(answers), [answer.text for answer in answers]
    return sum(answer.json()[outcome] for answer in answers)


async def test_one_batch_from_eight_clients_counts_once(arena: Arena) -> None:
    assert (await arena.open_accounts(list(range(10)), "open")).status_code == 201
    plan = await arena.plan()
    rows = [make.row(arena.world, plan, index) for index in range(10)]
    answers = await asyncio.gather(*(arena.push(plan, rows) for _ in range(CLIENTS)))
    assert (total(answers, "accepted"), total(answers, "unchanged")) == (10, 10 * (CLIENTS - 1))
    assert await arena.count("awards") == 10
    assert await arena.count("results") == 10
    await arena.assert_books_hold(deposits=10)


async def test_one_key_from_eight_clients_has_one_effect_and_one_answer(arena: Arena) -> None:
    assert (await arena.open_accounts(list(range(10)), "open")).status_code == 201
    plan = await arena.plan()
    rows = [make.row(arena.world, plan, index) for index in range(10)]
    answers = await asyncio.gather(*(arena.push(plan, rows, key="one") for _ in range(CLIENTS)))
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum(answer.headers.get("idempotency-hit") == "true" for answer in answers) == CLIENTS - 1
    assert await arena.count("result_batches") == 1
    await arena.assert_books_hold(deposits=10)


async def test_overlapping_batches_in_opposite_orders_wait_in_no_ring(arena: Arena) -> None:
    assert (await arena.open_accounts(list(range(10)), "open")).status_code == 201
    plan = await arena.plan()
    rows = [make.row(arena.world, plan, index) for index in range(10)]
    batches = [rows[:7], rows[3:][::-1], rows[::-1], rows[::2], rows[1::2]]
    answers = await asyncio.gather(*(arena.push(plan, batch) for batch in batches))
    assert total(answers, "accepted") == 10
    assert total(answers, "rejected") == 0
    await arena.assert_books_hold(deposits=10)


async def test_two_plans_for_the_same_level_issue_one_certificate_a_person(arena: Arena) -> None:
    assert (await arena.open_accounts(list(range(10)), "open")).status_code == 201
    plans = [await arena.plan(), await arena.plan()]
    pushes = [
        arena.push(plan, [make.row(arena.world, plan, index) for index in order])
        for plan, order in zip(plans, (range(10), reversed(range(10))), strict=True)
    ]
    answers = await asyncio.gather(*pushes)
    assert total(answers, "accepted") == 20
    assert await arena.count("awards") == 10
    await arena.assert_books_hold(deposits=10)


async def test_a_push_and_an_opening_at_once_leave_nobody_waiting(arena: Arena) -> None:
    plan = await arena.plan()
    for index in range(10):
        pushed, opened = await asyncio.gather(
            arena.push(plan, [make.row(arena.world, plan, index)]), arena.open_accounts([index], f"open-{index}")
        )
        assert (pushed.status_code, opened.status_code) == (201, 201)
    assert await arena.count("learning_outcomes", "state = 'verified'") == 0
    await arena.assert_books_hold(deposits=10)


async def test_a_result_and_its_voiding_at_once_leave_both_or_none_of_its_credits(arena: Arena) -> None:
    assert (await arena.open_accounts(list(range(10)), "open")).status_code == 201
    plan = await arena.plan()
    for index in range(10):
        good = make.row(arena.world, plan, index)
        voided: dict[str, Any] = good | {
            "revision": 2,
            "grading": "voided",
            "components": {},
            "total": None,
            "passed": None,
        }
        await asyncio.gather(arena.push(plan, [good]), arena.push(plan, [voided]))
    standing = await arena.count("awards", "state = 'valid'")
    held = await arena.count("learning_outcomes", "credit_hundredths > 0")
    assert standing == held
    assert await arena.count("ledger_balances", f"posted NOT IN (0, {CREDIT})") == 0
