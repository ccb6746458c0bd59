"""Types of report, and the periods that are opened of them."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.reports import commands, queries
from x_pilot_api.reports.models import ReportType
from x_pilot_api.reports.schemas import (
    ReportDefinitionIn,
    ReportPeriodIn,
    ReportsOpenedOut,
    ReportTypeIn,
    ReportTypeOut,
)

router = AreaRouter(tags=["reports"])


@router.get("/report-types", dependencies=[require(Permission.REPORTS_READ)])
async def list_report_types(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[ReportTypeOut]:
    """List the types of report the institution asks for, as their latest versions have them."""
    rows, token = await queries.list_types(session, actor, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_types(session, actor, rows)
    return PageOut[ReportTypeOut](items=items, next_page_token=token)


@router.post("/report-types", status_code=201, dependencies=[require(Permission.REPORT_TYPES_DEFINE)])
async def define_report_type(
    body: ReportTypeIn, response: Response, session: Session, actor: CurrentActor
) -> ReportTypeOut:
    """Define a type of report: how often, when it is due, its sections and the figures in them (N(17))."""
    type_ = await commands.define_type(session, actor, wish=body)
    response.headers["Location"] = f"/v1/report-types/{type_.id}"
    return await _told(session, actor, type_)


@router.get(
    "/report-types/{type_id}",
    response_model=ReportTypeOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.REPORTS_READ)],
)
async def get_report_type(
    type_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one type of report; its ETag is what defining it anew asks for."""
    type_ = await queries.get_type(session, actor, type_id)
    return etags.answer(await _told(session, actor, type_), if_none_match=if_none_match)


@router.put(
    "/report-types/{type_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.REPORT_TYPES_DEFINE)],
)
async def redefine_report_type(
    type_id: UUID, body: ReportDefinitionIn, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> ReportTypeOut:
    """Give a type its next version; reports that are open keep the version they were opened with."""
    type_ = await commands.redefine_type(session, actor, type_id=type_id, wish=body, if_match=if_match)
    return await _told(session, actor, type_)


@router.post("/report-types/{type_id}:open", dependencies=[require(Permission.REPORT_TYPES_DEFINE)])
async def open_reports(type_id: UUID, body: ReportPeriodIn, session: Session, actor: CurrentActor) -> ReportsOpenedOut:
    """Open a period for all colleges at once; asked again, colleges that came since get their report too."""
    opened = await commands.open_period(session, actor, type_id=type_id, wish=body)
    period = opened.period
    return ReportsOpenedOut(
        period_from=period.period_from,
        period_to=period.period_to,
        period_label=opened.label,
        closes_at=period.closes_at,
        due_on=period.due_on,
        opened=opened.reports,
    )


@router.post("/report-types/{type_id}:retire", dependencies=[require(Permission.REPORT_TYPES_DEFINE)])
async def retire_report_type(type_id: UUID, session: Session, actor: CurrentActor) -> ReportTypeOut:
    """Open no more periods of a type; the reports there are go on."""
    return await _told(session, actor, await commands.retire_type(session, actor, type_id=type_id))


@router.post("/report-types/{type_id}:revive", dependencies=[require(Permission.REPORT_TYPES_DEFINE)])
async def revive_report_type(type_id: UUID, session: Session, actor: CurrentActor) -> ReportTypeOut:
    """Let periods of a type be opened again."""
    return await _told(session, actor, await commands.revive_type(session, actor, type_id=type_id))


async def _told(session: Session, actor: Actor, type_: ReportType) -> ReportTypeOut:
    (told,) = await queries.describe_types(session, actor, [type_])
    return told
