"""The evaluation organisations."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.texts import Line
from x_pilot_api.identity import commands, queries
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.identity.schemas import OrganisationChange, OrganisationIn, OrganisationOut

router = AreaRouter(tags=["identity"])


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


@router.post("/organisations", status_code=201, dependencies=[require(Permission.ORGANISATIONS_MANAGE)])
async def enter_organisation(
    body: OrganisationIn, response: Response, session: Session, actor: CurrentActor
) -> OrganisationOut:
    """Enter an evaluation organisation; its unified social credit code is checked by its check digit."""
    organisation = await commands.enter_organisation(session, actor, wish=body)
    response.headers["Location"] = f"/v1/organisations/{organisation.id}"
    return OrganisationOut.model_validate(organisation, from_attributes=True)


@router.get(
    "/organisations/{organisation_id}",
    response_model=OrganisationOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.ORGANISATIONS_READ)],
)
async def get_organisation(organisation_id: UUID, session: Session, if_none_match: IfNoneMatch = None) -> Response:
    """Read one evaluation organisation; 304 while the caller's copy is still true."""
    organisation = await queries.get_organisation(session, organisation_id)
    out = OrganisationOut.model_validate(organisation, from_attributes=True)
    return etags.answer(out, if_none_match=if_none_match)


@router.patch(
    "/organisations/{organisation_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.ORGANISATIONS_MANAGE)],
)
async def change_organisation(
    organisation_id: UUID, body: OrganisationChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> OrganisationOut:
    """Correct an organisation's name or code; `If-Match` names the copy the change is made to."""
    organisation = await commands.change_organisation(
        session, actor, organisation_id=organisation_id, change=body, if_match=if_match
    )
    return OrganisationOut.model_validate(organisation, from_attributes=True)


@router.delete(
    "/organisations/{organisation_id}",
    status_code=204,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.ORGANISATIONS_MANAGE)],
)
async def delete_organisation(
    organisation_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> None:
    """Take out an organisation to which nothing refers yet; 409 `organisation_in_use` otherwise."""
    await commands.delete_organisation(session, actor, organisation_id=organisation_id, if_match=if_match)
