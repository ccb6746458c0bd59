"""The province's lead units per category of certificates."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.days import Day
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.texts import Line
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.posts import commands, queries
from x_pilot_api.posts.schemas import LeadUnitEndIn, LeadUnitListIn, LeadUnitListOut, LeadUnitOut

router = AreaRouter(tags=["posts"])


@router.get("/lead-units", dependencies=[require(Permission.LEAD_UNITS_READ)])
async def list_lead_units(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    category: Annotated[Line | None, Query()] = None,
    certificate_id: Annotated[UUID | None, Query()] = None,
    on: Annotated[Day | None, Query(description="Only terms that this day is part of")] = None,
) -> PageOut[LeadUnitOut]:
    """List the units that lead the province's groups, each with its category, certificates and term."""
    rows, token = await queries.list_units(
        session, actor, category=category, certificate_id=certificate_id, on=on, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_units(session, actor, rows)
    return PageOut[LeadUnitOut](items=items, next_page_token=token)


@router.post("/lead-units:load", status_code=201, dependencies=[require(Permission.LEAD_UNITS_LOAD)])
async def load_lead_units(body: LeadUnitListIn, session: Session, actor: CurrentActor) -> LeadUnitListOut:
    """Take in a list of lead units as one document names them; each line has its own outcome."""
    return await commands.load_lead_units(session, actor, wish=body)


@router.post("/lead-units/{unit_id}:end", dependencies=[require(Permission.LEAD_UNITS_LOAD)])
async def end_lead_unit(unit_id: UUID, body: LeadUnitEndIn, session: Session, actor: CurrentActor) -> LeadUnitOut:
    """End a unit's lead on a day, by a document."""
    unit = await commands.end_lead_unit(session, actor, unit_id=unit_id, wish=body)
    (told,) = await queries.describe_units(session, actor, [unit])
    return told
