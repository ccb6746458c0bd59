"""Results that an organisation's people upload; each file waits for a second person."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import accepted, files, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Service
from x_pilot_api.core.tables import laying
from x_pilot_api.core.texts import Paragraph
from x_pilot_api.exams import commands, queries, rules
from x_pilot_api.exams.commands import MEDIA_TYPES, Reach, Sent
from x_pilot_api.exams.commands.push import Bounds
from x_pilot_api.exams.models import UploadState
from x_pilot_api.exams.schemas import PlanLevelOut, ResultUploadOut, VerdictIn
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])

_PATH = "/result-uploads"


def _reach_of(service: Service) -> Reach:
    settings = service.settings
    most = settings.result_file_max_rows
    return Reach(
        limits=laying.limits_of(settings, rows=most),
        batch=Bounds(sealer=service.sealer, rows_max=settings.batch_max_rows, timezone=settings.timezone),
        file=Bounds(sealer=service.sealer, rows_max=most, timezone=settings.timezone),
    )


@router.post(
    _PATH,
    status_code=201,
    dependencies=[require(Permission.RESULT_UPLOADS_UPLOAD)],
    openapi_extra=files.taking(*MEDIA_TYPES),
)
async def upload_results(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    exam_plan_id: Annotated[UUID, Query()],
    reason: Annotated[Paragraph, Query(description="Why a person sends them: a correction, a manual issue, …")],
    atomic: Annotated[bool, Query(description="Refuse the whole file when one row is rejected or quarantined")] = False,
) -> ResultUploadOut:
    """Upload results as NDJSON, .csv or .xlsx, new ones and corrections alike; they wait for a second person.

    The answer tells what they would become. Nothing of them takes effect before another person confirms them.
    """
    kind = commands.kind_of(request.headers.get("content-type", ""))
    plan = await queries.get_plan(session, actor, exam_plan_id)
    sent = Sent(plan, kind, await request.body(), atomic, reason)
    made = await commands.upload_results(session, actor, sent=sent, reach=_reach_of(service))
    response.headers["Location"] = f"/v1{_PATH}/{made.id}"
    return queries.describe_upload(actor, made, job_id=None)


@router.get(_PATH, dependencies=[require(Permission.RESULT_UPLOADS_READ)])
async def list_result_uploads(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    state: Annotated[UploadState | None, Query()] = None,
) -> PageOut[ResultUploadOut]:
    """List the files that the organisation's people have uploaded, oldest first."""
    rows, token = await queries.list_uploads(session, actor, state=state, wish=page)
    jobs = await queries.jobs_of(session, rows)
    pagination.link_next(request, response, token)
    items = [queries.describe_upload(actor, row, job_id=jobs.get(row.batch_id or row.id)) for row in rows]
    return PageOut[ResultUploadOut](items=items, next_page_token=token)


@router.get(f"{_PATH}/{{upload_id}}", dependencies=[require(Permission.RESULT_UPLOADS_READ)])
async def get_result_upload(upload_id: UUID, session: Session, actor: CurrentActor) -> ResultUploadOut:
    """Read one uploaded file: what it would become, and what a second person made of it."""
    upload = await queries.get_upload(session, actor, upload_id)
    jobs = await queries.jobs_of(session, [upload])
    return queries.describe_upload(actor, upload, job_id=jobs.get(upload.batch_id or upload.id))


@router.post(
    f"{_PATH}/{{upload_id}}:confirm",
    responses=accepted.ACCEPTED,
    dependencies=[require(Permission.RESULT_UPLOADS_CONFIRM)],
)
async def confirm_result_upload(
    upload_id: UUID,
    body: VerdictIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
) -> ResultUploadOut:
    """Confirm what another person has uploaded: it is pushed as it is; 202 where a job takes a large file in.

    409 `result_second_person_needed` for whoever uploaded it.
    """
    upload, batch = await commands.confirm_upload(
        session, actor, upload_id=upload_id, reason=body.reason, reach=_reach_of(service)
    )
    if batch.job_id is not None:
        response.status_code = 202
        accepted.point_to(response, batch.job_id)
    return queries.describe_upload(actor, upload, job_id=batch.job_id)


@router.post(f"{_PATH}/{{upload_id}}:refuse", dependencies=[require(Permission.RESULT_UPLOADS_CONFIRM)])
async def refuse_result_upload(
    upload_id: UUID, body: VerdictIn, session: Session, actor: CurrentActor
) -> ResultUploadOut:
    """Refuse what another person has uploaded."""
    upload = await commands.refuse_upload(session, actor, upload_id=upload_id, reason=body.reason)
    return queries.describe_upload(actor, upload, job_id=None)


@router.get(
    "/exam-plans/{exam_plan_id}/results-template",
    response_class=Response,
    response_model=PlanLevelOut,
    responses=files.answering("xlsx"),
    dependencies=[require(Permission.RESULT_UPLOADS_READ)],
)
async def get_results_upload_template(exam_plan_id: UUID, session: Session, actor: CurrentActor) -> Response:
    """Download an empty table for a plan's results, one column for each component of its levels."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    columns = rules.result_columns(await queries.list_components(session, plan))
    return files.template("成绩", columns, "results-template.xlsx")
