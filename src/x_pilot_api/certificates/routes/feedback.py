"""Quality feedback to evaluation organisations."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.certificates import commands, queries
from x_pilot_api.certificates.models import Feedback, FeedbackState
from x_pilot_api.certificates.schemas import (
    FeedbackAnswerIn,
    FeedbackChange,
    FeedbackIn,
    FeedbackOut,
    FeedbackReopeningIn,
    FeedbackVerdictIn,
)
from x_pilot_api.core import clock, etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["certificates"])


@router.get("/quality-feedback", dependencies=[require(Permission.FEEDBACK_READ)])
async def list_feedback(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    page: Page,
    certificate_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[FeedbackState | None, Query()] = None,
    overdue: Annotated[bool, Query(description="Only what an answer is waited for past its day")] = False,
) -> PageOut[FeedbackOut]:
    """List the feedback the caller may see: an institution's own, or what was sent to the caller's organisation."""
    today = clock.today(service.settings.timezone)
    rows, token = await queries.list_feedback(
        session,
        actor,
        certificate_id=certificate_id,
        state=state,
        overdue_on=today if overdue else None,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_feedback(session, actor, rows, today=today, timezone=service.settings.timezone)
    return PageOut[FeedbackOut](items=items, next_page_token=token)


@router.post("/quality-feedback", status_code=201, dependencies=[require(Permission.FEEDBACK_GIVE)])
async def give_feedback(
    body: FeedbackIn, response: Response, session: Session, actor: CurrentActor, service: CurrentService
) -> FeedbackOut:
    """Write down what an organisation is to set right; the office sends it."""
    feedback = await commands.give_feedback(session, actor, wish=body)
    response.headers["Location"] = f"/v1/quality-feedback/{feedback.id}"
    return await _answer(session, actor, service, feedback)


@router.get(
    "/quality-feedback/{feedback_id}",
    response_model=FeedbackOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.FEEDBACK_READ)],
)
async def get_feedback(
    feedback_id: UUID,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Read one piece of feedback with its answers; 304 while the caller's copy is still true."""
    feedback = await queries.get_feedback(session, actor, feedback_id)
    return etags.answer(await _answer(session, actor, service, feedback), if_none_match=if_none_match)


@router.patch(
    "/quality-feedback/{feedback_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.FEEDBACK_GIVE)],
)
async def change_feedback(
    feedback_id: UUID,
    body: FeedbackChange,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    if_match: IfMatch = None,
) -> FeedbackOut:
    """Write feedback anew while it is not sent; `If-Match` names the copy the change is made to."""
    timezone = service.settings.timezone
    feedback = await commands.change_feedback(
        session,
        actor,
        feedback_id=feedback_id,
        change=body,
        if_match=if_match,
        today=clock.today(timezone),
        timezone=timezone,
    )
    return await _answer(session, actor, service, feedback)


@router.post("/quality-feedback/{feedback_id}:send", dependencies=[require(Permission.FEEDBACK_SETTLE)])
async def send_feedback(
    feedback_id: UUID, session: Session, actor: CurrentActor, service: CurrentService
) -> FeedbackOut:
    """Send feedback to the certificate's organisation, which hears of it by an event; it is due today or later."""
    today = clock.today(service.settings.timezone)
    feedback = await commands.send_feedback(session, actor, feedback_id=feedback_id, today=today)
    return await _answer(session, actor, service, feedback)


@router.post("/quality-feedback/{feedback_id}:answer", dependencies=[require(Permission.FEEDBACK_ANSWER)])
async def answer_feedback(
    feedback_id: UUID, body: FeedbackAnswerIn, session: Session, actor: CurrentActor, service: CurrentService
) -> FeedbackOut:
    """Answer feedback for the certificate's organisation; its system does the same at `/v1/partner`."""
    feedback = await commands.answer_feedback(session, actor, feedback_id=feedback_id, wish=body)
    return await _answer(session, actor, service, feedback)


@router.post("/quality-feedback/{feedback_id}:verify", dependencies=[require(Permission.FEEDBACK_SETTLE)])
async def verify_feedback(
    feedback_id: UUID, body: FeedbackVerdictIn, session: Session, actor: CurrentActor, service: CurrentService
) -> FeedbackOut:
    """Say what came of looking whether an answer holds; then it is closed or reopened."""
    feedback = await commands.verify_feedback(session, actor, feedback_id=feedback_id, remark=body.remark)
    return await _answer(session, actor, service, feedback)


@router.post("/quality-feedback/{feedback_id}:close", dependencies=[require(Permission.FEEDBACK_SETTLE)])
async def close_feedback(
    feedback_id: UUID, session: Session, actor: CurrentActor, service: CurrentService
) -> FeedbackOut:
    """Close feedback whose answer holds."""
    feedback = await commands.close_feedback(session, actor, feedback_id=feedback_id)
    return await _answer(session, actor, service, feedback)


@router.post("/quality-feedback/{feedback_id}:reopen", dependencies=[require(Permission.FEEDBACK_SETTLE)])
async def reopen_feedback(
    feedback_id: UUID, body: FeedbackReopeningIn, session: Session, actor: CurrentActor, service: CurrentService
) -> FeedbackOut:
    """Ask for another answer by another day, since the one there is does not hold."""
    feedback = await commands.reopen_feedback(
        session,
        actor,
        feedback_id=feedback_id,
        remark=body.remark,
        due_on=body.due_on,
        today=clock.today(service.settings.timezone),
    )
    return await _answer(session, actor, service, feedback)


async def _answer(session: Session, actor: Actor, service: CurrentService, feedback: Feedback) -> FeedbackOut:
    timezone = service.settings.timezone
    (told,) = await queries.describe_feedback(
        session, actor, [feedback], today=clock.today(timezone), timezone=timezone
    )
    return told
