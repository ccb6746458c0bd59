"""Training consortia and their members."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.qualifications import commands, queries
from x_pilot_api.qualifications.models import TrainingConsortium
from x_pilot_api.qualifications.schemas import (
    ConsortiumEndIn,
    LeadHandoverIn,
    NewMemberIn,
    TrainingConsortiumIn,
    TrainingConsortiumOut,
)

router = AreaRouter(tags=["qualifications"])


@router.get("/training-consortia", dependencies=[require(Permission.TRAINING_CONSORTIA_READ)])
async def list_training_consortia(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    certificate_category_id: Annotated[UUID | None, Query()] = None,
    is_running: Annotated[bool | None, Query(description="Whether it runs today")] = None,
) -> PageOut[TrainingConsortiumOut]:
    """List the institution's consortia with their members, as they were founded."""
    rows, token = await queries.list_consortia(
        session,
        actor,
        today=today,
        certificate_category_id=certificate_category_id,
        is_running=is_running,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_consortia(session, actor, rows, today=today)
    return PageOut[TrainingConsortiumOut](items=items, next_page_token=token)


@router.post("/training-consortia", status_code=201, dependencies=[require(Permission.TRAINING_CONSORTIA_KEEP)])
async def found_training_consortium(
    body: TrainingConsortiumIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> TrainingConsortiumOut:
    """Found a consortium for a category of certificates, with the member that leads it (N(7))."""
    consortium = await commands.found_consortium(session, actor, wish=body)
    response.headers["Location"] = f"/v1/training-consortia/{consortium.id}"
    return await _answer(session, actor, consortium, today)


@router.get("/training-consortia/{consortium_id}", dependencies=[require(Permission.TRAINING_CONSORTIA_READ)])
async def get_training_consortium(
    consortium_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> TrainingConsortiumOut:
    """Read one consortium with everybody who is or was a member."""
    return await _answer(session, actor, await queries.get_consortium(session, actor, consortium_id), today)


@router.post(
    "/training-consortia/{consortium_id}/members",
    status_code=201,
    dependencies=[require(Permission.TRAINING_CONSORTIA_KEEP)],
)
async def add_consortium_member(
    consortium_id: UUID, body: NewMemberIn, session: Session, actor: CurrentActor, today: Today
) -> TrainingConsortiumOut:
    """Take a member in from a day on; 409 `consortium_member_already` for who is one then."""
    consortium = await commands.add_member(session, actor, consortium_id=consortium_id, wish=body)
    return await _answer(session, actor, consortium, today)


@router.post("/consortium-members/{member_id}:end", dependencies=[require(Permission.TRAINING_CONSORTIA_KEEP)])
async def end_consortium_member(
    member_id: UUID, body: ConsortiumEndIn, session: Session, actor: CurrentActor, today: Today
) -> TrainingConsortiumOut:
    """Let a membership end on a day, with the cause; 409 `consortium_lead_stays` for the lead."""
    consortium = await commands.end_member(session, actor, member_id=member_id, wish=body)
    return await _answer(session, actor, consortium, today)


@router.post(
    "/training-consortia/{consortium_id}:hand-over-lead", dependencies=[require(Permission.TRAINING_CONSORTIA_KEEP)]
)
async def hand_over_consortium_lead(
    consortium_id: UUID, body: LeadHandoverIn, session: Session, actor: CurrentActor, today: Today
) -> TrainingConsortiumOut:
    """Let another member, or somebody new, lead from a day on; the lead there is leads until the day before."""
    consortium = await commands.hand_over_lead(session, actor, consortium_id=consortium_id, wish=body)
    return await _answer(session, actor, consortium, today)


@router.post("/training-consortia/{consortium_id}:close", dependencies=[require(Permission.TRAINING_CONSORTIA_KEEP)])
async def close_training_consortium(
    consortium_id: UUID, body: ConsortiumEndIn, session: Session, actor: CurrentActor, today: Today
) -> TrainingConsortiumOut:
    """End a consortium on a day, and every membership with it."""
    consortium = await commands.close_consortium(session, actor, consortium_id=consortium_id, wish=body, today=today)
    return await _answer(session, actor, consortium, today)


async def _answer(session: Session, actor: Actor, consortium: TrainingConsortium, today: date) -> TrainingConsortiumOut:
    (told,) = await queries.describe_consortia(session, actor, [consortium], today=today)
    return told
