"""Results in files: the template to fill in, and batches as NDJSON, .csv or .xlsx at the address of the JSON ones."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.routing import Match
from starlette.types import Scope

from x_pilot_api.core import files
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.service import CurrentService
from x_pilot_api.core.tables import laying
from x_pilot_api.exams import commands, queries, rules
from x_pilot_api.exams.commands import MEDIA_TYPES
from x_pilot_api.exams.commands.push import Bounds, Push
from x_pilot_api.exams.schemas import PlanLevelOut, ResultBatchOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.jobs import queries as jobs
from x_pilot_api.jobs.schemas import JobOut
from x_pilot_api.partners.routes import door
from x_pilot_api.partners.routes.signed import CheckedSignature, DigestFirst

BATCHES = "/result-batches"
FILE_BODIES: dict[str, Any] = {
    "requestBody": {"content": files.contents(*MEDIA_TYPES)},
    "parameters": [
        {
            "name": "exam_plan_id",
            "in": "query",
            "required": False,
            "schema": {"type": "string", "format": "uuid"},
            "description": "Needed where the body is a file, which names no plan",
        }
    ],
}
"""What the address takes beside JSON, for the API's documents."""

JOB: dict[int | str, dict[str, Any]] = {
    202: {
        "description": "A file of more rows than one batch holds: a job takes it in; follow it at `Location`",
        "model": ResultBatchOut,
        "headers": {"Location": {"description": "The job", "schema": {"type": "string"}}},
    }
}


def media_type_of(scope: Scope) -> str:
    """Read from a request's Content-Type what its body is, without parameters."""
    return Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()


class Files(DigestFirst):
    """A route for requests whose Content-Type says that the body is a file of results."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Leave every other request to the route that reads JSON."""
        found = super().matches(scope)
        return found if media_type_of(scope) in MEDIA_TYPES else (Match.NONE, {})


router = AreaRouter(prefix=door.PREFIX, tags=door.TAGS, route_class=Files, dependencies=[Depends(door.note_use)])
beside = AreaRouter(prefix=door.PREFIX, tags=door.TAGS)


@router.post(
    BATCHES,
    status_code=201,
    response_model=ResultBatchOut,
    include_in_schema=False,  # one address, one operation: `push_result_batch` describes both
    dependencies=[require(Permission.RESULTS_WRITE)],
)
async def push_result_file(
    signature: CheckedSignature,
    exam_plan_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    once: RunOnce,
    validate_only: Annotated[bool, Query()] = False,
    atomic: Annotated[bool, Query()] = False,
) -> ResultBatchOut | JSONResponse:
    """Push a file of results; its rows become what the same rows in JSON would."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    settings = service.settings
    kind = MEDIA_TYPES[media_type_of(request.scope)]
    body = await request.body()
    read = await commands.read_rows(
        body,
        kind,
        columns=rules.result_columns(await queries.list_components(session, plan)),
        limits=laying.limits_of(settings, rows=settings.result_file_max_rows),
    )
    push = Push(
        plan=plan,
        rows=read.rows,
        body=body,
        atomic=atomic,
        validate_only=validate_only,
        signature=signature,
        numbers=read.numbers,
        headers=read.headers,
        file_kind=kind,
    )
    bounds = Bounds(sealer=service.sealer, rows_max=settings.batch_max_rows, timezone=settings.timezone)
    if validate_only:
        response.status_code = 200
        return await commands.push_results(session, actor, push=push, bounds=bounds)
    if len(read.rows) <= settings.batch_max_rows:
        deed = commands.push_results(session, actor, push=push, bounds=bounds)
        return await once(ResultBatchOut, deed, institution_id=plan.institution_id, location=_location)
    response.status_code = 202
    bounds = Bounds(sealer=service.sealer, rows_max=settings.result_file_max_rows, timezone=settings.timezone)
    deed = commands.lay_down_batch(session, actor, push=push, bounds=bounds)
    return await once(ResultBatchOut, deed, institution_id=plan.institution_id, status=202, location=_job_location)


def _location(batch: ResultBatchOut) -> str:
    return f"/v1/partner{BATCHES}/{batch.id}"


def _job_location(batch: ResultBatchOut) -> str:
    return f"/v1/partner/jobs/{batch.job_id}"


@beside.get("/jobs/{job_id}", dependencies=[require(Permission.RESULTS_WRITE)])
async def get_partner_job(job_id: UUID, session: Session, actor: CurrentActor) -> JobOut:
    """Read a job that the client itself asked for, such as a large file of results."""
    return jobs.describe(actor, await jobs.get_job(session, actor, job_id))


@beside.get(
    "/exam-plans/{exam_plan_id}/results-template",
    response_class=Response,
    response_model=PlanLevelOut,
    responses=files.answering("xlsx"),
    dependencies=[require(Permission.RESULTS_WRITE)],
)
async def get_results_template(exam_plan_id: UUID, session: Session, actor: CurrentActor) -> Response:
    """Download an empty table for a plan's results, one column for each component of its levels."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    columns = rules.result_columns(await queries.list_components(session, plan))
    return files.template("成绩", columns, "results-template.xlsx")
