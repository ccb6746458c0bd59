"""The sittings whose day the caller runs, whatever plans they are of."""

from typing import Annotated

from fastapi import Query, Request, Response

from x_pilot_api.core import clock, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.exam_days import queries
from x_pilot_api.exams import queries as exams
from x_pilot_api.exams.schemas import SittingOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exam days"])


@router.get("/exam-sittings", dependencies=[require(Permission.SEATS_READ)])
async def find_exam_sittings(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    is_mine: Annotated[bool | None, Query(description="Examined by the caller, or only by others")] = None,
    is_coming: Annotated[bool | None, Query(description="Neither cancelled nor over")] = None,
) -> PageOut[SittingOut]:
    """List the sittings of all plans whose day the caller runs, as they follow each other.

    An office sees all, a college those at its own sites, a teacher those they examine. Who examines what was
    cancelled is free again, so that it is no longer theirs.
    """
    filters = queries.SittingFilters(is_mine=is_mine, is_coming=is_coming)
    rows, token = await queries.find_sittings(session, actor, filters=filters, wish=page, now=clock.now())
    pagination.link_next(request, response, token)
    items = await exams.describe_sittings(session, actor, rows)
    return PageOut[SittingOut](items=items, next_page_token=token)
