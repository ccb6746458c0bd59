"""Working groups, and the certificates that none of them watches."""

from datetime import date
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
from x_pilot_api.posts.models import GroupState, WorkingGroup
from x_pilot_api.posts.schemas import (
    GroupAdjustmentIn,
    GroupDeclineIn,
    GroupDissolutionIn,
    GroupEstablishmentIn,
    LeaderChangeIn,
    UncoveredCertificateOut,
    WorkingGroupIn,
    WorkingGroupOut,
    WorkingGroupWholeOut,
)

router = AreaRouter(tags=["posts"])


@router.get("/working-groups", dependencies=[require(Permission.WORKING_GROUPS_READ)])
async def list_working_groups(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    certificate_id: Annotated[UUID | None, Query(description="Only groups that watch it, or did")] = None,
    state: Annotated[GroupState | None, Query()] = None,
    on: Annotated[Day | None, Query(description="Leader, members and certificates as of this day")] = None,
) -> PageOut[WorkingGroupOut]:
    """List working groups as they are on a day; proposals are the office's and the college's to see."""
    rows, token = await queries.list_groups(
        session, actor, college_id=college_id, certificate_id=certificate_id, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_groups(session, actor, rows, on=on or today)
    return PageOut[WorkingGroupOut](items=items, next_page_token=token)


@router.post("/working-groups", status_code=201, dependencies=[require(Permission.WORKING_GROUPS_PROPOSE)])
async def propose_working_group(
    body: WorkingGroupIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> WorkingGroupWholeOut:
    """Propose a working group for a college the caller acts for, or, as the office, for a field across colleges."""
    group = await commands.propose_group(session, actor, wish=body)
    response.headers["Location"] = f"/v1/working-groups/{group.id}"
    return await _group(session, actor, group, today)


@router.get("/working-groups/{group_id}", dependencies=[require(Permission.WORKING_GROUPS_READ)])
async def get_working_group(
    group_id: UUID,
    session: Session,
    actor: CurrentActor,
    today: Today,
    on: Annotated[Day | None, Query(description="As of this day; today without one")] = None,
) -> WorkingGroupWholeOut:
    """Read one working group: who is in it on a day, all its leaders, and everything that was decided."""
    return await _group(session, actor, await queries.get_group(session, actor, group_id), on or today)


@router.post("/working-groups/{group_id}:establish", dependencies=[require(Permission.WORKING_GROUPS_ESTABLISH)])
async def establish_working_group(
    group_id: UUID, body: GroupEstablishmentIn, session: Session, actor: CurrentActor, today: Today
) -> WorkingGroupWholeOut:
    """Let a proposed group stand from a day on, by a document; its leader and members begin on that day."""
    group = await commands.establish_group(session, actor, group_id=group_id, wish=body)
    return await _group(session, actor, group, today)


@router.post("/working-groups/{group_id}:decline", dependencies=[require(Permission.WORKING_GROUPS_ESTABLISH)])
async def decline_working_group(
    group_id: UUID, body: GroupDeclineIn, session: Session, actor: CurrentActor, today: Today
) -> WorkingGroupWholeOut:
    """Leave a proposal at that, for a reason."""
    group = await commands.decline_group(session, actor, group_id=group_id, wish=body)
    return await _group(session, actor, group, today)


@router.post("/working-groups/{group_id}:adjust", dependencies=[require(Permission.WORKING_GROUPS_ESTABLISH)])
async def adjust_working_group(
    group_id: UUID, body: GroupAdjustmentIn, session: Session, actor: CurrentActor, today: Today
) -> WorkingGroupWholeOut:
    """Adjust a group by a document: who joins and leaves, what it watches, what its duties are."""
    group = await commands.adjust_group(session, actor, group_id=group_id, wish=body)
    return await _group(session, actor, group, today)


@router.post("/working-groups/{group_id}:change-leader", dependencies=[require(Permission.WORKING_GROUPS_ESTABLISH)])
async def change_working_group_leader(
    group_id: UUID, body: LeaderChangeIn, session: Session, actor: CurrentActor, today: Today
) -> WorkingGroupWholeOut:
    """Let another person lead from a day on; the term there is ends on the day before, in the same deed."""
    group = await commands.change_leader(session, actor, group_id=group_id, wish=body)
    return await _group(session, actor, group, today)


@router.post("/working-groups/{group_id}:dissolve", dependencies=[require(Permission.WORKING_GROUPS_ESTABLISH)])
async def dissolve_working_group(
    group_id: UUID, body: GroupDissolutionIn, session: Session, actor: CurrentActor, today: Today
) -> WorkingGroupWholeOut:
    """Dissolve a group by a document; its terms end on the day before, and its history stays."""
    group = await commands.dissolve_group(session, actor, group_id=group_id, wish=body)
    return await _group(session, actor, group, today)


@router.get("/uncovered-certificates", dependencies=[require(Permission.WORKING_GROUPS_READ)])
async def list_uncovered_certificates(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    on: Annotated[Day | None, Query(description="As of this day; today without one")] = None,
) -> PageOut[UncoveredCertificateOut]:
    """List admitted certificates that no established group watches, of the college or of a field across colleges."""
    day = on or today
    rows, token = await queries.list_uncovered(session, actor, college_id=college_id, on=day, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_uncovered(session, rows, on=day)
    return PageOut[UncoveredCertificateOut](items=items, next_page_token=token)


async def _group(session: Session, actor: Actor, group: WorkingGroup, day: date) -> WorkingGroupWholeOut:
    return await queries.describe_group(session, actor, group, on=day)
