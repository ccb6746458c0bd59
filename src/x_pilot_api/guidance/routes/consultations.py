"""Consultations with outside parties, their minutes, and what follows from them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.guidance.commands import consultations as commands
from x_pilot_api.guidance.commands import follow_ups
from x_pilot_api.guidance.models import Consultation, ConsultationState, FollowUp, FollowUpState
from x_pilot_api.guidance.queries import consultations as queries
from x_pilot_api.guidance.queries import reach
from x_pilot_api.guidance.schemas.consultations import (
    ConsultationIn,
    ConsultationOut,
    FollowUpAssignmentIn,
    FollowUpCheckIn,
    FollowUpIn,
    FollowUpOut,
    FollowUpReopeningIn,
    FollowUpResultIn,
    MinuteAdditionIn,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["guidance"])

_READ = require(Permission.CONSULTATIONS_READ)
_RECORD = require(Permission.CONSULTATIONS_RECORD)


@router.get("/consultations", dependencies=[_READ])
async def list_consultations(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    party_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[ConsultationState | None, Query()] = None,
) -> PageOut[ConsultationOut]:
    """List consultations by their day: the institution's, or a coordinator's colleges' and the office's."""
    rows, token = await queries.list_consultations(
        session, actor, college_id=college_id, party_id=party_id, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_consultations(session, actor, rows, today=today)
    return PageOut[ConsultationOut](items=items, next_page_token=token)


@router.post("/consultations", status_code=201, dependencies=[_RECORD])
async def record_consultation(
    body: ConsultationIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> ConsultationOut:
    """Write a consultation with outside parties down (N(13)), held or planned."""
    consultation = await commands.record_consultation(session, actor, wish=body)
    response.headers["Location"] = f"/v1/consultations/{consultation.id}"
    return await _consultation(session, actor, consultation, today)


@router.get(
    "/consultations/{consultation_id}",
    response_model=ConsultationOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[_READ],
)
async def get_consultation(
    consultation_id: UUID, session: Session, actor: CurrentActor, today: Today, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one consultation with its minutes; its ETag is what changing and signing off ask for."""
    consultation = await reach.get_row(session, actor, Consultation, consultation_id)
    told = await _consultation(session, actor, consultation, today)
    return etags.answer(told, if_none_match=if_none_match)


@router.put("/consultations/{consultation_id}", responses={**etags.GUARDED}, dependencies=[_RECORD])
async def change_consultation(
    consultation_id: UUID,
    body: ConsultationIn,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> ConsultationOut:
    """Write a consultation anew, its minutes too, until they are signed off."""
    consultation = await commands.change_consultation(
        session, actor, consultation_id=consultation_id, wish=body, today=today, if_match=if_match
    )
    return await _consultation(session, actor, consultation, today)


@router.post("/consultations/{consultation_id}:sign-off", responses={**etags.GUARDED}, dependencies=[_RECORD])
async def sign_off_consultation(
    consultation_id: UUID, session: Session, actor: CurrentActor, today: Today, if_match: IfMatch = None
) -> ConsultationOut:
    """Sign the minutes off as they were read; they never change afterwards."""
    consultation = await commands.sign_off(
        session, actor, consultation_id=consultation_id, today=today, if_match=if_match
    )
    return await _consultation(session, actor, consultation, today)


@router.post("/consultations/{consultation_id}:add", dependencies=[_RECORD])
async def add_to_consultation(
    consultation_id: UUID, body: MinuteAdditionIn, session: Session, actor: CurrentActor, today: Today
) -> ConsultationOut:
    """Add a further entry to minutes that were signed off."""
    consultation = await commands.add_to_minutes(session, actor, consultation_id=consultation_id, body=body.body)
    return await _consultation(session, actor, consultation, today)


@router.get("/follow-ups", dependencies=[_READ])
async def list_follow_ups(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    consultation_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[FollowUpState | None, Query()] = None,
    mine: Annotated[bool, Query(description="Only what the caller is to do")] = False,
    overdue: Annotated[bool, Query(description="Only what its owner is waited for past its day")] = False,
) -> PageOut[FollowUpOut]:
    """List what follows from consultations, what is due first first."""
    rows, token = await queries.list_follow_ups(
        session,
        actor,
        consultation_id=consultation_id,
        state=state,
        mine=mine,
        overdue_on=today if overdue else None,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_follow_ups(session, actor, rows, today=today)
    return PageOut[FollowUpOut](items=items, next_page_token=token)


@router.post("/follow-ups", status_code=201, dependencies=[_RECORD])
async def set_follow_up(body: FollowUpIn, session: Session, actor: CurrentActor, today: Today) -> FollowUpOut:
    """Say what is to be done after a consultation, by whom and until when; they are told."""
    follow_up = await follow_ups.set_follow_up(session, actor, wish=body, today=today)
    return await _follow_up(session, actor, follow_up, today)


@router.post("/follow-ups/{follow_up_id}:reassign", dependencies=[_RECORD])
async def reassign_follow_up(
    follow_up_id: UUID, body: FollowUpAssignmentIn, session: Session, actor: CurrentActor, today: Today
) -> FollowUpOut:
    """Give what is to be done to another owner, or another day."""
    follow_up = await follow_ups.reassign_follow_up(session, actor, follow_up_id=follow_up_id, wish=body, today=today)
    return await _follow_up(session, actor, follow_up, today)


@router.post("/follow-ups/{follow_up_id}:finish", dependencies=[_RECORD])
async def finish_follow_up(
    follow_up_id: UUID, body: FollowUpResultIn, session: Session, actor: CurrentActor, today: Today
) -> FollowUpOut:
    """Say what came of it, as its owner."""
    follow_up = await follow_ups.finish_follow_up(session, actor, follow_up_id=follow_up_id, result=body.result)
    return await _follow_up(session, actor, follow_up, today)


@router.post("/follow-ups/{follow_up_id}:check", dependencies=[_RECORD])
async def check_follow_up(
    follow_up_id: UUID, body: FollowUpCheckIn, session: Session, actor: CurrentActor, today: Today
) -> FollowUpOut:
    """Say that it was done as agreed, as another than its owner."""
    follow_up = await follow_ups.check_follow_up(session, actor, follow_up_id=follow_up_id, comment=body.comment)
    return await _follow_up(session, actor, follow_up, today)


@router.post("/follow-ups/{follow_up_id}:reopen", dependencies=[_RECORD])
async def reopen_follow_up(
    follow_up_id: UUID, body: FollowUpReopeningIn, session: Session, actor: CurrentActor, today: Today
) -> FollowUpOut:
    """Say what is still missing, as another than its owner."""
    follow_up = await follow_ups.reopen_follow_up(session, actor, follow_up_id=follow_up_id, wish=body, today=today)
    return await _follow_up(session, actor, follow_up, today)


async def _consultation(session: Session, actor: Actor, consultation: Consultation, today: date) -> ConsultationOut:
    (told,) = await queries.describe_consultations(session, actor, [consultation], today=today)
    return told


async def _follow_up(session: Session, actor: Actor, follow_up: FollowUp, today: date) -> FollowUpOut:
    (told,) = await queries.describe_follow_ups(session, actor, [follow_up], today=today)
    return told
