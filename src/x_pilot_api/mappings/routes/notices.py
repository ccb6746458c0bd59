"""Public notices of rules, and the objections raised during them."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.mappings import commands, queries
from x_pilot_api.mappings.schemas import AnswerIn, NoticeIn, NoticeOut, ObjectionIn, ObjectionOut

router = AreaRouter(tags=["mappings"])


@router.post("/mappings/{mapping_id}:open-notice", dependencies=[require(Permission.MAPPINGS_PUBLISH)])
async def open_mapping_notice(
    mapping_id: UUID, body: NoticeIn, session: Session, actor: CurrentActor, today: Today
) -> NoticeOut:
    """Show a filed rule to everybody for objections; the day after the last it can be published.

    409 `notice_too_short` when policy asks for more days, `notice_exists` when the rule was shown before.
    """
    notice = await commands.open_notice(session, actor, mapping_id=mapping_id, notice=body, today=today)
    mapping = await queries.get_mapping(session, actor, mapping_id)
    return await queries.tell_notice(session, notice, mapping.state, today=today)


@router.get("/mappings/{mapping_id}/notice", dependencies=[require(Permission.MAPPINGS_READ)])
async def get_mapping_notice(mapping_id: UUID, session: Session, actor: CurrentActor, today: Today) -> NoticeOut:
    """Read a rule's notice with its count of objections."""
    mapping = await queries.get_mapping(session, actor, mapping_id)
    notice = await queries.find_notice(session, mapping)
    if notice is None:
        raise NotFound(what="notice", zh="公示")
    return await queries.tell_notice(session, notice, mapping.state, today=today)


@router.get("/mapping-notices/{notice_id}/objections", dependencies=[require(Permission.MAPPING_OBJECTIONS_READ)])
async def list_objections(
    notice_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[ObjectionOut]:
    """List the objections of a notice: all of them for the institution's office, else one's own."""
    notice = await queries.get_notice(session, actor, notice_id)
    rows, token = await queries.list_objections(session, actor, notice, wish=page)
    pagination.link_next(request, response, token)
    items = [queries.tell_objection(actor, row) for row in rows]
    return PageOut[ObjectionOut](items=items, next_page_token=token)


@router.post(
    "/mapping-notices/{notice_id}/objections",
    status_code=201,
    dependencies=[require(Permission.MAPPING_OBJECTIONS_RAISE)],
)
async def raise_objection(
    notice_id: UUID, body: ObjectionIn, session: Session, actor: CurrentActor, today: Today
) -> ObjectionOut:
    """Object to a rule of one's institution while it is on notice; 409 `not_on_notice` before and after."""
    objection = await commands.raise_objection(session, actor, notice_id=notice_id, objection=body, today=today)
    return queries.tell_objection(actor, objection)


@router.post("/mapping-objections/{objection_id}:answer", dependencies=[require(Permission.MAPPING_OBJECTIONS_ANSWER)])
async def answer_objection(objection_id: UUID, body: AnswerIn, session: Session, actor: CurrentActor) -> ObjectionOut:
    """Answer an objection once: upheld, the rule is not published as it is; dismissed, it may be."""
    objection = await commands.answer_objection(session, actor, objection_id=objection_id, answer=body)
    return queries.tell_objection(actor, objection)
