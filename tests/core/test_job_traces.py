"""Work after the answer can be followed: under whose request it runs, how much there is, and where to look."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI, Query, Response
from sqlalchemy import select, text
from structlog.testing import capture_logs

from tests.conftest import make_service
from x_pilot_api import worker
from x_pilot_api.core import accepted, audit, jobs, logs, metrics, provision, working
from x_pilot_api.core.accepted import ACCEPTED
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.audit import PlatformAuditEvent
from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Database, Session
from x_pilot_api.core.jobs import Job, JobRecord
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings


@pytest.fixture(scope="module")
def committed(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture
async def shop(committed: provision.Urls, settings: Settings) -> AsyncIterator[Service]:
    database = Database(committed.service, settings)
    async with database.transaction() as session:
        await session.execute(text("DELETE FROM jobs"))
    yield make_service(database, settings)
    await database.close()


async def count_beans(service: Service, job: Job) -> None:
    async with service.database.transaction() as session:
        await audit.record(session, SYSTEM, "count", institution_id=None, object_kind="job", object_id=job.id)
        if job.arguments:
            await jobs.enqueue(session, "count_beans", arguments={})
    logs.logger.info("counted", request_id_seen=logs.request_id())


async def run(shop: Service) -> list[tuple[str, str | None]]:
    """Run every job that waits, oldest first, and tell under which id each was recorded, and what its row says."""
    async with shop.database.transaction(read_only=True) as session:
        waiting = (await session.scalars(select(JobRecord).where(JobRecord.state == "queued"))).all()
    found: list[tuple[str, str | None]] = []
    for job in waiting:
        assert await working.attempt(shop, count_beans, job.id) is None
        async with shop.database.transaction(read_only=True) as session:
            told = select(PlatformAuditEvent.request_id).where(PlatformAuditEvent.object_id == job.id)
            found.append(((await session.execute(told)).scalar_one(), job.request_id))
    return found


async def test_a_job_is_on_record_under_the_request_that_asked_and_so_is_what_it_asks_for(shop: Service) -> None:
    with logs.on_behalf_of("the-request"):
        async with shop.database.transaction() as session:
            await jobs.enqueue(session, "count_beans", arguments={"more": True})
    assert logs.request_id() == logs.NOBODY
    with capture_logs() as logged:
        assert await run(shop) == [("the-request", "the-request")]
        assert await run(shop) == [("the-request", "the-request")]
    assert [line["request_id_seen"] for line in logged] == ["the-request"] * 2
    assert logs.request_id() == logs.NOBODY


async def test_a_job_nobody_asked_for_is_on_record_under_its_own_id(shop: Service) -> None:
    async with shop.database.transaction() as session:
        job_id = await jobs.enqueue(session, "count_beans", arguments={})
    assert await run(shop) == [(str(job_id), None)]


def shown(kind: str) -> dict[str, float]:
    return {
        sample.labels["state"]: sample.value
        for family in metrics.REGISTRY.collect()
        if family.name == "xpilot_jobs"
        for sample in family.samples
        if sample.labels["kind"] == kind
    }


async def test_jobs_that_wait_run_or_are_dead_are_counted_by_kind_and_forgotten_when_they_ended(shop: Service) -> None:
    async with shop.database.transaction() as session:
        made = [await jobs.enqueue(session, "count_beans", arguments={}) for _ in range(6)]
        for state, job_id in (("running", made[0]), ("failed", made[1]), ("succeeded", made[2])):
            ended = "now()" if state in {"failed", "succeeded"} else "NULL"
            await session.execute(text(f"UPDATE jobs SET state = '{state}', ended_at = {ended} WHERE id = '{job_id}'"))
    await worker.count_jobs(shop)
    assert shown("count_beans") == {"queued": 3, "running": 1, "awaiting_confirmation": 0, "failed": 1}
    assert shown("seal_logs") == {"queued": 0, "running": 0, "awaiting_confirmation": 0, "failed": 0}
    async with shop.database.transaction() as session:
        await session.execute(text("UPDATE jobs SET state = 'succeeded', ended_at = now()"))
    await worker.count_jobs(shop)
    assert not any(shown("count_beans").values())


async def test_counting_jobs_reads_those_that_are_not_done_alone(shop: Service) -> None:
    async with shop.database.transaction() as session:
        await session.execute(
            text("INSERT INTO jobs (kind, arguments, state, ended_at) SELECT 'old', '{}', 'succeeded', now() "
                 "FROM generate_series(1, 5000)")
        )  # fmt: skip
    async with shop.database.transaction(read_only=True) as session:
        plan = "\n".join(await session.scalars(text(f"EXPLAIN {jobs.COUNTED}")))
    assert "jobs_kind_state_idx" in plan


async def test_long_work_is_answered_202_with_where_to_follow_it(app: FastAPI, client: httpx.AsyncClient) -> None:
    @app.post("/v1/beans", status_code=202, responses=ACCEPTED, dependencies=[public()])
    async def count_all_beans(session: Session, response: Response, beans: Annotated[int, Query()] = 0) -> UUID:
        job_id = await jobs.enqueue(session, "count_beans", arguments={"beans": beans})
        accepted.point_to(response, job_id)
        return job_id

    assert count_all_beans
    answer = await client.post("/v1/beans")
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/v1/jobs/{answer.json()}"
    described = app.openapi()["paths"]["/v1/beans"]["post"]["responses"]["202"]
    assert described["headers"]["Location"]
