"""Releases that meet new revisions and each other, and embargoes that end while results come, with real commits."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.exams import make, second_persons
from tests.exams.desk import set_clock
from tests.races.arena import Arena, opened
from x_pilot_api.core import provision
from x_pilot_api.core.settings import Settings
from x_pilot_api.exams import commands

ROUNDS = 6


@pytest.fixture
async def arena(new_database: Callable[[], provision.Urls], settings: Settings) -> AsyncIterator[Arena]:
    urls = await asyncio.to_thread(new_database)
    async with opened(urls, settings) as arena:
        await second_persons.add(arena)
        yield arena


async def _do(arena: Arena, result_id: str, deed: str, who: str, **body: str) -> httpx.Response:
    path = f"/v1/quarantined-results/{result_id}:{deed}"
    return await arena.client.post(path, json=body, headers=arena.sign_in(who))


async def _proposed(arena: Arena, plan: make.Plan, index: int) -> str:
    found = await arena.outcome(plan, arena.row(plan, index, passed=False))
    proposed = await _do(arena, found["result_id"], "propose", "registrar", decision="confirm_ours", reason="核对")
    assert proposed.status_code == 201, proposed.text
    return str(found["result_id"])


async def test_a_release_that_meets_a_new_revision_comes_before_or_after_it(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    for index in range(ROUNDS):
        result_id = await _proposed(arena, plan, index)
        failing = arena.row(plan, index, revision=2, **make.FAILED)
        deeds = [_do(arena, result_id, "confirm", "second_registrar", reason="同意"), arena.send(plan, failing)]
        if index % 2:
            deeds.reverse()
        answers = await asyncio.gather(*deeds)
        if index % 2:
            answers.reverse()
        released, pushed = answers
        assert pushed.json()["corrected"] == 1
        assert released.status_code == 200 or released.json()["code"] == "quarantine_over"
        # Whoever came first, the newer revision has the last word.
        assert (await arena.account(index))["accumulated"] == "0.00"
        assert {award["state"] for award in await arena.awards(index)} <= {"revoked"}
    await arena.hold_true()
    await arena.summary()


async def test_of_several_second_persons_at_once_one_decides(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    result_id = await _proposed(arena, plan, 0)
    answers = await asyncio.gather(
        *(_do(arena, result_id, "confirm", who, reason="同意") for who in ("second_registrar", "org_staff") * 3)
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    assert (await arena.account())["accumulated"] == "3.00"
    await arena.hold_true()


async def test_an_embargo_that_ends_while_results_come_leaves_none_behind(
    arena: Arena, monkeypatch: pytest.MonkeyPatch
) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    end = datetime(2026, 7, 1, tzinfo=UTC)
    set_clock(monkeypatch, end - timedelta(seconds=1))
    body = {"college_from": None, "student_from": end.isoformat(), "public_from": end.isoformat()}
    headers = arena.sign_in("registrar") | {"If-Match": "*"}
    path = f"/v1/exam-plans/{plan.id}/result-visibility"
    assert (await arena.client.put(path, json=body, headers=headers)).status_code == 200
    await arena.push(plan, *(arena.row(plan, index) for index in range(5)))

    async def end_it() -> None:
        set_clock(monkeypatch, end)
        await commands.lift_embargoes(arena.service)

    await asyncio.gather(arena.send(plan, *(arena.row(plan, index) for index in range(5, 10))), end_it())
    await commands.lift_embargoes(arena.service)
    assert len(await arena.awards(None)) == 10
    assert set(await arena.accumulated()) == {"3.00"}
    await arena.hold_true()
