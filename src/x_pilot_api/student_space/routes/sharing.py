"""Links by which a student shows certificates of their own."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.awards import commands as award_deeds
from x_pilot_api.awards import queries as awards
from x_pilot_api.awards.schemas import AwardShareIn, AwardShareMadeOut, AwardShareViewOut
from x_pilot_api.core import etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import NOT_MODIFIED, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.student_space import queries
from x_pilot_api.student_space.routes.own import CurrentOwn
from x_pilot_api.student_space.schemas import OwnSharesOut

router = AreaRouter(tags=["my space"])

_READ = [require(Permission.MY_SPACE_READ)]
_USE = [require(Permission.MY_SPACE_USE)]
_ONE = "/me/award-shares/{share_id}"


@router.get("/me/award-shares", dependencies=_READ, response_model=OwnSharesOut, responses=dict(NOT_MODIFIED))
async def list_own_shares(session: Session, own: CurrentOwn, if_none_match: IfNoneMatch = None) -> Response:
    """List the links to one's certificates that were not recalled, the newest first."""
    return etags.answer(OwnSharesOut(items=await queries.list_shares(session, own)), if_none_match=if_none_match)


@router.post("/me/awards/{award_id}/shares", status_code=201, dependencies=_USE)
async def share_own_award(
    award_id: UUID, body: AwardShareIn, response: Response, session: Session, actor: CurrentActor, own: CurrentOwn
) -> AwardShareMadeOut:
    """Make a link to one of one's certificates with chosen fields and an end; its secret is told this once."""
    response.headers["Cache-Control"] = "no-store"
    await queries.get_own_award(session, own, award_id)
    made = await award_deeds.share_award(session, actor, award_id=award_id, wish=body)
    (told,) = await awards.tell_shares(session, [made.share])
    return AwardShareMadeOut.of(told, made.token)


@router.post(f"{_ONE}:recall", status_code=204, dependencies=_USE)
async def recall_own_share(share_id: UUID, session: Session, actor: CurrentActor, own: CurrentOwn) -> None:
    """Let a link show nothing any more; it is then no longer listed, and who opens it is answered 410."""
    await queries.get_own_share(session, own, share_id)
    await award_deeds.recall_share(session, actor, share_id=share_id)


@router.get(f"{_ONE}/views", dependencies=_READ)
async def list_own_share_views(
    share_id: UUID, request: Request, response: Response, session: Session, own: CurrentOwn, page: Page
) -> PageOut[AwardShareViewOut]:
    """List when a link was looked at and by what kind of client; of who looked nothing is kept."""
    share = await queries.get_own_share(session, own, share_id)
    rows, token = await awards.list_views(session, share, wish=page)
    pagination.link_next(request, response, token)
    items = [AwardShareViewOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[AwardShareViewOut](items=items, next_page_token=token)
