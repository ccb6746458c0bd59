"""Exam plans."""

from datetime import date
from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.models import ExamPlan
from x_pilot_api.exams.schemas import ExamPlanIn, ExamPlanOut, ExamPlanTerms, ExtensionIn, PlanCancellationIn
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])


@router.get("/exam-plans", dependencies=[require(Permission.EXAM_PLANS_READ)])
async def list_exam_plans(
    request: Request, response: Response, session: Session, actor: CurrentActor, today: Today, page: Page
) -> PageOut[ExamPlanOut]:
    """List the exam plans the caller may see."""
    items, token = await queries.list_plans(session, actor, wish=page, today=today)
    pagination.link_next(request, response, token)
    return PageOut[ExamPlanOut](items=items, next_page_token=token)


@router.get(
    "/exam-plans/{exam_plan_id}",
    response_model=ExamPlanOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.EXAM_PLANS_READ)],
)
async def get_exam_plan(
    exam_plan_id: UUID, session: Session, actor: CurrentActor, today: Today, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one exam plan; 304 while the caller's copy is still true."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    return etags.answer(await _answer(session, actor, plan, today=today), if_none_match=if_none_match)


@router.post("/exam-plans", status_code=201, dependencies=[require(Permission.EXAM_PLANS_CREATE)])
async def announce_exam_plan(
    body: ExamPlanIn, response: Response, session: Session, actor: CurrentActor, service: CurrentService, today: Today
) -> ExamPlanOut:
    """Announce an exam plan, or draft one; 409 when a level is not admitted, has no scheme, or is another's."""
    plan = await commands.announce_plan(session, actor, wish=body, timezone=service.settings.timezone)
    response.headers["Location"] = f"/v1/exam-plans/{plan.id}"
    return await _answer(session, actor, plan, today=today)


@router.put(
    "/exam-plans/{exam_plan_id}", responses={**etags.GUARDED}, dependencies=[require(Permission.EXAM_PLANS_RUN)]
)
async def change_exam_plan(
    exam_plan_id: UUID,
    body: ExamPlanTerms,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> ExamPlanOut:
    """Write a draft anew; `If-Match` names the copy the change is made to, and what is published is not changed."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    etags.check(await _answer(session, actor, plan, today=today), if_match=if_match)
    await commands.change_plan(session, actor, plan=plan, wish=body)
    return await _answer(session, actor, plan, today=today)


@router.post("/exam-plans/{exam_plan_id}:publish", dependencies=[require(Permission.EXAM_PLANS_RUN)])
async def publish_exam_plan(
    exam_plan_id: UUID, session: Session, actor: CurrentActor, service: CurrentService, today: Today
) -> ExamPlanOut:
    """Publish a draft: what it says is fixed, its tasks get their days, and the organisation hears of it."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    await commands.publish_plan(session, actor, plan=plan, timezone=service.settings.timezone)
    return await _answer(session, actor, plan, today=today)


@router.post("/exam-plans/{exam_plan_id}:extend", dependencies=[require(Permission.EXAM_PLANS_RUN)])
async def extend_exam_plan(
    exam_plan_id: UUID,
    body: ExtensionIn,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    today: Today,
) -> ExamPlanOut:
    """Put days of a published plan off, with a reason; none comes earlier, and they still follow each other."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    await commands.extend_plan(session, actor, plan=plan, wish=body, timezone=service.settings.timezone)
    return await _answer(session, actor, plan, today=today)


@router.post("/exam-plans/{exam_plan_id}:cancel", dependencies=[require(Permission.EXAM_PLANS_RUN)])
async def cancel_exam_plan(
    exam_plan_id: UUID, body: PlanCancellationIn, session: Session, actor: CurrentActor, today: Today
) -> ExamPlanOut:
    """Let a plan and its sittings not be held, with a reason; 409 `plan_has_results` once there is a result."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    await commands.cancel_plan(session, actor, plan=plan, reason=body.reason)
    return await _answer(session, actor, plan, today=today)


async def _answer(session: Session, actor: Actor, plan: ExamPlan, *, today: date) -> ExamPlanOut:
    (described,) = await queries.describe_plans(session, actor, [plan], today=today)
    return described
