"""Bulletins: reading what is addressed to oneself, and following who has read it."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.publications.commands import bulletins as commands
from x_pilot_api.publications.models import BulletinState
from x_pilot_api.publications.queries import audience
from x_pilot_api.publications.queries import bulletins as queries
from x_pilot_api.publications.schemas.bulletins import (
    BulletinBriefOut,
    BulletinCorrectionIn,
    BulletinDraftOut,
    BulletinOut,
    BulletinReaderOut,
    BulletinWithdrawalIn,
    UnreadBulletinsOut,
)

router = AreaRouter(tags=["publications"])

_READ = require(Permission.BULLETINS_READ)
_FOLLOW = require(Permission.BULLETINS_FOLLOW)
_ISSUE = require(Permission.BULLETINS_ISSUE)


@router.get("/bulletins", dependencies=[_READ])
async def list_bulletins(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    is_unread: Annotated[bool | None, Query(description="Only what one has not read, or only what one has")] = None,
) -> PageOut[BulletinBriefOut]:
    """List the bulletins that are shown to oneself today, the newest first; each comes down on its day by itself."""
    items, token = await queries.list_bulletins(
        session, actor, queries.told_to(actor, today=today), state=None, is_unread=is_unread, today=today, wish=page
    )
    pagination.link_next(request, response, token)
    return PageOut[BulletinBriefOut](items=items, next_page_token=token)


@router.get("/bulletins:count", dependencies=[_READ])
async def count_bulletins(session: Session, actor: CurrentActor, today: Today) -> UnreadBulletinsOut:
    """Count the bulletins that wait for oneself."""
    return await queries.count_unread(session, actor, today=today)


@router.get("/bulletins:issued", dependencies=[_FOLLOW])
async def list_issued_bulletins(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    state: Annotated[BulletinState | None, Query()] = None,
) -> PageOut[BulletinBriefOut]:
    """List bulletins with how many have read them, the newest first: the office all, a college its own."""
    items, token = await queries.list_bulletins(
        session, actor, queries.followed_by(actor), state=state, is_unread=None, today=today, wish=page
    )
    pagination.link_next(request, response, token)
    return PageOut[BulletinBriefOut](items=items, next_page_token=token)


@router.get("/bulletins/{bulletin_id}", dependencies=[_READ])
async def get_bulletin(bulletin_id: UUID, session: Session, actor: CurrentActor, today: Today) -> BulletinOut:
    """Read one bulletin that is shown to oneself, or that one follows; reading it here confirms nothing."""
    statement = queries.visible_bulletins(actor, today=today)
    bulletin = await queries.get_bulletin(session, statement, bulletin_id)
    return await queries.tell_bulletin(session, actor, bulletin, today=today)


@router.post("/bulletins/{bulletin_id}:read", dependencies=[_READ])
async def read_bulletin(bulletin_id: UUID, session: Session, actor: CurrentActor, today: Today) -> BulletinOut:
    """Confirm to have read a bulletin; saying it again changes nothing."""
    bulletin = await commands.read_bulletin(session, actor, bulletin_id=bulletin_id, today=today)
    return await queries.tell_bulletin(session, actor, bulletin, today=today)


@router.get("/bulletins/{bulletin_id}/readers", dependencies=[_FOLLOW])
async def list_bulletin_readers(
    bulletin_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    is_read: Annotated[
        bool | None, Query(description="Only those who have read it, or only those who have not")
    ] = None,
) -> PageOut[BulletinReaderOut]:
    """List those a bulletin is for, and when each read it."""
    bulletin = await queries.get_bulletin(session, queries.followed_by(actor), bulletin_id)
    items, token = await audience.list_readers(session, bulletin, is_read=is_read, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[BulletinReaderOut](items=items, next_page_token=token)


@router.post("/bulletins/{bulletin_id}:correct", status_code=201, dependencies=[_ISSUE])
async def correct_bulletin(
    bulletin_id: UUID,
    body: BulletinCorrectionIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
) -> BulletinDraftOut:
    """Begin a corrected bulletin; the one that is shown stays as it is until the other takes its place."""
    draft = await commands.correct_bulletin(
        session, actor, bulletin_id=bulletin_id, correction_note=body.correction_note, today=today
    )
    response.headers["Location"] = f"/v1/bulletin-drafts/{draft.id}"
    (told,) = await queries.describe_drafts(session, actor, [draft])
    return told


@router.post("/bulletins/{bulletin_id}:withdraw", dependencies=[_ISSUE])
async def withdraw_bulletin(
    bulletin_id: UUID, body: BulletinWithdrawalIn, session: Session, actor: CurrentActor, today: Today
) -> BulletinOut:
    """Take a bulletin down before its day, with the reason."""
    bulletin = await commands.withdraw_bulletin(
        session, actor, bulletin_id=bulletin_id, withdrawal_note=body.withdrawal_note, today=today
    )
    return await queries.tell_bulletin(session, actor, bulletin, today=today)
