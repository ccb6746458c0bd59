"""Cost sheets: drawn up by colleges, decided on by the office, compared across colleges."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import ExamForm
from x_pilot_api.core import etags, files, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.core.tables import laying, sheets
from x_pilot_api.fees import commands, queries, rules
from x_pilot_api.fees.models import FIRST_YEAR, LAST_YEAR, LINES_MAX, CostSheet, CostSheetState
from x_pilot_api.fees.routes.ceilings import ValidateOnly
from x_pilot_api.fees.schemas import (
    CostComparisonOut,
    CostLinesLoadedOut,
    CostSheetChange,
    CostSheetIn,
    CostSheetOut,
    CostSheetSummaryOut,
    FeeReasonIn,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["fees"])

_Year = Annotated[int, Query(ge=FIRST_YEAR, le=LAST_YEAR, examples=[2026])]


@router.get("/cost-sheets", dependencies=[require(Permission.COST_SHEETS_READ)])
async def list_cost_sheets(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    exam_form: Annotated[ExamForm | None, Query()] = None,
    year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None,
    state: Annotated[CostSheetState | None, Query()] = None,
) -> PageOut[CostSheetSummaryOut]:
    """List cost sheets: an office its institution's, a college its own, an organisation what was settled of its."""
    rows, token = await queries.list_sheets(
        session,
        actor,
        college_id=college_id,
        certificate_level_id=certificate_level_id,
        exam_form=exam_form,
        year=year,
        state=state,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = [queries.summarise(actor, row) for row in rows]
    return PageOut[CostSheetSummaryOut](items=items, next_page_token=token)


@router.post("/cost-sheets", status_code=201, dependencies=[require(Permission.COST_SHEETS_DRAW_UP)])
async def draw_up_cost_sheet(
    body: CostSheetIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> CostSheetOut:
    """Draw up a college's sheet for a level, exam form and year, or its next version once one is accepted.

    409 `cost_sheet_open` while a version is open.
    """
    sheet = await commands.draw_up_cost_sheet(session, actor, wish=body)
    response.headers["Location"] = f"/v1/cost-sheets/{sheet.id}"
    return await queries.describe_sheet(session, actor, sheet, today=today)


@router.get(
    "/cost-sheet-template",
    dependencies=[require(Permission.COST_SHEETS_DRAW_UP)],
    response_class=Response,
    response_model=CostLinesLoadedOut,
    responses=files.answering("xlsx"),
)
async def get_cost_sheet_template() -> Response:
    """Download an empty table of lines, with its headers and a sheet that explains them."""
    return files.template(rules.SHEET_TITLE.zh, rules.SHEET_COLUMNS, "cost-sheet-template.xlsx")


@router.get("/cost-comparisons", dependencies=[require(Permission.COST_SHEETS_COMPARE)])
async def list_cost_comparisons(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    year: _Year,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[CostComparisonOut]:
    """Compare the colleges' accepted sheets of a year with each other, the ceiling and the year before."""
    items, token = await queries.list_comparisons(
        session,
        institution_id=actor.institution_id,
        year=year,
        certificate_level_id=certificate_level_id,
        today=today,
        wish=page,
    )
    pagination.link_next(request, response, token)
    return PageOut[CostComparisonOut](items=items, next_page_token=token)


@router.get(
    "/cost-sheets/{cost_sheet_id}",
    response_model=CostSheetOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.COST_SHEETS_READ)],
)
async def get_cost_sheet(
    cost_sheet_id: UUID, session: Session, actor: CurrentActor, today: Today, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one sheet: lines, total per candidate, findings with their clauses, ceiling, last year's figures."""
    sheet = await queries.get_sheet(session, actor, cost_sheet_id)
    told = await queries.describe_sheet(session, actor, sheet, today=today)
    return etags.answer(told, if_none_match=if_none_match)


async def _do(
    session: AsyncSession,
    actor: Actor,
    sheet: CostSheet,
    if_match: str | None,
    today: date,
    deed: Callable[[], Awaitable[None]],
) -> CostSheetOut:
    """Do a deed on the copy of a locked sheet that was read."""
    etags.check(await queries.describe_sheet(session, actor, sheet, today=today), if_match=if_match)
    await deed()
    return await queries.describe_sheet(session, actor, sheet, today=today)


@router.put(
    "/cost-sheets/{cost_sheet_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COST_SHEETS_DRAW_UP)],
)
async def change_cost_sheet(
    cost_sheet_id: UUID,
    body: CostSheetChange,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> CostSheetOut:
    """Write a sheet anew with all its lines, while it is a draft or was returned."""
    sheet = await queries.take_cost_sheet(session, actor, cost_sheet_id, to_draw_up=True)

    async def change() -> None:
        await commands.change_cost_sheet(session, actor, sheet=sheet, change=body)

    return await _do(session, actor, sheet, if_match, today, change)


@router.post(
    "/cost-sheets/{cost_sheet_id}/lines:file",
    dependencies=[require(Permission.COST_SHEETS_DRAW_UP)],
    responses={**etags.GUARDED},
    openapi_extra=files.taking(*files.ANY_TABLES),
)
async def load_cost_lines(
    cost_sheet_id: UUID,
    request: Request,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    today: Today,
    validate_only: ValidateOnly = False,
    if_match: IfMatch = None,
) -> CostLinesLoadedOut:
    """Replace a sheet's lines by those of a file, .xlsx or .csv, all or none.

    422 `fee_file_refused` names row, column and code of whatever is wrong.
    """
    await queries.get_sheet(session, actor, cost_sheet_id)
    limits = laying.limits_of(service.settings, rows=LINES_MAX)
    file = await sheets.read_sheet(await request.body(), limits, rules.SHEET_COLUMNS)
    sheet = await queries.take_cost_sheet(session, actor, cost_sheet_id, to_draw_up=True)
    etags.check(await queries.describe_sheet(session, actor, sheet, today=today), if_match=if_match)
    return await commands.load_cost_lines(
        session, actor, sheet=sheet, file=file, validate_only=validate_only, today=today
    )


@router.post(
    "/cost-sheets/{cost_sheet_id}:submit",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COST_SHEETS_DRAW_UP)],
)
async def submit_cost_sheet(
    cost_sheet_id: UUID, session: Session, actor: CurrentActor, today: Today, if_match: IfMatch = None
) -> CostSheetOut:
    """Hand a sheet to the office; 409 `cost_sheet_breaches` lists what goes against a published rule."""
    sheet = await queries.take_cost_sheet(session, actor, cost_sheet_id, to_draw_up=True)

    async def submit() -> None:
        await commands.submit_cost_sheet(session, actor, sheet=sheet, today=today)

    return await _do(session, actor, sheet, if_match, today, submit)


@router.post(
    "/cost-sheets/{cost_sheet_id}:accept",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COST_SHEETS_DECIDE)],
)
async def accept_cost_sheet(
    cost_sheet_id: UUID, session: Session, actor: CurrentActor, today: Today, if_match: IfMatch = None
) -> CostSheetOut:
    """Accept a sheet, by another person than submitted it; the version before it is superseded."""
    sheet = await queries.take_cost_sheet(session, actor, cost_sheet_id, to_draw_up=False)

    async def accept() -> None:
        await commands.accept_cost_sheet(session, actor, sheet=sheet)

    return await _do(session, actor, sheet, if_match, today, accept)


@router.post(
    "/cost-sheets/{cost_sheet_id}:return",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COST_SHEETS_DECIDE)],
)
async def return_cost_sheet(
    cost_sheet_id: UUID,
    body: FeeReasonIn,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> CostSheetOut:
    """Give a sheet back to be corrected, with a reason."""
    sheet = await queries.take_cost_sheet(session, actor, cost_sheet_id, to_draw_up=False)

    async def give_back() -> None:
        await commands.return_cost_sheet(session, actor, sheet=sheet, reason=body.reason)

    return await _do(session, actor, sheet, if_match, today, give_back)
