"""Finding jobs a caller may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups, pagination
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.jobs import JobRecord, JobState
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.jobs import rules
from x_pilot_api.jobs.schemas import JobOut, ProgressOut


def jobs_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Say which jobs an actor sees: their own; for an office all of its institution; for the operator all there are."""
    if actor.kind == ActorKind.SYSTEM:
        return true()
    own = JobRecord.requested_by == actor.id
    if actor.college_ids:
        return own
    if actor.institution_id is not None:
        return or_(own, JobRecord.institution_id == actor.institution_id)
    return true() if actor.may(Permission.JOBS_RETRY) else own


async def get_job(session: AsyncSession, actor: Actor, job_id: UUID, *, locked: bool = False) -> JobRecord:
    """Find one job the actor may see."""
    wanted = select(JobRecord).where(JobRecord.id == job_id, jobs_visible_to(actor))
    return await lookups.get_one(session, wanted.with_for_update() if locked else wanted, what="job", zh="任务")


async def list_jobs(
    session: AsyncSession, actor: Actor, *, kind: str | None, state: JobState | None, wish: PageWish
) -> tuple[Sequence[JobRecord], str | None]:
    """List the jobs the actor may see, oldest first."""
    wanted = select(JobRecord).where(jobs_visible_to(actor))
    if kind is not None:
        wanted = wanted.where(JobRecord.kind == kind)
    if state is not None:
        wanted = wanted.where(JobRecord.state == state)
    return await pagination.page_of(session, wanted, order=[JobRecord.id], wish=wish)


def describe(actor: Actor, job: JobRecord) -> JobOut:
    """Write a job as its callers see it; its arguments are nobody's business but its task's."""
    return JobOut(
        id=job.id,
        kind=job.kind,
        state=JobState(job.state),
        institution_id=job.institution_id,
        progress=ProgressOut(done=job.progress_done, total=job.progress_total),
        counts=job.counts,
        result=job.result,
        problem=job.problem,
        attempts=job.attempts,
        last_error=job.last_error,
        enqueued_at=job.enqueued_at,
        due_at=job.due_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        allowed_deeds=rules.allowed_deeds(actor, state=job.state, cancel_requested=job.cancel_requested),
    )
