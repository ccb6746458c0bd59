"""Seats: how they are given out, and who has which."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.exam_days import commands, queries
from x_pilot_api.exam_days.schemas import ExamSeatOut, SeatingChangeOut, SeatingIn, SeatingOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exam days"])

ValidateOnly = Annotated[bool, Query(description="Tell what would change, and change nothing")]


@router.get(
    "/exam-sittings/{sitting_id}/seating",
    response_model=SeatingOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.SEATS_READ)],
)
async def get_seating(
    sitting_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Tell how the seating of a sitting stands: its rules, its rooms, and who has no seat they can use."""
    sitting = await queries.get_sitting(session, actor, sitting_id)
    return etags.answer(await queries.tell_seating(session, actor, sitting), if_none_match=if_none_match)


@router.get("/exam-sittings/{sitting_id}/seats", dependencies=[require(Permission.SEATS_READ)])
async def list_seats(
    sitting_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[ExamSeatOut]:
    """List who sits where, room by room."""
    sitting = await queries.get_sitting(session, actor, sitting_id)
    items, token = await queries.list_seats(session, sitting, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[ExamSeatOut](items=items, next_page_token=token)


@router.post(
    "/exam-sittings/{sitting_id}/seats:arrange",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.SEATS_ARRANGE)],
)
async def arrange_seats(
    sitting_id: UUID,
    body: SeatingIn,
    session: Session,
    actor: CurrentActor,
    if_match: IfMatch = None,
    validate_only: ValidateOnly = False,
) -> SeatingChangeOut:
    """Give every accepted registration of a sitting a seat, by the rules of the body.

    409 `seats_short` with the figures when there are fewer seats than candidates, and `tickets_handed_out` once
    candidates hold tickets: from then on `:rearrange` moves only who must move. `If-Match` names the seating.
    """
    return await commands.arrange_seats(
        session, actor, sitting_id=sitting_id, wish=body, if_match=if_match, only=validate_only
    )


@router.post(
    "/exam-sittings/{sitting_id}/seats:rearrange",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.SEATS_ARRANGE)],
)
async def rearrange_seats(
    sitting_id: UUID,
    session: Session,
    actor: CurrentActor,
    if_match: IfMatch = None,
    validate_only: ValidateOnly = False,
) -> SeatingChangeOut:
    """Bring an arrangement up to date after a room was lost, somebody joined, or somebody left.

    Only who lost a seat is moved, and is named; a ticket printed before that is no longer good.
    """
    return await commands.rearrange_seats(session, actor, sitting_id=sitting_id, if_match=if_match, only=validate_only)
