"""Published rules and rules on notice, for everybody; and the feed of what was published last."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, languages, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.core.texts import Code
from x_pilot_api.mappings import queries as mappings
from x_pilot_api.public import queries
from x_pilot_api.public.schemas import FeedOut, PublicMappingOut

router = AreaRouter(tags=["public"])

FEED = "application/feed+json"
FEED_SIZE = 50
_KEPT = "public, max-age=300"


@router.get("/public/mappings", dependencies=[public()])
async def list_published_mappings(
    request: Request,
    response: Response,
    session: Session,
    page: Page,
    institution_id: Annotated[UUID | None, Query()] = None,
    programme_code: Annotated[Code | None, Query(examples=["530301"])] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    in_force_on: Annotated[date | None, Query(description="Only rules that hold on this day")] = None,
) -> PageOut[PublicMappingOut]:
    """List the published rules of every institution, superseded versions too: they count for their days."""
    rows, token = await mappings.list_published(
        session,
        institution_id=institution_id,
        programme_code=programme_code,
        certificate_level_id=certificate_level_id,
        on=in_force_on,
        wish=page,
    )
    pagination.link_next(request, response, token)
    response.headers["Cache-Control"] = _KEPT
    return PageOut[PublicMappingOut](items=await queries.tell_mappings(session, rows), next_page_token=token)


@router.get(
    "/public/mappings/{mapping_id}",
    response_model=PublicMappingOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[public()],
)
async def get_published_mapping(mapping_id: UUID, session: Session, if_none_match: IfNoneMatch = None) -> Response:
    """Read one published rule."""
    mapping = await mappings.get_published(session, mapping_id)
    (told,) = await queries.tell_mappings(session, [mapping])
    return etags.answer(told, if_none_match=if_none_match)


@router.get("/public/mapping-notices", dependencies=[public()])
async def list_mappings_on_notice(
    request: Request,
    response: Response,
    session: Session,
    today: Today,
    page: Page,
    institution_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[PublicMappingOut]:
    """List the rules that are shown for objections today; each comes down after its last day."""
    rows, token = await mappings.list_mappings_on_notice(session, today=today, institution_id=institution_id, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[PublicMappingOut](items=await queries.tell_mappings(session, rows), next_page_token=token)


@router.get(
    "/public/mapping-feed",
    response_model=FeedOut,
    responses={**etags.NOT_MODIFIED, 200: {"content": {FEED: {}}}},
    dependencies=[public()],
)
async def feed_published_mappings(
    session: Session,
    service: CurrentService,
    institution_id: Annotated[UUID | None, Query()] = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Give the rules published last as a JSON Feed 1.1, the newest first."""
    rows = await mappings.list_latest_published(session, institution_id=institution_id, size=FEED_SIZE)
    told = await queries.tell_mappings(session, rows)
    feed = queries.feed_of(told, base=service.settings.issuer, language=languages.spoken())
    answer = etags.answer(feed, if_none_match=if_none_match)
    answer.headers["Cache-Control"] = _KEPT
    if answer.status_code == 200:  # noqa: PLR2004 - the one with a body
        answer.headers["Content-Type"] = FEED
    return answer
