"""Files and single results that meet each other, with real commits: one effect, whoever comes first, whoever dies."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.exams import sheets
from tests.races.arena import Arena, opened
from x_pilot_api.core import attempts, provision
from x_pilot_api.core.settings import Settings
from x_pilot_api.exams import tasks

SECONDS = 120


@pytest.fixture
async def arena(own_urls: provision.Urls, settings: Settings) -> AsyncIterator[Arena]:
    limits = settings.model_copy(update={"batch_max_rows": 10})
    async with opened(own_urls, limits) as arena:
        yield arena


async def test_eight_clients_that_send_the_same_rows_in_every_format_have_one_effect(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    rows = [arena.row(plan, index) for index in range(10)]
    files = [sheets.send(arena, plan, write(rows), media=media) for media, write in sheets.FORMATS.values()]
    more = [sheets.send(arena, plan, write(rows), media=media) for media, write in sheets.FORMATS.values()]
    answers = await asyncio.gather(*files, arena.send(plan, *rows), arena.send(plan, *rows), *more)
    assert [answer.status_code for answer in answers] == [201] * 8, [answer.text for answer in answers]
    told = [answer.json() for answer in answers]
    assert sorted((batch["accepted"], batch["unchanged"]) for batch in told) == [(0, 10)] * 7 + [(10, 0)]
    sizes = await arena.sizes()
    assert {sizes[table] for table in ("results", "awards", "learning_outcomes", "transfers")} == {10}
    assert set(await arena.accumulated()) == {"3.00"}
    await arena.hold_true()


async def test_of_eight_puts_of_one_result_at_once_one_creates_it(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    row: dict[str, Any] = arena.row(plan)
    body = {name: value for name, value in row.items() if name != "org_result_id"} | {"exam_plan_id": str(plan.id)}

    async def put(**changes: object) -> httpx.Response:
        path = f"/v1/partner/results/{row['org_result_id']}"
        return await arena.client.put(path, json=body | changes, headers=arena.sign_in("machine"))

    answers = await asyncio.gather(*(put() for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    contents = await asyncio.gather(*(put(revision=2, certificate_number=f"ZS-{number}") for number in range(8)))
    assert sorted(answer.status_code for answer in contents) == [200] + [409] * 7
    assert (await arena.sizes())["results"] == 2
    assert (await arena.account())["accumulated"] == "3.00"
    await arena.hold_true()


async def _work(arena: Arena, job_id: str) -> None:
    async with arena.service.database.transaction() as session:
        job = await attempts.take(session, UUID(job_id))
    assert job is not None
    await tasks.take_in_results(arena.service, job)


async def test_a_large_file_whose_worker_is_killed_half_way_is_taken_in_once_by_the_next(
    arena: Arena, own_urls: provision.Urls
) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    rows = [arena.row(plan, index) for index in range(10)]
    body = sheets.csv([*rows, arena.row(plan, 0, admission_number="nobody")])
    told = (await sheets.send(arena, plan, body, media="text/csv")).json()
    before = await arena.sizes()
    worker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.exams.dying", own_urls.service, told["job_id"]), stdout=asyncio.subprocess.PIPE
    )
    assert worker.stdout is not None
    async with asyncio.timeout(SECONDS):
        assert await worker.stdout.readline() == b"written\n"
    os.kill(worker.pid, signal.SIGKILL)
    assert await worker.wait() == -signal.SIGKILL
    assert await arena.sizes() == before
    batch = await arena.get(f"/v1/partner/result-batches/{told['id']}", who="machine")
    assert batch["state"] == "queued"
    await _work(arena, told["job_id"])
    batch = await arena.get(f"/v1/partner/result-batches/{told['id']}", who="machine")
    assert (batch["state"], batch["accepted"], batch["rejected"]) == ("taken_in", 10, 1)
    sizes = await arena.sizes()
    assert {sizes[table] for table in ("results", "awards", "transfers")} == {10}
    assert sizes["result_batches"] == 1
    assert set(await arena.accumulated()) == {"3.00"}
    await arena.hold_true()


async def test_two_workers_at_one_large_file_take_it_in_once(arena: Arena) -> None:
    plan = await arena.plan()
    rows = [arena.row(plan, index) for index in range(10)] + [arena.row(plan, 0, admission_number="nobody")]
    told = (await sheets.send(arena, plan, sheets.csv(rows), media="text/csv")).json()
    async with arena.service.database.transaction() as session:
        job = await attempts.take(session, UUID(told["job_id"]))
    assert job is not None
    # The second has the same attempt, as if its lease had been given twice.
    answers = await asyncio.gather(
        *(tasks.take_in_results(arena.service, replace(job)) for _ in range(2)), return_exceptions=True
    )
    assert sum(isinstance(answer, attempts.Superseded) for answer in answers) == 1
    assert sum(answer is None for answer in answers) == 1
    sizes = await arena.sizes()
    assert (sizes["results"], sizes["result_rows"]) == (10, 11)
