"""The colleges' reports: written, submitted, answered, compared, taken away as files."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Query, Request, Response

from x_pilot_api.core import clock, db, etags, files, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.days import Day
from x_pilot_api.core.db import Session, leaves_a_record
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.figures.models import FigureSide
from x_pilot_api.figures.schemas import FigureRowOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.reports import commands, queries
from x_pilot_api.reports.models import Report, ReportState
from x_pilot_api.reports.schemas import (
    ReportAcceptanceIn,
    ReportDetailOut,
    ReportFiguresOut,
    ReportHistoryOut,
    ReportNarrativesIn,
    ReportOut,
    ReportReturnIn,
)

router = AreaRouter(tags=["reports"])


class ReportMoment(StrEnum):
    """As of when rows are listed."""

    CLOSING = "closing"
    NOW = "now"


@router.get("/reports", dependencies=[require(Permission.REPORTS_READ)])
async def list_reports(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    report_type_id: Annotated[UUID | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[ReportState | None, Query()] = None,
    is_late: Annotated[bool | None, Query(description="Submitted after the day they were due")] = None,
    is_overdue: Annotated[bool | None, Query(description="Waited for after the day they were due")] = None,
    period_from: Annotated[Day | None, Query(description="The first day of their period")] = None,
) -> PageOut[ReportOut]:
    """List reports: the institution's, or those of a coordinator's colleges."""
    rows, token = await queries.list_reports(
        session,
        actor,
        report_type_id=report_type_id,
        college_id=college_id,
        state=state,
        is_late=is_late,
        is_overdue=is_overdue,
        period_from=period_from,
        today=today,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_reports(session, actor, rows, today=today, now=clock.now())
    return PageOut[ReportOut](items=items, next_page_token=token)


# Before the plain path, whose last parameter would take the deed for a part of the id.
@router.get(
    "/reports/{report_id}:export",
    dependencies=[require(Permission.REPORTS_READ)],
    response_class=Response,
    response_model=ReportFiguresOut,
    responses=files.answering("xlsx"),
)
@leaves_a_record
async def export_report(
    report_id: UUID, session: Session, actor: CurrentActor, today: Today, service: CurrentService
) -> Response:
    """Take a report away as .xlsx: its figures with what they are compared to, and its words; it is on record."""
    report = await queries.get_report(session, actor, report_id)
    zone = ZoneInfo(service.settings.timezone)
    content = await commands.export_report(session, actor, report=report, today=today, now=clock.now(), zone=zone)
    return files.answer(content, f"report-{report.period_from}-{report.id}.xlsx")


@router.get(
    "/reports/{report_id}:print",
    dependencies=[require(Permission.REPORTS_READ)],
    response_class=Response,
    response_model=ReportFiguresOut,
    responses=files.answering("pdf"),
)
@leaves_a_record
async def print_report(
    report_id: UUID, session: Session, actor: CurrentActor, today: Today, service: CurrentService
) -> Response:
    """Take a report away as PDF, to be signed and filed; it is on record."""
    report = await queries.get_report(session, actor, report_id)
    zone = ZoneInfo(service.settings.timezone)
    content = await commands.print_report(session, actor, report=report, today=today, now=clock.now(), zone=zone)
    return files.answer(content, f"report-{report.period_from}-{report.id}.pdf")


@router.get(
    "/reports/{report_id}",
    response_model=ReportDetailOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.REPORTS_READ)],
)
async def get_report(
    report_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one report with its sections; the ETag is what writing and submitting ask for."""
    report = await queries.get_report(session, actor, report_id)
    return etags.answer(await _detail(session, actor, report), if_none_match=if_none_match)


@router.get("/reports/{report_id}/history", dependencies=[require(Permission.REPORTS_READ)])
async def get_report_history(report_id: UUID, session: Session, actor: CurrentActor) -> ReportHistoryOut:
    """Read everything that was submitted, as it was then, and how the office answered."""
    return await queries.list_history(session, await queries.get_report(session, actor, report_id))


@router.get("/reports/{report_id}/figures", dependencies=[require(Permission.REPORTS_READ)])
async def get_report_figures(report_id: UUID, session: Session, actor: CurrentActor) -> ReportFiguresOut:
    """Read a report's figures beside the accepted report before it, and beside what they would be now."""
    report = await queries.get_report(session, actor, report_id)
    return await queries.figures_of(session, report, now=clock.now())


@router.get("/reports/{report_id}/figures/{code}/rows", dependencies=[require(Permission.REPORTS_READ)])
async def list_report_figure_rows(
    report_id: UUID,
    code: str,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    side: Annotated[FigureSide, Query()] = FigureSide.NUMERATOR,
    moment: Annotated[
        ReportMoment, Query(description="As of the closing instant, or as of now")
    ] = ReportMoment.CLOSING,
) -> PageOut[FigureRowOut]:
    """List the rows behind one figure of a report as they counted at its closing instant, or as they count now."""
    report = await queries.get_report(session, actor, report_id)
    now = clock.now()
    as_of = now if moment is ReportMoment.NOW else min(now, report.closes_at)
    items, token = await queries.list_rows(session, report, code=code, side=side, as_of=as_of, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[FigureRowOut](items=items, next_page_token=token)


@router.put(
    "/reports/{report_id}/narratives",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.REPORTS_FILL)],
)
async def fill_report(
    report_id: UUID,
    body: ReportNarrativesIn,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> ReportDetailOut:
    """Write a report's sections in place of what was there; nothing is submitted by it."""
    report = await commands.fill_report(
        session, actor, report_id=report_id, wish=body, today=today, now=clock.now(), if_match=if_match
    )
    return await _detail(session, actor, report)


@router.post(
    "/reports/{report_id}:submit",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.REPORTS_FILL)],
)
async def submit_report(
    report_id: UUID, session: Session, actor: CurrentActor, today: Today, if_match: IfMatch = None
) -> ReportDetailOut:
    """Submit a report as it was read: words and figures are kept for good, flagged if they come late.

    409 `report_not_closed` before its closing instant, `report_narrative_missing` while a section wants words.
    """
    report = await commands.submit_report(
        session, actor, report_id=report_id, today=today, now=clock.now(), if_match=if_match
    )
    return await _detail(session, actor, report)


@router.post("/reports/{report_id}:send-back", dependencies=[require(Permission.REPORTS_DECIDE)])
async def send_back_report(
    report_id: UUID, body: ReportReturnIn, session: Session, actor: CurrentActor
) -> ReportDetailOut:
    """Send a report back with a comment; its college is told."""
    report = await commands.send_back(session, actor, report_id=report_id, comment=body.comment)
    return await _detail(session, actor, report)


@router.post("/reports/{report_id}:accept", dependencies=[require(Permission.REPORTS_DECIDE)])
async def accept_report(
    report_id: UUID, body: ReportAcceptanceIn, session: Session, actor: CurrentActor
) -> ReportDetailOut:
    """Accept a report; the next period's is compared with it."""
    report = await commands.accept_report(session, actor, report_id=report_id, comment=body.comment)
    return await _detail(session, actor, report)


async def _detail(session: Session, actor: Actor, report: Report) -> ReportDetailOut:
    return await queries.tell_detail(session, actor, report, today=db.today_of(session), now=clock.now())
