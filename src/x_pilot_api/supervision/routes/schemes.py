"""Versions of the scheme by which colleges are assessed."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.supervision import commands
from x_pilot_api.supervision.models import CollegeScheme, CollegeSchemeState
from x_pilot_api.supervision.queries import schemes as queries
from x_pilot_api.supervision.schemas.schemes import CollegeSchemeIn, CollegeSchemeOut

router = AreaRouter(tags=["supervision"])


@router.get("/college-schemes", dependencies=[require(Permission.COLLEGE_ASSESSMENTS_READ)])
async def list_college_schemes(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    state: Annotated[CollegeSchemeState | None, Query()] = None,
) -> PageOut[CollegeSchemeOut]:
    """List the versions of the scheme by which colleges are assessed; drafts for who draws them up."""
    rows, token = await queries.list_schemes(session, actor, state=state, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_schemes(session, actor, rows)
    return PageOut[CollegeSchemeOut](items=items, next_page_token=token)


@router.post("/college-schemes", status_code=201, dependencies=[require(Permission.COLLEGE_SCHEMES_SET)])
async def draft_college_scheme(
    body: CollegeSchemeIn, response: Response, session: Session, actor: CurrentActor
) -> CollegeSchemeOut:
    """Draw the next version up: indicators with weights that add up to 100 and targets, by a document (three (2)).

    409 `indicator_weights_not_whole`, `indicator_is_no_ratio`, `college_scheme_draft_exists`.
    """
    scheme = await commands.draft_scheme(session, actor, wish=body)
    response.headers["Location"] = f"/v1/college-schemes/{scheme.id}"
    return await _told(session, actor, scheme)


@router.get(
    "/college-schemes/{scheme_id}",
    response_model=CollegeSchemeOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.COLLEGE_ASSESSMENTS_READ)],
)
async def get_college_scheme(
    scheme_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one version; its ETag is what changing it and putting it in force ask for."""
    scheme = await queries.get_scheme(session, actor, scheme_id)
    return etags.answer(await _told(session, actor, scheme), if_none_match=if_none_match)


@router.put(
    "/college-schemes/{scheme_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COLLEGE_SCHEMES_SET)],
)
async def change_college_scheme(
    scheme_id: UUID, body: CollegeSchemeIn, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> CollegeSchemeOut:
    """Change a draft; 409 `deed_not_allowed` for what was ever in force."""
    scheme = await commands.change_scheme(session, actor, scheme_id=scheme_id, wish=body, if_match=if_match)
    return await _told(session, actor, scheme)


@router.post(
    "/college-schemes/{scheme_id}:enact",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.COLLEGE_SCHEMES_SET)],
)
async def enact_college_scheme(
    scheme_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> CollegeSchemeOut:
    """Put a draft in force as it was read, from its first year on; 409 `college_scheme_too_early` for an open year."""
    return await _told(
        session, actor, await commands.enact_scheme(session, actor, scheme_id=scheme_id, if_match=if_match)
    )


async def _told(session: Session, actor: Actor, scheme: CollegeScheme) -> CollegeSchemeOut:
    (told,) = await queries.describe_schemes(session, actor, [scheme])
    return told
