"""A person's messages, and how they want to hear of them."""

from typing import Annotated

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import BriefActor, CurrentActor, require, require_briefly
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import NOT_MODIFIED, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.inbox import commands, queries
from x_pilot_api.inbox.errors import MailNotConfigured
from x_pilot_api.inbox.schemas import (
    MailAddressIn,
    MailAddressOut,
    MailCodeIn,
    MarkedOut,
    MessageOut,
    MessagesReadIn,
    PreferencesIn,
    PreferencesOut,
    UnreadCountOut,
)

router = AreaRouter(tags=["inbox"])


@router.get("/me/messages", dependencies=[require(Permission.MESSAGES_READ)])
async def list_messages(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    is_unread: Annotated[bool, Query(description="Only those not read yet")] = False,
) -> PageOut[MessageOut]:
    """List the caller's messages, the newest first; they are kept as long as the installation says."""
    items, token = await queries.list_messages(session, actor, is_unread=is_unread, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[MessageOut](items=items, next_page_token=token)


@router.get(
    "/me/messages:count",
    dependencies=[require(Permission.MESSAGES_READ)],
    response_model=UnreadCountOut,
    responses=dict(NOT_MODIFIED),
)
async def count_messages(session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None) -> Response:
    """Count the caller's unread messages, for the number beside a bell."""
    return etags.answer(UnreadCountOut(unread=await queries.count_unread(session, actor)), if_none_match=if_none_match)


@router.post("/me/messages:mark-read", dependencies=[require(Permission.MESSAGES_MARK)])
async def mark_messages_read(session: Session, actor: CurrentActor, body: MessagesReadIn) -> MarkedOut:
    """Mark some of the caller's messages as read; an id that is not theirs is passed over."""
    marked = await commands.mark_read(session, actor, wish=body)
    return MarkedOut(marked=marked, unread=await queries.count_unread(session, actor))


@router.get("/me/message-preferences", dependencies=[require(Permission.MESSAGES_READ)])
async def list_message_preferences(session: Session, actor: CurrentActor) -> PreferencesOut:
    """List every kind of message, and which of them the caller is mailed too."""
    return PreferencesOut(items=await queries.list_preferences(session, actor))


@router.patch("/me/message-preferences", dependencies=[require(Permission.MESSAGE_PREFERENCES_SET)])
async def choose_messages(
    session: Session, actor: CurrentActor, service: CurrentService, body: PreferencesIn
) -> PreferencesOut:
    """Choose which kinds of messages to be mailed; it takes a proven mail address for them to go anywhere."""
    await commands.choose(session, actor, preferences=body.preferences, has_sms=service.sms is not None)
    return PreferencesOut(items=await queries.list_preferences(session, actor))


@router.get("/me/mail-address", dependencies=[require(Permission.MESSAGES_READ)])
async def get_mail_address(
    response: Response, session: Session, actor: CurrentActor, service: CurrentService
) -> MailAddressOut:
    """Read the caller's mail address, and whether mail goes there."""
    response.headers["Cache-Control"] = "no-store"
    return await queries.get_mail_address(session, actor, sealer=service.sealer)


@router.put("/me/mail-address", dependencies=[require(Permission.MAIL_ADDRESSES_SET)], status_code=202)
async def give_mail_address(
    session: Session, actor: CurrentActor, service: CurrentService, body: MailAddressIn
) -> MailAddressOut:
    """Give a mail address; a code is sent there, and mail goes to it once the code has come back."""
    if service.mailer is None:
        raise MailNotConfigured
    await commands.give_address(session, actor, address=body.address, sealer=service.sealer)
    return MailAddressOut(address=body.address, confirmed_at=None, refused_at=None)


@router.post("/me/mail-address:confirm", dependencies=[require_briefly(Permission.MAIL_ADDRESSES_SET)], status_code=204)
async def confirm_mail_address(body: MailCodeIn, service: CurrentService, actor: BriefActor) -> None:
    """Prove the caller's mail address by the code that was sent there; five wrong ones end it."""
    async with service.database.transaction() as session:
        refusal = await commands.confirm_address(session, actor, code=body.code, sealer=service.sealer)
    if refusal is not None:
        raise refusal


@router.delete("/me/mail-address", dependencies=[require(Permission.MAIL_ADDRESSES_SET)], status_code=204)
async def remove_mail_address(session: Session, actor: CurrentActor) -> None:
    """Take the caller's mail address away; messages stay in the inbox."""
    await commands.remove_address(session, actor)
