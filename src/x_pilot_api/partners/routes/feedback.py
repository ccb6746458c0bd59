"""Quality feedback, answered by the organisation's own system."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.certificates import commands, queries
from x_pilot_api.certificates.models import Feedback, FeedbackState
from x_pilot_api.certificates.schemas import FeedbackAnswerIn, FeedbackOut
from x_pilot_api.core import clock, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.partners.routes import door

router = AreaRouter(prefix=door.PREFIX, tags=door.TAGS)


@router.get("/quality-feedback", dependencies=[require(Permission.FEEDBACK_ANSWER)])
async def list_partner_feedback(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    page: Page,
    state: Annotated[FeedbackState | None, Query(description="`sent` and `reopened` wait for an answer")] = None,
) -> PageOut[FeedbackOut]:
    """List the quality feedback that institutions sent to the organisation."""
    rows, token = await queries.list_feedback(
        session, actor, certificate_id=None, state=state, overdue_on=None, wish=page
    )
    pagination.link_next(request, response, token)
    return PageOut[FeedbackOut](items=await _told(session, actor, service, *rows), next_page_token=token)


@router.get("/quality-feedback/{feedback_id}", dependencies=[require(Permission.FEEDBACK_ANSWER)])
async def get_partner_feedback(
    feedback_id: UUID, session: Session, actor: CurrentActor, service: CurrentService
) -> FeedbackOut:
    """Read one piece of quality feedback with the answers to it."""
    (told,) = await _told(session, actor, service, await queries.get_feedback(session, actor, feedback_id))
    return told


@router.post("/quality-feedback/{feedback_id}:answer", dependencies=[require(Permission.FEEDBACK_ANSWER)])
async def answer_partner_feedback(
    feedback_id: UUID, body: FeedbackAnswerIn, session: Session, actor: CurrentActor, service: CurrentService
) -> FeedbackOut:
    """Answer quality feedback that is `sent` or `reopened`; each asking takes one answer."""
    feedback = await commands.answer_feedback(session, actor, feedback_id=feedback_id, wish=body)
    (told,) = await _told(session, actor, service, feedback)
    return told


async def _told(session: Session, actor: Actor, service: CurrentService, *rows: Feedback) -> list[FeedbackOut]:
    timezone = service.settings.timezone
    return await queries.describe_feedback(session, actor, rows, today=clock.today(timezone), timezone=timezone)
