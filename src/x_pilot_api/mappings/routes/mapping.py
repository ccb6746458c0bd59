"""Conversion rules between certificates and courses."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.mappings import commands, queries, rules
from x_pilot_api.mappings.errors import NotComparable
from x_pilot_api.mappings.models import Direction, MappingState
from x_pilot_api.mappings.schemas import (
    AgreementIn,
    FilingIn,
    MappingChange,
    MappingDifferencesOut,
    MappingIn,
    MappingOut,
    PublicationIn,
    WithdrawalIn,
)

router = AreaRouter(tags=["mappings"])


@router.get("/mappings", dependencies=[require(Permission.MAPPINGS_READ)])
async def list_mappings(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    programme_id: Annotated[UUID | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    direction: Annotated[Direction | None, Query()] = None,
    state: Annotated[MappingState | None, Query()] = None,
) -> PageOut[MappingOut]:
    """List the conversion rules the caller may see: an institution's own, or an organisation's certificates'."""
    rows, token = await queries.list_mappings(
        session,
        actor,
        programme_id=programme_id,
        certificate_level_id=certificate_level_id,
        direction=direction,
        state=state,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.tell(session, actor, rows, today=today)
    return PageOut[MappingOut](items=items, next_page_token=token)


@router.post("/mappings", status_code=201, dependencies=[require(Permission.MAPPINGS_PROPOSE)])
async def propose_mapping(
    body: MappingIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> MappingOut:
    """Propose a conversion rule; a coordinator does it for their own college's programmes."""
    mapping = await commands.propose_mapping(session, actor, wish=body)
    response.headers["Location"] = f"/v1/mappings/{mapping.id}"
    return await queries.tell_one(session, actor, mapping, today=today)


@router.get(
    "/mappings/{mapping_id}",
    response_model=MappingOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.MAPPINGS_READ)],
)
async def get_mapping(
    mapping_id: UUID, session: Session, actor: CurrentActor, today: Today, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one conversion rule; 304 while the caller's copy is still true."""
    mapping = await queries.get_mapping(session, actor, mapping_id)
    return etags.answer(await queries.tell_one(session, actor, mapping, today=today), if_none_match=if_none_match)


@router.patch(
    "/mappings/{mapping_id}", responses={**etags.GUARDED}, dependencies=[require(Permission.MAPPINGS_PROPOSE)]
)
async def edit_mapping(
    mapping_id: UUID,
    body: MappingChange,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> MappingOut:
    """Change a rule that is not approved yet; what either party agreed to is open again.

    `If-Match` names the copy the change is made to.
    """
    mapping = await commands.edit_mapping(
        session, actor, mapping_id=mapping_id, change=body, if_match=if_match, today=today
    )
    return await queries.tell_one(session, actor, mapping, today=today)


@router.post("/mappings/{mapping_id}:revise", status_code=201, dependencies=[require(Permission.MAPPINGS_PROPOSE)])
async def revise_mapping(
    mapping_id: UUID, response: Response, session: Session, actor: CurrentActor, today: Today
) -> MappingOut:
    """Make the next version of a published rule as a draft that says the same until it is changed."""
    mapping = await commands.revise_mapping(session, actor, mapping_id=mapping_id)
    response.headers["Location"] = f"/v1/mappings/{mapping.id}"
    return await queries.tell_one(session, actor, mapping, today=today)


@router.get("/mappings/{mapping_id}/differences", dependencies=[require(Permission.MAPPINGS_READ)])
async def compare_mappings(
    mapping_id: UUID,
    session: Session,
    actor: CurrentActor,
    before_id: Annotated[UUID | None, Query(description="Null: the version this one was made from")] = None,
) -> MappingDifferencesOut:
    """Tell how a version differs from an earlier one, place by place."""
    after = await queries.get_mapping(session, actor, mapping_id)
    if before_id is None:
        before = await queries.find_earlier(session, after)
    else:
        before = await queries.get_mapping(session, actor, before_id)
    if before is None or not rules.are_versions_of_one(before, after):
        raise NotComparable
    return await queries.compare(session, before, after)


@router.post("/mappings/{mapping_id}:agree", dependencies=[require(Permission.MAPPINGS_AGREE)])
async def agree_mapping(
    mapping_id: UUID, body: AgreementIn, session: Session, actor: CurrentActor, today: Today
) -> MappingOut:
    """Agree to a rule's content, for the programme's college or for the certificate's organisation."""
    mapping = await commands.agree_mapping(session, actor, mapping_id=mapping_id, content_hash=body.content_hash)
    return await queries.tell_one(session, actor, mapping, today=today)


@router.post("/mappings/{mapping_id}:approve", dependencies=[require(Permission.MAPPINGS_APPROVE)])
async def approve_mapping(mapping_id: UUID, session: Session, actor: CurrentActor, today: Today) -> MappingOut:
    """Approve a rule both parties agreed to; its credits must be within the limits in force today."""
    mapping = await commands.approve_mapping(session, actor, mapping_id=mapping_id, today=today)
    return await queries.tell_one(session, actor, mapping, today=today)


@router.post("/mappings/{mapping_id}:file", dependencies=[require(Permission.MAPPINGS_FILE)])
async def file_mapping(
    mapping_id: UUID, body: FilingIn, session: Session, actor: CurrentActor, today: Today
) -> MappingOut:
    """Record the filing of an approved rule with the credit bank."""
    mapping = await commands.file_mapping(session, actor, mapping_id=mapping_id, filing=body, today=today)
    return await queries.tell_one(session, actor, mapping, today=today)


@router.post("/mappings/{mapping_id}:publish", dependencies=[require(Permission.MAPPINGS_PUBLISH)])
async def publish_mapping(
    mapping_id: UUID, body: PublicationIn, session: Session, actor: CurrentActor, today: Today
) -> MappingOut:
    """Put a filed rule into force from a day on; the version before it ends on that day.

    409 `notice_missing`, `notice_running`, `objections_open` or `objection_upheld` while its notice stands in the way.
    """
    mapping = await commands.publish_mapping(session, actor, mapping_id=mapping_id, publication=body, today=today)
    return await queries.tell_one(session, actor, mapping, today=today)


@router.post("/mappings/{mapping_id}:withdraw", dependencies=[require(Permission.MAPPINGS_WITHDRAW)])
async def withdraw_mapping(
    mapping_id: UUID, body: WithdrawalIn, session: Session, actor: CurrentActor, today: Today
) -> MappingOut:
    """Withdraw a rule that has not taken effect; one that has is ended by publishing its successor."""
    mapping = await commands.withdraw_mapping(session, actor, mapping_id=mapping_id, reason=body.reason, today=today)
    return await queries.tell_one(session, actor, mapping, today=today)
