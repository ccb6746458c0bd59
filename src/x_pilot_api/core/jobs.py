"""Work done after the answer: one row a job, written in the transaction of the deed that asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from sqlalchemy import CheckConstraint, Index, and_, delete, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core import clock, errors, logs, queue
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import Base, JsonObject, Reach, SharedRow, about, one_of, write
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both

FAILED = ItemCode(
    "job_failed",
    Both("后台任务的失败原因", "Why a background job failed"),
    Both("后台任务多次尝试后仍未完成。", "The background job was tried and could not be finished."),
    Both(
        "管理员按任务编号查看日志，排除原因后重试该任务。",
        "Let the administrator look the job up in the log, mend the cause and have the job tried again.",
    ),
)
errors.know_items(FAILED)


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    SUCCEEDED = "succeeded"
    SUCCEEDED_WITH_WARNINGS = "succeeded_with_warnings"
    FAILED = "failed"
    CANCELLED = "cancelled"


_OPEN = "('queued', 'running', 'awaiting_confirmation', 'failed')"


class JobRecord(SharedRow, Base):
    """One piece of work asked for, as its caller sees it; the queue library only carries its id."""

    __tablename__ = "jobs"
    __table_args__ = (
        one_of("state", JobState),
        CheckConstraint("progress_done >= 0 AND attempts >= 0 AND failures >= 0 AND losses >= 0", name="counted"),
        CheckConstraint("(ended_at IS NULL) = (state IN ('queued', 'running', 'awaiting_confirmation'))", name="ended"),
        # While a job waits for the first time, another one of the same name is not made.
        Index("jobs_once_as_key", "once_as", unique=True, postgresql_where=text("state = 'queued' AND attempts = 0")),
        Index(None, "institution_id", "id"),
        Index(None, "requested_by", "id"),
        Index(None, "ended_at", postgresql_where=text("ended_at IS NOT NULL")),
        # What is not done with yet, and what nobody has looked at: few rows among all that are kept.
        Index(None, "kind", "state", postgresql_where=text(f"state IN {_OPEN}")),
        about(Reach.LOCAL, server_set=("enqueued_at",)),
    )

    kind: Mapped[str]
    institution_id: Mapped[UUID | None]
    requested_by: Mapped[UUID | None]
    request_id: Mapped[str | None]
    once_as: Mapped[str | None]
    arguments: Mapped[JsonObject]
    state: Mapped[str] = mapped_column(server_default=text("'queued'"))
    due_at: Mapped[datetime | None]
    enqueued_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    progress_done: Mapped[int] = mapped_column(server_default=text("0"))
    progress_total: Mapped[int | None]
    counts: Mapped[JsonObject] = mapped_column(server_default=text("'{}'"))
    result: Mapped[JsonObject | None]
    problem: Mapped[JsonObject | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    losses: Mapped[int] = mapped_column(server_default=text("0"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    last_error: Mapped[str | None]
    cancel_requested: Mapped[bool] = mapped_column(server_default=text("false"))


@dataclass(frozen=True)
class Job:
    """What a task is handed: one attempt at a job."""

    id: UUID
    kind: str
    attempt: int
    arguments: JsonObject = field(default_factory=dict[str, Any])
    institution_id: UUID | None = None
    requested_by: UUID | None = None
    request_id: str | None = None
    progress_done: int = 0


async def enqueue(
    session: AsyncSession,
    kind: str,
    *,
    arguments: JsonObject,
    institution_id: UUID | None = None,
    due_at: datetime | None = None,
    once_as: str | None = None,
    requested_by: Actor | None = None,
) -> UUID:
    """Ask for work in the caller's transaction: it is done if and only if that commits.

    What the job does is on record under the id of the request that asks, or, where none does, under the job's own.
    While a job of the name `once_as` waits to be begun, no second one is made, and the first one's id is given.
    """
    values = {
        "kind": kind,
        "arguments": arguments,
        "institution_id": institution_id,
        "due_at": due_at,
        "once_as": once_as,
        "requested_by": requested_by.id if requested_by else None,
        "request_id": None if logs.request_id() == logs.NOBODY else logs.request_id(),
    }
    waits = and_(JobRecord.once_as == once_as, JobRecord.state == JobState.QUEUED, JobRecord.attempts == 0)
    while True:
        made = await session.scalar(insert(JobRecord).values(values).on_conflict_do_nothing().returning(JobRecord.id))
        if made is not None:
            await put_in_line(session, made, kind=kind, due_at=due_at)
            return made
        # It may begin between the two statements; then the next round makes a new one.
        first = await session.scalar(select(JobRecord.id).where(waits))
        if first is not None:
            return first


async def go_on(session: AsyncSession, job_id: UUID) -> bool:
    """Take a job up again that waited to be confirmed; tell whether it still did."""
    confirmed = (
        update(JobRecord)
        .where(JobRecord.id == job_id, JobRecord.state == JobState.AWAITING_CONFIRMATION)
        .values(state=JobState.QUEUED, failures=0, losses=0, version=JobRecord.version + 1)
        .returning(JobRecord.kind)
    )
    kind = await session.scalar(confirmed)
    if kind is not None:
        await put_in_line(session, job_id, kind=kind, due_at=None)
    return kind is not None


async def put_in_line(session: AsyncSession, job_id: UUID, *, kind: str, due_at: datetime | None) -> None:
    """Hand a job's id to the queue over the session's own connection, so that it stands or falls with the session.

    The row must be written before: SQLAlchemy begins the transaction with the first statement that it sees itself.
    """
    connection = await (await session.connection()).get_raw_connection()
    driver: Any = connection.driver_connection
    wait = max(due_at - clock.now(), timedelta()) if due_at else None
    await queue.queries_on(AsyncpgDriver(driver)).enqueue(kind, job_id.bytes, execute_after=wait)


async def mend_line(session: AsyncSession) -> int:
    """Put back in line the jobs that have lost their place in it; tell how many.

    A job and its place come, and go, in one transaction each, so one snapshot tells for certain.
    """
    lost = (await session.execute(text(_LOST))).all()
    for job in lost:
        await put_in_line(session, job.id, kind=job.kind, due_at=job.due_at)
    return len(lost)


_LOST = f"""
SELECT id, kind, due_at FROM jobs
WHERE state IN ('queued', 'running')
    AND NOT EXISTS (SELECT FROM {queue.LINE} AS place WHERE place.payload = uuid_send(jobs.id))
