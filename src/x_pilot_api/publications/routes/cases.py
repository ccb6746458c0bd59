"""Typical cases, from a college's draft to everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.publications.commands import cases as commands
from x_pilot_api.publications.models import TypicalCaseState
from x_pilot_api.publications.queries import cases as queries
from x_pilot_api.publications.schemas.cases import (
    CaseOpinionIn,
    CaseReasonIn,
    CaseRemarkIn,
    TypicalCaseBriefOut,
    TypicalCaseChange,
    TypicalCaseIn,
    TypicalCaseOut,
)

router = AreaRouter(tags=["publications"])

_READ = require(Permission.TYPICAL_CASES_READ)
_SUBMIT = require(Permission.TYPICAL_CASES_SUBMIT)
_DECIDE = require(Permission.TYPICAL_CASES_DECIDE)


@router.get("/typical-cases", dependencies=[_READ])
async def list_typical_cases(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    state: Annotated[TypicalCaseState | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[TypicalCaseBriefOut]:
    """List cases, the newest first: the office all, a college its own, experts what waits; what is published, all."""
    items, token = await queries.list_cases(session, actor, state=state, college_id=college_id, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[TypicalCaseBriefOut](items=items, next_page_token=token)


@router.post("/typical-cases", status_code=201, dependencies=[_SUBMIT])
async def begin_typical_case(
    body: TypicalCaseIn, response: Response, session: Session, actor: CurrentActor
) -> TypicalCaseOut:
    """Begin a case of one's own college."""
    case = await commands.begin_case(session, actor, wish=body)
    response.headers["Location"] = f"/v1/typical-cases/{case.id}"
    return await queries.tell_case(session, actor, case)


@router.get(
    "/typical-cases/{case_id}",
    response_model=TypicalCaseOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[_READ],
)
async def get_typical_case(
    case_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one case; the ETag is what changing and submitting ask for."""
    case = await queries.get_case(session, actor, case_id)
    return etags.answer(await queries.tell_case(session, actor, case), if_none_match=if_none_match)


@router.put("/typical-cases/{case_id}", responses={**etags.GUARDED}, dependencies=[_SUBMIT])
async def change_typical_case(
    case_id: UUID, body: TypicalCaseChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> TypicalCaseOut:
    """Write a case anew in place of what was read, before it is submitted or after it was sent back."""
    case = await commands.change_case(session, actor, case_id=case_id, wish=body, if_match=if_match)
    return await queries.tell_case(session, actor, case)


@router.post("/typical-cases/{case_id}:submit", responses={**etags.GUARDED}, dependencies=[_SUBMIT])
async def submit_typical_case(
    case_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> TypicalCaseOut:
    """Give a case to the office as it was read; 409 `personal_data_found` names the lines that hold a person's data."""
    case = await commands.submit_case(session, actor, case_id=case_id, if_match=if_match)
    return await queries.tell_case(session, actor, case)


@router.post("/typical-cases/{case_id}:assess", dependencies=[require(Permission.TYPICAL_CASES_ASSESS)])
async def assess_typical_case(
    case_id: UUID, body: CaseOpinionIn, session: Session, actor: CurrentActor
) -> TypicalCaseOut:
    """Say whether one recommends a submission, and why; once each."""
    case = await commands.assess_case(session, actor, case_id=case_id, wish=body)
    return await queries.tell_case(session, actor, case)


@router.post("/typical-cases/{case_id}:send-back", dependencies=[_DECIDE])
async def send_back_typical_case(
    case_id: UUID, body: CaseReasonIn, session: Session, actor: CurrentActor
) -> TypicalCaseOut:
    """Send a case back to its college with what is to be mended."""
    case = await commands.send_back(session, actor, case_id=case_id, comment=body.comment)
    return await queries.tell_case(session, actor, case)


@router.post("/typical-cases/{case_id}:accept", dependencies=[_DECIDE])
async def accept_typical_case(
    case_id: UUID, body: CaseRemarkIn, session: Session, actor: CurrentActor
) -> TypicalCaseOut:
    """Accept a case as typical; its words are settled by it."""
    case = await commands.accept(session, actor, case_id=case_id, comment=body.comment)
    return await queries.tell_case(session, actor, case)


@router.post("/typical-cases/{case_id}:publish", dependencies=[_DECIDE])
async def publish_typical_case(
    case_id: UUID, body: CaseRemarkIn, session: Session, actor: CurrentActor
) -> TypicalCaseOut:
    """Let everybody read a case, without signing in."""
    case = await commands.publish(session, actor, case_id=case_id, comment=body.comment)
    return await queries.tell_case(session, actor, case)


@router.post("/typical-cases/{case_id}:take-down", dependencies=[_DECIDE])
async def take_down_typical_case(
    case_id: UUID, body: CaseReasonIn, session: Session, actor: CurrentActor
) -> TypicalCaseOut:
    """Take a case from everybody's sight, with the reason."""
    case = await commands.take_down(session, actor, case_id=case_id, comment=body.comment)
    return await queries.tell_case(session, actor, case)
