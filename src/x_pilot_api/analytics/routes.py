"""How the pilot is going, and the rows behind each figure."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from x_pilot_api.analytics import queries
from x_pilot_api.analytics.models import AnalyticsBy, Figure
from x_pilot_api.analytics.queries import Asked
from x_pilot_api.analytics.schemas import AnalyticsOut, AnalyticsRowOut
from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["analytics"])

Month = Annotated[str | None, Query(pattern="^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$", description="As YYYY-MM, inclusive")]


def get_asked(
    college_id: Annotated[UUID | None, Query()] = None,
    programme_id: Annotated[UUID | None, Query()] = None,
    certificate_id: Annotated[UUID | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    organisation_id: Annotated[UUID | None, Query()] = None,
    month_from: Month = None,
    month_to: Month = None,
) -> Asked:
    """Read what is asked about from the query."""
    return Asked(
        college_id,
        programme_id,
        certificate_id,
        certificate_level_id,
        organisation_id,
        _first_day(month_from),
        _first_day(month_to),
    )


def _first_day(month: str | None) -> date | None:
    return date.fromisoformat(f"{month}-01") if month else None


About = Annotated[Asked, Depends(get_asked)]


@router.get("/analytics/figures", dependencies=[require(Permission.ANALYTICS_READ)])
async def get_analytics(
    session: Session,
    actor: CurrentActor,
    asked: About,
    by: Annotated[AnalyticsBy, Query(description="What figures are told by")] = AnalyticsBy.COLLEGE,
) -> AnalyticsOut:
    """Tell attainment, pass, attendance and account-opening rates with credits, by group; a coordinator their own."""
    return await queries.read_figures(session, actor, by=by, asked=asked)


@router.get("/analytics/rows", dependencies=[require(Permission.ANALYTICS_READ)])
async def list_analytics_rows(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    asked: About,
    page: Page,
    figure: Annotated[Figure, Query(description="The figure whose rows are asked for")],
) -> PageOut[AnalyticsRowOut]:
    """List the rows behind one figure, by the same conditions: their amounts add up to it."""
    rows, token = await queries.list_rows(session, actor, figure=figure, asked=asked, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[AnalyticsRowOut](items=list(rows), next_page_token=token)
