"""Files of more rows than one batch holds: kept at once, taken in by a job."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from tests.exams import make, sheets
from tests.exams.desk import Desk
from x_pilot_api.core import attempts
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.service import Service
from x_pilot_api.exams import tasks

Json = dict[str, Any]


@pytest.fixture
def small(desk: Desk, app: FastAPI, service: Service) -> Desk:
    """Let a batch hold three rows, and a file nine."""
    limits = {"batch_max_rows": 3, "result_file_max_rows": 9}
    desk.service = app.state.service = replace(service, settings=service.settings.model_copy(update=limits))
    return desk


async def _work(desk: Desk, job_id: str) -> None:
    async with desk.service.database.transaction() as session:
        job = await attempts.take(session, UUID(job_id))
    assert job is not None
    try:
        await tasks.take_in_results(desk.service, job)
    except AppError as refusal:
        async with desk.service.database.transaction() as session:
            await attempts.fail(session, job, refusal)


async def _send(desk: Desk, plan: make.Plan, rows: list[Json], kind: str = "csv", **query: str) -> Json:
    media, write = sheets.FORMATS[kind]
    answer = await sheets.send(desk, plan, write(rows), media=media, **query)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"/v1/partner/jobs/{answer.json()['job_id']}"
    told: Json = answer.json()
    return told


@pytest.mark.parametrize("kind", sheets.FORMATS)
async def test_a_large_file_is_taken_in_by_a_job_to_the_same_outcomes(small: Desk, kind: str) -> None:
    plan = await small.plan()
    rows = [small.row(plan, index) for index in range(7)] + [small.row(plan, 8, admission_number="nobody")]
    told = await _send(small, plan, rows, kind)
    assert (told["state"], told["rows"], told["accepted"]) == ("queued", 8, 0)
    before = await small.get(f"/v1/partner/jobs/{told['job_id']}", who="machine")
    assert before["state"] == "queued"
    await _work(small, told["job_id"])
    batch = await small.get(f"/v1/partner/result-batches/{told['id']}", who="machine")
    assert (batch["state"], batch["accepted"], batch["rejected"]) == ("taken_in", 7, 1)
    job = await small.get(f"/v1/partner/jobs/{told['job_id']}", who="machine")
    assert (job["state"], job["counts"]["accepted"]) == ("succeeded_with_warnings", 7)
    assert job["result"]["batch_id"] == told["id"]
    last = (await small.rows_of(batch))[-1]
    assert (last["row"], last["code"]) == ((8 if kind == "ndjson" else 9), "unknown_candidate")
    assert len(await small.awards(None)) == 7


async def test_a_job_begun_again_after_its_commit_does_nothing_more(small: Desk) -> None:
    plan = await small.plan()
    told = await _send(small, plan, [small.row(plan, index) for index in range(5)])
    async with small.service.database.transaction() as session:
        job = await attempts.take(session, UUID(told["job_id"]))
    assert job is not None
    await tasks.take_in_results(small.service, job)
    before = await small.sizes()
    with pytest.raises(attempts.Superseded):
        await tasks.take_in_results(small.service, job)
    assert await small.sizes() == before


async def test_a_large_atomic_file_with_a_bad_row_is_refused_by_its_job(small: Desk) -> None:
    plan = await small.plan()
    rows = [small.row(plan, index) for index in range(4)] + [small.row(plan, 5, admission_number="nobody")]
    told = await _send(small, plan, rows, atomic="true")
    await _work(small, told["job_id"])
    batch = await small.get(f"/v1/partner/result-batches/{told['id']}", who="machine")
    assert (batch["state"], batch["accepted"]) == ("refused", 0)
    job = await small.get(f"/v1/partner/jobs/{told['job_id']}", who="machine")
    assert (job["state"], job["problem"]["code"]) == ("failed", "batch_refused")
    assert await small.awards(None) == []


@pytest.mark.parametrize("kind", sheets.FORMATS)
async def test_a_file_beyond_the_limit_is_refused_with_the_limit(small: Desk, kind: str) -> None:
    plan = await small.plan()
    media, write = sheets.FORMATS[kind]
    rows = [small.row(plan, 0, org_result_id=f"R-{number}") for number in range(100)]
    answer = await sheets.send(small, plan, write(rows), media=media)
    assert answer.json()["code"] in {"batch_too_large", "table_too_long"}
    assert 9 in answer.json()["figures"].values()


async def test_json_and_a_rehearsal_keep_to_the_limit_of_a_batch(small: Desk) -> None:
    plan = await small.plan()
    rows = [small.row(plan, index) for index in range(4)]
    in_json = await small.send(plan, *rows)
    assert (in_json.status_code, in_json.json()["figures"]["limit_rows"]) == (413, 3)
    rehearsed = await sheets.send(small, plan, sheets.csv(rows), media="text/csv", validate_only="true")
    assert (rehearsed.status_code, rehearsed.json()["figures"]["limit_rows"]) == (413, 3)


async def test_the_same_large_file_under_one_key_is_laid_down_once(small: Desk) -> None:
    plan = await small.plan()
    body = sheets.csv([small.row(plan, index) for index in range(4)])
    first = await sheets.send(small, plan, body, media="text/csv", key="once")
    again = await sheets.send(small, plan, body, media="text/csv", key="once")
    assert (again.status_code, again.json()["job_id"]) == (202, first.json()["job_id"])
    assert again.headers["Idempotency-Hit"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
