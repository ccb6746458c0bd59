"""Posts of the colleges, and where they are empty."""

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.days import Day
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.posts import commands, queries
from x_pilot_api.posts.models import CollegePost, PostKind, PostState
from x_pilot_api.posts.rules.posts import DAYS_AHEAD_MAX
from x_pilot_api.posts.schemas import (
    CollegePostIn,
    CollegePostOut,
    PostAppointmentIn,
    PostCoverageOut,
    PostDeclineIn,
    PostEndIn,
    PostHandoverIn,
)

router = AreaRouter(tags=["posts"])


@router.get("/college-posts", dependencies=[require(Permission.COLLEGE_POSTS_READ)])
async def list_college_posts(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    kind: Annotated[PostKind | None, Query()] = None,
    state: Annotated[PostState | None, Query()] = None,
    on: Annotated[Day | None, Query(description="Only terms that this day is part of")] = None,
) -> PageOut[CollegePostOut]:
    """List terms in posts, with who holds them; proposals are the office's and the college's to see."""
    rows, token = await queries.list_posts(
        session, actor, college_id=college_id, kind=kind, state=state, on=on, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_posts(session, actor, rows, today=today)
    return PageOut[CollegePostOut](items=items, next_page_token=token)


@router.get("/post-coverage", dependencies=[require(Permission.COLLEGE_POSTS_READ)])
async def get_post_coverage(
    session: Session,
    actor: CurrentActor,
    today: Today,
    college_id: Annotated[UUID | None, Query()] = None,
    on: Annotated[Day | None, Query(description="As of this day; today without one")] = None,
    within_days: Annotated[int, Query(ge=0, le=DAYS_AHEAD_MAX, description="How far ahead gaps are looked for")] = 30,
) -> PostCoverageOut:
    """Read every college's three posts as of a day, and which will be empty within some days; N(14), N(17)."""
    day = on or today
    return await queries.get_coverage(
        session, actor, college_id=college_id, on=day, until=_days_on(day, within_days), today=today
    )


def _days_on(day: date, days: int) -> date:
    return date.max if days > (date.max - day).days else day + timedelta(days=days)


@router.post("/college-posts", status_code=201, dependencies=[require(Permission.COLLEGE_POSTS_PROPOSE)])
async def propose_college_post(
    body: CollegePostIn, session: Session, actor: CurrentActor, today: Today
) -> CollegePostOut:
    """Propose somebody for a post of a college that the caller acts for."""
    return await _post(session, actor, await commands.propose_post(session, actor, wish=body), today)


@router.post("/college-posts/{post_id}:appoint", dependencies=[require(Permission.COLLEGE_POSTS_APPOINT)])
async def appoint_college_post(
    post_id: UUID, body: PostAppointmentIn, session: Session, actor: CurrentActor, today: Today
) -> CollegePostOut:
    """Appoint who was proposed, by a document; a college has one person in charge on any day."""
    post = await commands.appoint_post(session, actor, post_id=post_id, wish=body)
    return await _post(session, actor, post, today)


@router.post("/college-posts/{post_id}:decline", dependencies=[require(Permission.COLLEGE_POSTS_APPOINT)])
async def decline_college_post(
    post_id: UUID, body: PostDeclineIn, session: Session, actor: CurrentActor, today: Today
) -> CollegePostOut:
    """Leave a proposal without an appointment, for a reason."""
    post = await commands.decline_post(session, actor, post_id=post_id, wish=body)
    return await _post(session, actor, post, today)


@router.post("/college-posts/{post_id}:end", dependencies=[require(Permission.COLLEGE_POSTS_APPOINT)])
async def end_college_post(
    post_id: UUID, body: PostEndIn, session: Session, actor: CurrentActor, today: Today
) -> CollegePostOut:
    """End a term by a document; the gap it leaves shows in the coverage."""
    return await _post(session, actor, await commands.end_post(session, actor, post_id=post_id, wish=body), today)


@router.post("/college-posts/{post_id}:hand-over", dependencies=[require(Permission.COLLEGE_POSTS_APPOINT)])
async def hand_over_college_post(
    post_id: UUID, body: PostHandoverIn, session: Session, actor: CurrentActor, today: Today
) -> CollegePostOut:
    """Hand a post over on a day: the term there is ends on the day before, and the new one is answered."""
    post = await commands.hand_over_post(session, actor, post_id=post_id, wish=body)
    return await _post(session, actor, post, today)


async def _post(session: Session, actor: Actor, post: CollegePost, today: date) -> CollegePostOut:
    (told,) = await queries.describe_posts(session, actor, [post], today=today)
    return told
