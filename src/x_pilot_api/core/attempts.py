"""One attempt at a job: begun, moved on, ended; an attempt that another has taken over can write nothing more."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, problems
from x_pilot_api.core.db import JsonObject, write
from x_pilot_api.core.errors import AppError, Busy, DatabaseUnavailable, Overloaded
from x_pilot_api.core.jobs import FAILED, Job, JobRecord, JobState

FAILURES_MAX = 8
"""After so many failures a job is left as a dead letter, for somebody to look at."""

LOSSES_MAX = 10
"""A job whose worker died under it so often is taken for what kills it."""

PAUSE_MAX = timedelta(minutes=10)
_MENDS_ITSELF = (Busy, Overloaded, DatabaseUnavailable)


class Superseded(Exception):
    """Another attempt has taken the job over, or it was cancelled: what this step did is taken back."""


def pause_after(failures: int) -> timedelta:
    """Tell how long to wait before the next attempt: 2 s, then twice as long each time, at most ten minutes."""
    return min(timedelta(seconds=2 ** min(failures, 20)), PAUSE_MAX)


def _end(row: JobRecord, state: JobState, *, code: str | None = None) -> None:
    row.state, row.ended_at = state, clock.now()
    row.problem = {"code": code} if code else None


async def take(session: AsyncSession, job_id: UUID) -> Job | None:
    """Take a job for one more attempt, unless it has ended; whoever had it before can no longer write."""
    row = await session.get(JobRecord, job_id, with_for_update=True)
    if row is None or row.state not in {JobState.QUEUED, JobState.RUNNING}:
        return None
    row.version += 1
    if row.cancel_requested:
        _end(row, JobState.CANCELLED)
        return None
    # Whoever gives a job up says so; one that is still running has lost its worker.
    row.losses += row.state == JobState.RUNNING
    if row.losses >= LOSSES_MAX:
        row.last_error = "WorkerLost"
        _end(row, JobState.FAILED, code=FAILED.code)
        return None
    row.state, row.attempts = JobState.RUNNING, row.attempts + 1
    row.started_at = row.started_at or clock.now()
    await session.flush()
    return Job(
        id=row.id,
        kind=row.kind,
        attempt=row.attempts,
        arguments=row.arguments,
        institution_id=row.institution_id,
        requested_by=row.requested_by,
        request_id=row.request_id,
        progress_done=row.progress_done,
    )


def _held_by(job: Job) -> ColumnElement[bool]:
    return and_(JobRecord.id == job.id, JobRecord.attempts == job.attempt, JobRecord.state == JobState.RUNNING)


async def _write(session: AsyncSession, job: Job, **values: Any) -> None:  # noqa: ANN401 - columns of many types
    """Write to the job's row while this attempt holds it and nobody has cancelled it."""
    wanted = update(JobRecord).where(_held_by(job), JobRecord.cancel_requested.is_(False))
    if not await write(session, wanted.values(version=JobRecord.version + 1, **values)):
        raise Superseded


async def advance(session: AsyncSession, job: Job, *, done: int, total: int | None = None, **counts: int) -> None:
    """Say how far the job is, in the transaction of the step; the next attempt goes on from there."""
    reached: dict[str, Any] = {"progress_done": done, "progress_total": total}
    await _write(session, job, **reached | ({"counts": counts} if counts else {}))


async def finish(
    session: AsyncSession, job: Job, *, result: JsonObject | None = None, warnings: bool = False, **counts: int
) -> None:
    """End the job well in the transaction of its last step, so that neither is there without the other."""
    state = JobState.SUCCEEDED_WITH_WARNINGS if warnings else JobState.SUCCEEDED
    ended: dict[str, Any] = {"state": state, "ended_at": clock.now(), "result": result}
    await _write(session, job, **ended | ({"counts": counts} if counts else {}))


async def await_confirmation(session: AsyncSession, job: Job, *, result: JsonObject, **counts: int) -> None:
    """Lay the job down until somebody confirms what it would do; `jobs.go_on` takes it up again."""
    await _write(session, job, state=JobState.AWAITING_CONFIRMATION, result=result, counts=counts)


async def succeed_unless_ended(session: AsyncSession, job: Job) -> None:
    """End a job whose task came to its end without saying so."""
    ended = {"state": JobState.SUCCEEDED, "ended_at": clock.now(), "version": JobRecord.version + 1}
    await write(session, update(JobRecord).where(_held_by(job)).values(ended))


async def cancel_if_asked(session: AsyncSession, job: Job) -> None:
    """End a job whose step was refused because somebody cancelled it."""
    ended = {"state": JobState.CANCELLED, "ended_at": clock.now(), "version": JobRecord.version + 1}
    await write(session, update(JobRecord).where(_held_by(job), JobRecord.cancel_requested).values(ended))


async def is_taken_over(session: AsyncSession, job: Job) -> bool:
    """Tell whether another attempt has the job by now, or will have it."""
    others = JobRecord.attempts != job.attempt, JobRecord.state.in_({JobState.QUEUED, JobState.RUNNING})
    return bool(await session.scalar(select(exists().where(JobRecord.id == job.id, *others))))


async def fail(session: AsyncSession, job: Job, error: Exception) -> timedelta | None:
    """Write down a failure, without its message; tell when to try again, or leave the job as a dead letter."""
    row = await session.get(JobRecord, job.id, with_for_update=True)
    if row is None or row.attempts != job.attempt or row.state != JobState.RUNNING:
        return None
    row.failures, row.last_error, row.version = row.failures + 1, type(error).__name__, row.version + 1
    known = problems.from_database(error) if isinstance(error, DBAPIError) else error
    refused = isinstance(known, AppError) and not isinstance(known, _MENDS_ITSELF)
    if row.cancel_requested:
        _end(row, JobState.CANCELLED)
    elif refused or row.failures >= FAILURES_MAX:
        _end(row, JobState.FAILED, code=known.code if isinstance(known, AppError) else FAILED.code)
    else:
        row.state = JobState.QUEUED
        return pause_after(row.failures)
    return None
