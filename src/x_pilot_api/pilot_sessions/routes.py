"""Sessions on the pilot itself, for the teachers and students of a college."""

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
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.participations.rules import academic_year_on
from x_pilot_api.participations.schemas import AcademicYear
from x_pilot_api.pilot_sessions import commands, queries
from x_pilot_api.pilot_sessions.models import PilotSession, PilotSessionState
from x_pilot_api.pilot_sessions.schemas import (
    PilotCancellationIn,
    PilotParticipantOut,
    PilotParticipantsIn,
    PilotParticipantsOut,
    PilotParticipantsRemovalIn,
    PilotSessionChange,
    PilotSessionFiguresOut,
    PilotSessionIn,
    PilotSessionOut,
)

router = AreaRouter(tags=["pilot sessions"])


@router.get("/pilot-sessions", dependencies=[require(Permission.PILOT_SESSIONS_READ)])
async def list_pilot_sessions(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[PilotSessionState | None, Query()] = None,
    academic_year: Annotated[AcademicYear | None, Query()] = None,
) -> PageOut[PilotSessionOut]:
    """List sessions by their day: the institution's, or a coordinator's own college's."""
    rows, token = await queries.list_sessions(
        session, actor, college_id=college_id, state=state, academic_year=academic_year, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_sessions(session, actor, rows)
    return PageOut[PilotSessionOut](items=items, next_page_token=token)


@router.post("/pilot-sessions", status_code=201, dependencies=[require(Permission.PILOT_SESSIONS_RUN)])
async def plan_pilot_session(
    body: PilotSessionIn, response: Response, session: Session, actor: CurrentActor
) -> PilotSessionOut:
    """Plan a session for a college the caller acts for; N(17)."""
    planned = await commands.plan_session(session, actor, wish=body)
    response.headers["Location"] = f"/v1/pilot-sessions/{planned.id}"
    return await _told(session, actor, planned)


@router.get(
    "/pilot-sessions/{session_id}",
    response_model=PilotSessionOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.PILOT_SESSIONS_READ)],
)
async def get_pilot_session(
    session_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one session and how many took part; its ETag is what changing it asks for."""
    it = await queries.get_session(session, actor, session_id)
    return etags.answer(await _told(session, actor, it), if_none_match=if_none_match)


@router.put(
    "/pilot-sessions/{session_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.PILOT_SESSIONS_RUN)],
)
async def change_pilot_session(
    session_id: UUID, body: PilotSessionChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> PilotSessionOut:
    """Write a planned session anew, in place of what was read."""
    it = await commands.change_session(session, actor, session_id=session_id, change=body, if_match=if_match)
    return await _told(session, actor, it)


@router.post("/pilot-sessions/{session_id}:hold", dependencies=[require(Permission.PILOT_SESSIONS_RUN)])
async def hold_pilot_session(session_id: UUID, session: Session, actor: CurrentActor, today: Today) -> PilotSessionOut:
    """Say that a session took place; from then on it counts."""
    return await _told(session, actor, await commands.hold_session(session, actor, session_id=session_id, today=today))


@router.post("/pilot-sessions/{session_id}:cancel", dependencies=[require(Permission.PILOT_SESSIONS_RUN)])
async def cancel_pilot_session(
    session_id: UUID, body: PilotCancellationIn, session: Session, actor: CurrentActor
) -> PilotSessionOut:
    """Say that a session does not take place, and why."""
    it = await commands.cancel_session(session, actor, session_id=session_id, reason=body.reason)
    return await _told(session, actor, it)


@router.get("/pilot-sessions/{session_id}/participants", dependencies=[require(Permission.PILOT_SESSIONS_READ)])
async def list_pilot_session_participants(
    session_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[PilotParticipantOut]:
    """List who took part in a session, with names and numbers of the register."""
    it = await queries.get_session(session, actor, session_id)
    items, token = await queries.list_participants(session, it, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[PilotParticipantOut](items=items, next_page_token=token)


@router.post("/pilot-sessions/{session_id}/participants:record", dependencies=[require(Permission.PILOT_SESSIONS_RUN)])
async def record_pilot_session_participants(
    session_id: UUID, body: PilotParticipantsIn, session: Session, actor: CurrentActor
) -> PilotParticipantsOut:
    """Record who took part, by id, class, programme or all teachers; whoever is there already is counted once."""
    it, added, already = await commands.record_participants(session, actor, session_id=session_id, wish=body)
    told = await _told(session, actor, it)
    return PilotParticipantsOut(added=added, already=already, students=told.students, teachers=told.teachers)


@router.post("/pilot-sessions/{session_id}/participants:remove", dependencies=[require(Permission.PILOT_SESSIONS_RUN)])
async def remove_pilot_session_participants(
    session_id: UUID, body: PilotParticipantsRemovalIn, session: Session, actor: CurrentActor
) -> PilotSessionOut:
    """Take out who was recorded by mistake."""
    it, _ = await commands.remove_participants(
        session, actor, session_id=session_id, participant_ids=body.participant_ids
    )
    return await _told(session, actor, it)


@router.get("/pilot-session-figures", dependencies=[require(Permission.PILOT_SESSIONS_READ)])
async def list_pilot_session_figures(
    session: Session,
    actor: CurrentActor,
    today: Today,
    academic_year: Annotated[AcademicYear | None, Query(description="The present one without it")] = None,
) -> list[PilotSessionFiguresOut]:
    """Count each college's sessions of a year, and what share of its pilot students and teachers they reached."""
    return await queries.list_figures(session, actor, academic_year=academic_year or academic_year_on(today))


async def _told(session: Session, actor: Actor, it: PilotSession) -> PilotSessionOut:
    (told,) = await queries.describe_sessions(session, actor, [it])
    return told
