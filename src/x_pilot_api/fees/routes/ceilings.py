"""Cost ceilings."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.certificates.models import ExamForm, Level
from x_pilot_api.core import files, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.days import Day
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.core.tables import laying, sheets
from x_pilot_api.fees import commands, queries, rules
from x_pilot_api.fees.schemas import FeeCeilingIn, FeeCeilingIssuedOut, FeeCeilingOut, FeeCeilingsIssuedOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["fees"])

ValidateOnly = Annotated[bool, Query(description="Do all of it, report what would become of each row, keep nothing")]

CEILINGS_MAX = 1_000
"""So many rows a file of ceilings may have."""


@router.get("/fee-ceilings", dependencies=[require(Permission.FEE_CEILINGS_READ)])
async def list_fee_ceilings(
    request: Request,
    response: Response,
    session: Session,
    page: Page,
    exam_form: Annotated[ExamForm | None, Query()] = None,
    level: Annotated[Level | None, Query(description="Only ceilings made for this level")] = None,
    in_force_on: Annotated[Day | None, Query(description="Only ceilings in force on this day")] = None,
) -> PageOut[FeeCeilingOut]:
    """List the ceilings, the same for every institution, oldest first; amounts are whole fen."""
    rows, token = await queries.list_ceilings(
        session, exam_form=exam_form, level=level, in_force_on=in_force_on, wish=page
    )
    pagination.link_next(request, response, token)
    items = [FeeCeilingOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[FeeCeilingOut](items=items, next_page_token=token)


@router.post(
    "/fee-ceilings",
    status_code=201,
    response_model=FeeCeilingIssuedOut,
    dependencies=[require(Permission.FEE_CEILINGS_ISSUE)],
)
async def issue_fee_ceiling(
    body: FeeCeilingIn, request: Request, session: Session, actor: CurrentActor, once: RunOnce
) -> FeeCeilingIssuedOut | JSONResponse:
    """Issue a ceiling; fee standards of any institution that it puts in the wrong are suspended and listed.

    The most specific ceiling applies: form, level and category before form and level before form alone.
    409 `ceiling_overlaps` when one for the same exams is in force on some of the days.
    """
    return await once(
        FeeCeilingIssuedOut,
        commands.issue_fee_ceiling(session, actor, wish=body),
        institution_id=None,
        location=lambda issued: f"{request.url.path}/{issued.id}",
    )


@router.get(
    "/fee-ceiling-template",
    dependencies=[require(Permission.FEE_CEILINGS_ISSUE)],
    response_class=Response,
    response_model=FeeCeilingsIssuedOut,
    responses=files.answering("xlsx"),
)
async def get_fee_ceiling_template() -> Response:
    """Download an empty table of ceilings, with its headers and a sheet that explains them."""
    return files.template(rules.CEILING_TITLE.zh, rules.CEILING_COLUMNS, "fee-ceilings-template.xlsx")


@router.post(
    "/fee-ceilings:file",
    dependencies=[require(Permission.FEE_CEILINGS_ISSUE)],
    openapi_extra=files.taking(*files.ANY_TABLES),
)
async def issue_fee_ceilings(
    request: Request,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    validate_only: ValidateOnly = False,
) -> FeeCeilingsIssuedOut:
    """Issue the ceilings of a file, .xlsx or .csv, all or none; 422 `fee_file_refused` names row, column and code.

    Sent again, every ceiling overlaps with what is there and nothing is done, so it takes no key.
    """
    limits = laying.limits_of(service.settings, rows=CEILINGS_MAX)
    sheet = await sheets.read_sheet(await request.body(), limits, rules.CEILING_COLUMNS)
    return await commands.issue_fee_ceilings(session, actor, sheet=sheet, validate_only=validate_only)


@router.get("/fee-ceilings/{ceiling_id}", dependencies=[require(Permission.FEE_CEILINGS_READ)])
async def get_fee_ceiling(ceiling_id: UUID, session: Session) -> FeeCeilingOut:
    """Read one ceiling."""
    return FeeCeilingOut.model_validate(await queries.get_ceiling(session, ceiling_id), from_attributes=True)
