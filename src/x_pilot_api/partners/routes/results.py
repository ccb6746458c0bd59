"""Plans, candidates and result batches."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.core.texts import Code
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.commands.push import Bounds, Push
from x_pilot_api.exams.models import RowOutcome
from x_pilot_api.exams.schemas import (
    CandidateOut,
    ExamPlanOut,
    PutResultOut,
    ResultBatchIn,
    ResultBatchOut,
    ResultIn,
    ResultOut,
    ResultRowIn,
    RowOutcomeOut,
)
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.partners.routes import door
from x_pilot_api.partners.routes.result_files import BATCHES, FILE_BODIES, JOB
from x_pilot_api.partners.routes.signed import CheckedSignature, DigestFirst

router = AreaRouter(prefix=door.PREFIX, tags=door.TAGS, route_class=DigestFirst, dependencies=[Depends(door.note_use)])


@router.get("/exam-plans", dependencies=[require(Permission.PLANS_READ)])
async def list_partner_exam_plans(
    request: Request, response: Response, session: Session, actor: CurrentActor, today: Today, page: Page
) -> PageOut[ExamPlanOut]:
    """List the organisation's own exam plans, at whichever institution."""
    items, token = await queries.list_plans(session, actor, wish=page, today=today)
    pagination.link_next(request, response, token)
    return PageOut[ExamPlanOut](items=items, next_page_token=token)


@router.get("/exam-plans/{exam_plan_id}/candidates", dependencies=[require(Permission.CANDIDATES_READ)])
async def list_partner_candidates(
    exam_plan_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[CandidateOut]:
    """List the candidates of one of the organisation's plans by admission number; document numbers are masked."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    after = pagination.text_after(page)
    rows = await queries.list_candidates(session, actor, plan, after=after, size=page.size + 1)
    items = rows[: page.size]
    token = pagination.token_after(items[-1].admission_number) if len(rows) > page.size else None
    pagination.link_next(request, response, token)
    return PageOut[CandidateOut](items=items, next_page_token=token)


@router.post(
    BATCHES,
    status_code=201,
    response_model=ResultBatchOut,
    responses=JOB,
    openapi_extra=FILE_BODIES,
    dependencies=[require(Permission.RESULTS_WRITE)],
)
async def push_result_batch(
    signature: CheckedSignature,
    body: ResultBatchIn,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    once: RunOnce,
    validate_only: Annotated[bool, Query(description="Do all of it, report what would change, keep nothing")] = False,
    atomic: Annotated[
        bool, Query(description="Refuse the whole batch when one row is rejected or quarantined")
    ] = False,
) -> ResultBatchOut | JSONResponse:
    """Push exam results: every row is checked, passes become certificates, credits land in accounts.

    Each row gets its own outcome, and one bad row never harms the others. `Idempotency-Key` is required unless
    `validate_only`, which answers 200 with every row's outcome. The body is JSON, or by its Content-Type a file:
    NDJSON with one row a line, or .csv or .xlsx as `results-template` lays it out; then `exam_plan_id` is in the query.
    """
    plan = await queries.get_plan(session, actor, body.exam_plan_id)
    settings = service.settings
    push = Push(
        plan=plan,
        rows=list(body.rows),
        body=await request.body(),
        atomic=atomic,
        validate_only=validate_only,
        signature=signature,
    )
    bounds = Bounds(sealer=service.sealer, rows_max=settings.batch_max_rows, timezone=settings.timezone)
    deed = commands.push_results(session, actor, push=push, bounds=bounds)
    if validate_only:
        response.status_code = 200
        return await deed
    return await once(ResultBatchOut, deed, institution_id=plan.institution_id, location=_location)


def _location(batch: ResultBatchOut) -> str:
    return f"/v1/partner/result-batches/{batch.id}"


OrgResultId = Annotated[Code, Path(description="The organisation's own id of the result; a `/` cannot be in it here")]


@router.put(
    "/results/{org_result_id}",
    responses={201: {"description": "The first revision of the result", "model": PutResultOut}},
    dependencies=[require(Permission.RESULTS_WRITE)],
)
async def put_partner_result(
    signature: CheckedSignature,
    org_result_id: OrgResultId,
    body: ResultIn,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
) -> PutResultOut:
    """Push one result: 201 when it is new, 200 when a newer revision replaces it or nothing changed.

    409 `result_refused` where a batch would reject the row: `stale_revision` for an older one, `revision_conflict` for
    the same one with other content. It needs no `Idempotency-Key`, since the revision tells one push from the next.
    """
    plan = await queries.get_plan(session, actor, body.exam_plan_id)
    row = ResultRowIn(org_result_id=org_result_id, **body.model_dump(exclude={"exam_plan_id"}))
    push = Push(
        plan=plan, rows=[row], body=await request.body(), atomic=False, validate_only=False, signature=signature
    )
    bounds = Bounds(sealer=service.sealer, rows_max=1, timezone=service.settings.timezone)
    put = await commands.put_result(session, actor, push=push, bounds=bounds)
    response.status_code = 201 if put.is_created else 200
    return put.told


@router.get("/results/{org_result_id}", dependencies=[require(Permission.RESULTS_WRITE)])
async def get_partner_result(
    org_result_id: OrgResultId,
    session: Session,
    actor: CurrentActor,
    exam_plan_id: Annotated[UUID, Query(description="The plan that the result belongs to")],
) -> ResultOut:
    """Read the latest revision of one result, and whether it counts."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    result = await queries.get_latest(session, actor, plan, org_result_id=org_result_id)
    return queries.describe_result(result, plan)


@router.get("/result-batches/{batch_id}", dependencies=[require(Permission.RESULTS_WRITE)])
async def get_result_batch(batch_id: UUID, session: Session, actor: CurrentActor) -> ResultBatchOut:
    """Read a batch the organisation pushed, in numbers."""
    return queries.describe_batch(await queries.get_batch(session, actor, batch_id))


@router.get("/result-batches/{batch_id}/rows", dependencies=[require(Permission.RESULTS_WRITE)])
async def list_result_batch_rows(
    batch_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    outcome: Annotated[RowOutcome | None, Query(description="Only rows with this outcome")] = None,
) -> PageOut[RowOutcomeOut]:
    """List what became of a batch's rows, in the order of the pushed file."""
    batch = await queries.get_batch(session, actor, batch_id)
    after = pagination.number_after(page)
    rows = await queries.list_row_outcomes(session, actor, batch, outcome=outcome, after=after, size=page.size + 1)
    items = rows[: page.size]
    token = pagination.token_after(str(items[-1].row)) if len(rows) > page.size else None
    pagination.link_next(request, response, token)
    return PageOut[RowOutcomeOut](items=items, next_page_token=token)
