"""What may be done to a job from outside: to cancel it, and to take a dead letter up again."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, jobs
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.jobs import JobRecord, JobState
from x_pilot_api.jobs import queries, rules


async def cancel_job(session: AsyncSession, actor: Actor, *, job_id: UUID) -> JobRecord:
    """Cancel a job: one that waits at once, a running one at its next step, which is taken back."""
    job = await queries.get_job(session, actor, job_id, locked=True)
    target = rules.target_of("cancel", state=job.state)
    if job.state == JobState.RUNNING:
        job.cancel_requested = True
    else:
        job.state, job.ended_at = target, clock.now()
    job.version += 1
    await _record(session, actor, "cancel_job", job)
    return job


async def retry_job(session: AsyncSession, actor: Actor, *, job_id: UUID) -> JobRecord:
    """Take a dead letter up again, with as many attempts as a new job has."""
    job = await queries.get_job(session, actor, job_id, locked=True)
    job.state = rules.target_of("retry", state=job.state)
    job.ended_at = job.problem = None
    job.failures = job.losses = 0
    job.version += 1
    # What is retried by hand may be gone over again: another one of the same name can wait beside it.
    await session.flush()
    await jobs.put_in_line(session, job.id, kind=job.kind, due_at=None)
    await _record(session, actor, "retry_job", job)
    return job


async def _record(session: AsyncSession, actor: Actor, deed: str, job: JobRecord) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=job.institution_id,
        object_kind="job",
        object_id=job.id,
        detail={"kind": job.kind, "attempts": job.attempts},
    )
