"""Jobs: reading them, following them, cancelling them, taking dead letters up again."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Query, Request, Response
from fastapi.responses import StreamingResponse

from x_pilot_api.core import auth, pagination, streams
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.jobs import JobRecord, JobState
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.core.streams import Shown
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.jobs import commands, queries
from x_pilot_api.jobs.schemas import JobOut

router = AreaRouter(tags=["jobs"])


@router.get("/jobs", dependencies=[require(Permission.JOBS_READ)])
async def list_jobs(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    kind: Annotated[str | None, Query(max_length=100)] = None,
    state: Annotated[JobState | None, Query(description="`failed` lists the dead letters")] = None,
) -> PageOut[JobOut]:
    """List the jobs the caller asked for; an institution's office sees all of its own, the operator all there are."""
    rows, token = await queries.list_jobs(session, actor, kind=kind, state=state, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[JobOut](items=[queries.describe(actor, row) for row in rows], next_page_token=token)


@router.get("/jobs/{job_id}", dependencies=[require(Permission.JOBS_READ)])
async def get_job(job_id: UUID, session: Session, actor: CurrentActor) -> JobOut:
    """Read one job: where it stands, and what came of it."""
    return queries.describe(actor, await queries.get_job(session, actor, job_id))


@router.get(
    "/jobs/{job_id}/events",
    # Not EventSourceResponse: for that class the framework would start the answer before a job out of reach is refused.
    response_class=StreamingResponse,
    response_model=JobOut,
    responses={
        200: {
            "description": "A stream of `job` events, each with a job as its data",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        204: {"description": "The job has ended, and the client has seen its end"},
    },
    dependencies=[require(Permission.JOBS_READ)],
)
async def follow_job(
    job_id: UUID,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    last_event_id: Annotated[str | None, Header(max_length=100, description="The id of the last event seen")] = None,
) -> Response:
    """Follow a job by server-sent events until it ends; 204 when it has ended and the client has seen its end.

    Each event's data is the job as GET gives it, and its id the version to come back with as `Last-Event-ID`.
    """
    now = _shown(actor, await queries.get_job(session, actor, job_id))
    if now.ended and now.version == last_event_id:
        return Response(status_code=204)

    async def look() -> Shown:
        async with service.database.transaction(read_only=True) as again:
            return _shown(actor, await queries.get_job(again, actor, job_id))

    lifetime = auth.access_lifetime(service).total_seconds()
    return streams.follow(look, event="job", seen=last_event_id, seconds=lifetime)


def _shown(actor: Actor, job: JobRecord) -> Shown:
    described = queries.describe(actor, job)
    return Shown(version=str(job.version), text=described.model_dump_json(), ended=job.ended_at is not None)


@router.post("/jobs/{job_id}:cancel", dependencies=[require(Permission.JOBS_CANCEL)])
async def cancel_job(job_id: UUID, session: Session, actor: CurrentActor) -> JobOut:
    """Cancel a job; a running one ends at its next step, and what its earlier steps did stays done."""
    return queries.describe(actor, await commands.cancel_job(session, actor, job_id=job_id))


@router.post("/jobs/{job_id}:retry", dependencies=[require(Permission.JOBS_RETRY)])
async def retry_job(job_id: UUID, session: Session, actor: CurrentActor) -> JobOut:
    """Take up a job again that failed for good; it goes on from where it had got to."""
    return queries.describe(actor, await commands.retry_job(session, actor, job_id=job_id))
