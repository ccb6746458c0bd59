"""The evaluation organisations."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.auth import require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.texts import Line
from x_pilot_api.identity import queries
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.identity.schemas import OrganisationOut

router = APIRouter(tags=["identity"])


@router.get("/organisations", dependencies=[require(Permission.ORGANISATIONS_READ)])
async def list_organisations(
    request: Request,
    response: Response,
    session: Session,
    page: Page,
    text: Annotated[Line | None, Query(description="Part of the name")] = None,
) -> PageOut[OrganisationOut]:
    """List the evaluation organisations by name."""
    rows, token = await queries.list_organisations(session, text=text, wish=page)
    pagination.link_next(request, response, token)
    items = [OrganisationOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[OrganisationOut](items=items, next_page_token=token)


@router.get("/organisations/{organisation_id}", dependencies=[require(Permission.ORGANISATIONS_READ)])
async def get_organisation(organisation_id: UUID, session: Session) -> OrganisationOut:
    """Read one evaluation organisation."""
    return OrganisationOut.model_validate(
        await queries.get_organisation(session, organisation_id), from_attributes=True
    )
