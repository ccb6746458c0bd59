"""Bulletins that are being written, by the office or by a college."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.publications.commands import bulletins as commands
from x_pilot_api.publications.models import BulletinDraft
from x_pilot_api.publications.queries import audience
from x_pilot_api.publications.queries import bulletins as queries
from x_pilot_api.publications.schemas.bulletins import (
    BulletinDraftChange,
    BulletinDraftIn,
    BulletinDraftOut,
    BulletinOut,
    DraftReachOut,
)

router = AreaRouter(tags=["publications"])

_FOLLOW = require(Permission.BULLETINS_FOLLOW)
_ISSUE = require(Permission.BULLETINS_ISSUE)


@router.get("/bulletin-drafts", dependencies=[_FOLLOW])
async def list_bulletin_drafts(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[BulletinDraftOut]:
    """List the bulletins that are being written: the office sees all, a college its own."""
    items, token = await queries.list_drafts(session, actor, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[BulletinDraftOut](items=items, next_page_token=token)


@router.post("/bulletin-drafts", status_code=201, dependencies=[_ISSUE])
async def draft_bulletin(
    body: BulletinDraftIn, response: Response, session: Session, actor: CurrentActor
) -> BulletinDraftOut:
    """Begin a bulletin of the office, or of one's own college for its people."""
    draft = await commands.draft_bulletin(session, actor, wish=body)
    response.headers["Location"] = f"/v1/bulletin-drafts/{draft.id}"
    return await _draft(session, actor, draft)


@router.get(
    "/bulletin-drafts/{draft_id}",
    response_model=BulletinDraftOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[_FOLLOW],
)
async def get_bulletin_draft(
    draft_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read a bulletin that is being written; its ETag is what changing and publishing ask for."""
    draft = await queries.get_draft(session, queries.visible_drafts(actor), draft_id)
    return etags.answer(await _draft(session, actor, draft), if_none_match=if_none_match)


@router.put("/bulletin-drafts/{draft_id}", responses={**etags.GUARDED}, dependencies=[_ISSUE])
async def change_bulletin_draft(
    draft_id: UUID, body: BulletinDraftChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> BulletinDraftOut:
    """Write a draft anew in place of what was read."""
    draft = await commands.change_draft(session, actor, draft_id=draft_id, wish=body, if_match=if_match)
    return await _draft(session, actor, draft)


@router.delete("/bulletin-drafts/{draft_id}", status_code=204, dependencies=[_ISSUE])
async def discard_bulletin_draft(draft_id: UUID, session: Session, actor: CurrentActor) -> None:
    """Throw a draft away."""
    await commands.discard_draft(session, actor, draft_id=draft_id)


@router.get("/bulletin-drafts/{draft_id}/reach", dependencies=[_FOLLOW])
async def get_bulletin_draft_reach(draft_id: UUID, session: Session, actor: CurrentActor) -> DraftReachOut:
    """Count whom a draft would reach if it were published now, by role and college."""
    draft = await queries.get_draft(session, queries.visible_drafts(actor), draft_id)
    return await audience.preview_reach(session, draft.institution_id, draft.audience)


@router.post("/bulletin-drafts/{draft_id}:publish", responses={**etags.GUARDED}, dependencies=[_ISSUE])
async def publish_bulletin_draft(
    draft_id: UUID, session: Session, actor: CurrentActor, today: Today, if_match: IfMatch = None
) -> BulletinOut:
    """Publish a draft as it was read; a correction takes the place of what it corrects."""
    bulletin = await commands.publish_draft(session, actor, draft_id=draft_id, today=today, if_match=if_match)
    return await queries.tell_bulletin(session, actor, bulletin, today=today)


async def _draft(session: Session, actor: Actor, draft: BulletinDraft) -> BulletinDraftOut:
    (told,) = await queries.describe_drafts(session, actor, [draft])
    return told
