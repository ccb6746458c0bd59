"""Exam plans."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.schemas import ExamPlanIn, ExamPlanOut
from x_pilot_api.identity.permissions import Permission

router = APIRouter()


@router.get("/exam-plans", dependencies=[require(Permission.EXAM_PLANS_READ)])
async def list_exam_plans(
    request: Request, response: Response, session: Session, actor: CurrentActor, today: Today, page: Page
) -> PageOut[ExamPlanOut]:
    """List the exam plans the caller may see."""
    items, token = await queries.list_plans(session, actor, wish=page, today=today)
    pagination.link_next(request, response, token)
    return PageOut[ExamPlanOut](items=items, next_page_token=token)


@router.get("/exam-plans/{exam_plan_id}", dependencies=[require(Permission.EXAM_PLANS_READ)])
async def get_exam_plan(exam_plan_id: UUID, session: Session, actor: CurrentActor, today: Today) -> ExamPlanOut:
    """Read one exam plan."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    (described,) = await queries.describe_plans(session, [plan], today=today)
    return described


@router.post("/exam-plans", status_code=201, dependencies=[require(Permission.EXAM_PLANS_CREATE)])
async def announce_exam_plan(
    body: ExamPlanIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> ExamPlanOut:
    """Announce an exam plan; 409 when a level is not admitted, has no scheme, or is of another organisation."""
    plan = await commands.announce_plan(session, actor, wish=body)
    response.headers["Location"] = f"/v1/exam-plans/{plan.id}"
    (described,) = await queries.describe_plans(session, [plan], today=today)
    return described
