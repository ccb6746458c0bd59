"""What a plan holds back, against who pushes into it: persons are locked last, so that none wait in a ring.

A lock on one person holds back whoever needs them, until all stand there; then they may go on.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from tests.exams import joint, make, second_persons
from tests.exams.desk import set_clock
from tests.races.arena import Arena, opened
from x_pilot_api.core import provision
from x_pilot_api.core.settings import Settings
from x_pilot_api.exams import commands
from x_pilot_api.exams.commands import placing

END = datetime(2026, 7, 1, tzinfo=UTC)
_HOLD = text("SELECT FROM identity_documents WHERE institution_id = :institution_id FOR NO KEY UPDATE")
_WAITING = text("""
SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE NOT granted AND datname = current_database()
""")


@pytest.fixture
async def arena(new_database: Callable[[], provision.Urls], settings: Settings) -> AsyncIterator[Arena]:
    urls = await asyncio.to_thread(new_database)
    async with opened(urls, settings) as arena:
        await second_persons.add(arena)
        yield arena


async def waiting(arena: Arena) -> int:
    """Count who waits for a lock; who is there is read anew only by a transaction of its own."""
    async with arena.service.database.transaction(read_only=True) as session:
        return (await session.execute(_WAITING)).scalar_one()


async def one_after_the_other(arena: Arena, *deeds: Coroutine[Any, Any, Any]) -> list[Any]:
    """Let each deed come as far as it can while everybody is locked, in this order; then let them go."""
    own = arena.world.schools[0].id
    asked: list[asyncio.Task[Any]] = []
    async with asyncio.TaskGroup() as racers, arena.service.database.transaction(institution_id=own) as barrier:
        await barrier.execute(_HOLD, {"institution_id": own})
        for deed in deeds:
            asked.append(racers.create_task(deed))
            while not asked[-1].done() and await waiting(arena) < len(asked):
                await asyncio.sleep(0.01)
    return [task.result() for task in asked]


async def hold_back(arena: Arena, plan: make.Plan) -> httpx.Response:
    """Let students see a plan's results from the end on."""
    body = {"college_from": None, "student_from": END.isoformat(), "public_from": END.isoformat()}
    path = f"/v1/exam-plans/{plan.id}/result-visibility"
    return await arena.client.put(path, json=body, headers=arena.sign_in("registrar") | {"If-Match": "*"})


async def held(arena: Arena, monkeypatch: pytest.MonkeyPatch) -> make.Plan:
    """Make a plan of which some results are held back, just before the end."""
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    set_clock(monkeypatch, END - timedelta(seconds=1))
    assert (await hold_back(arena, plan)).status_code == 200
    await arena.push(plan, *(arena.row(plan, index) for index in range(5)))
    return plan


async def proposed(arena: Arena, plan: make.Plan, *, revision: int = 1) -> str:
    """Propose to confirm a result about which we and the organisation differ."""
    found = await arena.outcome(plan, arena.row(plan, 0, revision=revision, passed=False))
    path = f"/v1/quarantined-results/{found['result_id']}:propose"
    body = {"decision": "confirm_ours", "reason": "核对"}
    answer = await arena.client.post(path, json=body, headers=arena.sign_in("registrar"))
    assert answer.status_code == 201, answer.text
    return str(found["result_id"])


async def confirm(arena: Arena, result_id: str) -> httpx.Response:
    path = f"/v1/quarantined-results/{result_id}:confirm"
    return await arena.client.post(path, json={"reason": "同意"}, headers=arena.sign_in("second_registrar"))


async def test_a_push_that_meets_the_end_of_an_embargo_never_waits_in_a_ring(
    arena: Arena, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await held(arena, monkeypatch)
    set_clock(monkeypatch, END)
    pushed, lifted = await one_after_the_other(
        arena,
        arena.send(plan, *(arena.row(plan, index) for index in range(10))),
        commands.lift_embargoes(arena.service),
    )
    assert (pushed.status_code, lifted) == (201, 5), pushed.text
    assert set(await arena.accumulated()) == {"3.00"}
    await arena.hold_true()


async def test_a_release_that_meets_the_end_of_an_embargo_never_waits_in_a_ring(
    arena: Arena, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await held(arena, monkeypatch)
    result_id = await proposed(arena, plan, revision=2)
    set_clock(monkeypatch, END)
    released, _ = await one_after_the_other(arena, confirm(arena, result_id), commands.lift_embargoes(arena.service))
    assert released.status_code in {200, 409}, released.text
    await arena.hold_true()


async def test_a_release_that_meets_a_push_of_a_joint_plan_never_waits_in_a_ring(arena: Arena) -> None:
    plan = await arena.plan()
    await joint.laid_down(arena, plan)
    result_id = await proposed(arena, plan)
    released, pushed = await one_after_the_other(
        arena, confirm(arena, result_id), arena.send(plan, *(arena.row(plan, index) for index in range(5)))
    )
    assert (released.status_code, pushed.status_code) == (200, 201), (released.text, pushed.text)


async def shown_though_held(arena: Arena) -> bool:
    """Hold a plan back while its first results come; tell whether both were done."""
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    pushed, set_ = await one_after_the_other(arena, arena.send(plan, arena.row(plan)), hold_back(arena, plan))
    assert pushed.status_code == 201, pushed.text
    return bool(set_.is_success and pushed.json()["downstream"]["awards_issued"])


async def test_what_is_shown_already_is_not_held_back_behind_a_push(
    arena: Arena, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, END - timedelta(days=3))
    assert not await shown_though_held(arena)


async def test_without_the_lock_on_the_plan_it_would_be(arena: Arena, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object, **__: object) -> None:
        return None

    set_clock(monkeypatch, END - timedelta(days=3))
    monkeypatch.setattr(placing, "lock_alone", nothing)
    assert await shown_though_held(arena)