ORDER BY id FOR UPDATE SKIP LOCKED
LIMIT 1000
"""


async def count_open(session: AsyncSession) -> Mapping[tuple[str, str], int]:
    """Count what waits, what runs and what failed for good, by kind and state."""
    return {(row.kind, row.state): row.number for row in await session.execute(text(COUNTED))}


COUNTED = f"SELECT kind, state, count(*) AS number FROM jobs WHERE state IN {_OPEN} GROUP BY kind, state"

KEPT = timedelta(days=30)
DEAD_LETTERS_KEPT = timedelta(days=180)
_SLICE = 1_000


async def forget_ended(session: AsyncSession) -> int:
    """Delete a slice of what ended long ago, and of the library's notes; tell how many rows, 0 when none is left."""
    now = clock.now()
    old = or_(
        JobRecord.ended_at < now - DEAD_LETTERS_KEPT,
        and_(JobRecord.ended_at < now - KEPT, JobRecord.state != JobState.FAILED),
    )
    slice_ = select(JobRecord.id).where(old).limit(_SLICE).with_for_update(skip_locked=True)
    deleted = await write(session, delete(JobRecord).where(JobRecord.id.in_(slice_)))
    noted = {"before": now - KEPT, "slice": _SLICE}
    return deleted + await write(session, text(_NOTES), noted)


_NOTES = f"""
DELETE FROM {queue.NOTES} WHERE id IN (SELECT id FROM {queue.NOTES} WHERE created < :before LIMIT :slice)
"""
