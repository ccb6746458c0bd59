"""Links by which a holder shows a certificate; whoever opens one asks GET /v1/shared-awards/{token}."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.awards import commands, queries
from x_pilot_api.awards.schemas import AwardShareIn, AwardShareMadeOut, AwardShareOut, AwardShareViewOut
from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["awards"])


@router.post("/awards/{award_id}/shares", status_code=201, dependencies=[require(Permission.AWARD_SHARES_MANAGE)])
async def share_award(
    award_id: UUID, body: AwardShareIn, response: Response, session: Session, actor: CurrentActor
) -> AwardShareMadeOut:
    """Make a link to one of the caller's own certificates; its secret is told in this answer and never again.

    Recall a link whose answer was lost and make another one. 409 `shares_too_many` beyond 20 open ones.
    """
    response.headers["Cache-Control"] = "no-store"
    made = await commands.share_award(session, actor, award_id=award_id, wish=body)
    (told,) = await queries.tell_shares(session, [made.share])
    return AwardShareMadeOut.of(told, made.token)


@router.get("/awards/{award_id}/shares", dependencies=[require(Permission.AWARD_SHARES_MANAGE)])
async def list_award_shares(
    award_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[AwardShareOut]:
    """List the caller's links to one of their certificates."""
    award = await queries.get_award(session, actor, award_id)
    items, token = await queries.list_shares(session, actor, award, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[AwardShareOut](items=items, next_page_token=token)


@router.post("/award-shares/{share_id}:recall", dependencies=[require(Permission.AWARD_SHARES_MANAGE)])
async def recall_award_share(share_id: UUID, session: Session, actor: CurrentActor) -> AwardShareOut:
    """Let a link show nothing any more; from then on it is answered 410."""
    (told,) = await queries.tell_shares(session, [await commands.recall_share(session, actor, share_id=share_id)])
    return told


@router.get("/award-shares/{share_id}/views", dependencies=[require(Permission.AWARD_SHARES_MANAGE)])
async def list_share_views(
    share_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[AwardShareViewOut]:
    """List when a link was looked at and by what kind of client; of who looked nothing is kept."""
    share = await queries.get_share(session, actor, share_id)
    rows, token = await queries.list_views(session, share, wish=page)
    pagination.link_next(request, response, token)
    items = [AwardShareViewOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[AwardShareViewOut](items=items, next_page_token=token)
