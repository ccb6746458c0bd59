"""The desk of quarantined results: two persons settle each."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.commands.push import Bounds
from x_pilot_api.exams.schemas import ProposalIn, QuarantinedResultOut, ResultReviewOut, VerdictIn
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])

_PATH = "/quarantined-results"


@router.get(_PATH, dependencies=[require(Permission.QUARANTINE_READ)])
async def list_quarantined_results(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    exam_plan_id: Annotated[UUID, Query()],
) -> PageOut[QuarantinedResultOut]:
    """List a plan's quarantined results, oldest first: the organisation's figures beside ours, and what is proposed."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    items, token = await queries.list_quarantined(session, actor, plan, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[QuarantinedResultOut](items=items, next_page_token=token)


@router.get(f"{_PATH}/{{result_id}}", dependencies=[require(Permission.QUARANTINE_READ)])
async def get_quarantined_result(result_id: UUID, session: Session, actor: CurrentActor) -> QuarantinedResultOut:
    """Read one result that is or was quarantined."""
    result = await queries.get_sent(session, actor, result_id)
    return await queries.describe_quarantined(session, actor, result)


@router.post(f"{_PATH}/{{result_id}}:propose", status_code=201, dependencies=[require(Permission.QUARANTINE_DECIDE)])
async def propose_result_review(
    result_id: UUID, body: ProposalIn, session: Session, actor: CurrentActor
) -> ResultReviewOut:
    """Propose that our figures count, that the row is rejected, or ask the organisation, with a reason.

    409 `result_second_person_needed` for whoever pushed it, `result_review_open` while another proposal waits,
    `quarantine_over` when it is settled.
    """
    return queries.describe_review(
        actor, await commands.propose_review(session, actor, result_id=result_id, proposal=body)
    )


@router.post(f"{_PATH}/{{result_id}}:confirm", dependencies=[require(Permission.QUARANTINE_DECIDE)])
async def confirm_result_review(
    result_id: UUID, body: VerdictIn, session: Session, actor: CurrentActor, service: CurrentService
) -> ResultReviewOut:
    """Confirm what another person proposed: the result takes effect as a push of it would, or is rejected.

    409 `result_second_person_needed` for who proposed or pushed it, `quarantine_over` when a newer revision came.
    """
    bounds = Bounds(sealer=service.sealer, rows_max=1, timezone=service.settings.timezone)
    review = await commands.confirm_review(session, actor, result_id=result_id, reason=body.reason, bounds=bounds)
    return queries.describe_review(actor, review)


@router.post(f"{_PATH}/{{result_id}}:decline", dependencies=[require(Permission.QUARANTINE_DECIDE)])
async def decline_result_review(
    result_id: UUID, body: VerdictIn, session: Session, actor: CurrentActor
) -> ResultReviewOut:
    """Decline what another person proposed; the result stays quarantined."""
    review = await commands.decline_review(session, actor, result_id=result_id, reason=body.reason)
    return queries.describe_review(actor, review)
