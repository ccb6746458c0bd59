"""What has to be done for plans by when."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.models import PlanTaskKind
from x_pilot_api.exams.schemas import PlanTaskOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])


@router.get("/exam-plans/{exam_plan_id}/tasks", dependencies=[require(Permission.EXAM_PLANS_READ)])
async def list_exam_plan_tasks(
    exam_plan_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> list[PlanTaskOut]:
    """List the dated tasks of a plan and which are done or overdue; they are made when it is published."""
    plan = await queries.get_plan(session, actor, exam_plan_id)
    return await queries.list_tasks(session, actor, plan, today=today)


@router.post("/exam-plans/{exam_plan_id}/tasks/{kind}:tick", dependencies=[require(Permission.EXAM_PLANS_RUN)])
async def tick_exam_plan_task(
    exam_plan_id: UUID, kind: PlanTaskKind, session: Session, actor: CurrentActor, today: Today
) -> list[PlanTaskOut]:
    """Say that a task is done; 409 `task_not_ticked` where what is there shows it."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    await commands.tick_task(session, actor, plan=plan, kind=kind, is_done=True)
    return await queries.list_tasks(session, actor, plan, today=today)


@router.post("/exam-plans/{exam_plan_id}/tasks/{kind}:untick", dependencies=[require(Permission.EXAM_PLANS_RUN)])
async def untick_exam_plan_task(
    exam_plan_id: UUID, kind: PlanTaskKind, session: Session, actor: CurrentActor, today: Today
) -> list[PlanTaskOut]:
    """Say that a task that was ticked is not done after all."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    await commands.tick_task(session, actor, plan=plan, kind=kind, is_done=False)
    return await queries.list_tasks(session, actor, plan, today=today)


@router.get("/overdue-exam-tasks", dependencies=[require(Permission.EXAM_PLANS_READ)])
async def list_overdue_exam_tasks(
    request: Request, response: Response, session: Session, actor: CurrentActor, today: Today, page: Page
) -> PageOut[PlanTaskOut]:
    """List what should have been done before today for any plan the caller may see, the longest overdue first."""
    items, token = await queries.list_overdue_tasks(session, actor, today=today, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[PlanTaskOut](items=items, next_page_token=token)
