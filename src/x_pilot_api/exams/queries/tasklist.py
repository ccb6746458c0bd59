"""Reading what has to be done for plans, and what of it is overdue."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import ExamPlan, PlanTask, PlanTaskKind
from x_pilot_api.exams.queries import evidence as gathered
from x_pilot_api.exams.queries import plans as planned
from x_pilot_api.exams.queries.evidence import EXPECTS_A_RESULT, UNLOCKED
from x_pilot_api.exams.schemas import PlanTaskOut
from x_pilot_api.identity.permissions import Permission

_OF_PLAN = """
registration.institution_id = exam_plan_tasks.institution_id
AND registration.exam_plan_id = exam_plan_tasks.exam_plan_id
"""
_SOMEBODY_UNLOCKED = text(f"EXISTS (SELECT FROM registrations AS registration WHERE {_OF_PLAN} AND {UNLOCKED})")
_SOMEBODY_WITHOUT_RESULT = text(f"""
EXISTS (SELECT FROM registrations AS registration WHERE {_OF_PLAN} AND {EXPECTS_A_RESULT} AND NOT EXISTS (
    SELECT FROM results AS result WHERE result.institution_id = registration.institution_id
        AND result.registration_id = registration.id AND result.standing = 'effective'))
""")

# Days pass by themselves, so these three alone can be late: the rest is done when its day is over.
_STILL_OPEN = or_(
    PlanTask.kind.in_(sorted(rules.BY_HAND)),
    and_(PlanTask.kind == PlanTaskKind.LOCK_CANDIDATES, _SOMEBODY_UNLOCKED),
    and_(PlanTask.kind == PlanTaskKind.ENTER_RESULTS, _SOMEBODY_WITHOUT_RESULT),
)


async def list_tasks(session: AsyncSession, actor: Actor, plan: ExamPlan, *, today: date) -> list[PlanTaskOut]:
    """List the tasks of a visible plan in the order of their days; a draft has none yet."""
    statement = select(PlanTask).where(PlanTask.institution_id == plan.institution_id, PlanTask.exam_plan_id == plan.id)
    tasks = (await session.scalars(statement)).all()
    order = list(PlanTaskKind)
    tasks = sorted(tasks, key=lambda task: (task.due_on, order.index(PlanTaskKind(task.kind))))
    return await _describe(session, actor, tasks, [plan], today=today)


async def list_overdue_tasks(
    session: AsyncSession, actor: Actor, *, today: date, wish: PageWish
) -> tuple[list[PlanTaskOut], str | None]:
    """List what should have been done before today for the plans an actor may see, the longest overdue first."""
    visible = planned.plans_visible_to(actor).where(ExamPlan.cancelled_at.is_(None), ExamPlan.published_at.is_not(None))
    of_visible = visible.with_only_columns(ExamPlan.id).where(ExamPlan.institution_id == PlanTask.institution_id)
    statement = select(PlanTask).where(
        PlanTask.exam_plan_id.in_(of_visible), PlanTask.due_on < today, PlanTask.done_at.is_(None), _STILL_OPEN
    )
    order = (PlanTask.due_on, PlanTask.exam_plan_id, PlanTask.kind)
    tasks, token = await page_of(session, statement, order=order, wish=wish)
    plans = await session.scalars(visible.where(ExamPlan.id.in_({task.exam_plan_id for task in tasks})))
    return await _describe(session, actor, tasks, plans.all(), today=today), token


async def lock_task(session: AsyncSession, plan: ExamPlan, kind: PlanTaskKind) -> PlanTask:
    """Lock one task of a plan that is locked."""
    statement = select(PlanTask).where(
        PlanTask.institution_id == plan.institution_id,
        PlanTask.exam_plan_id == plan.id,
        PlanTask.kind == kind,
    )
    return await lookups.get_one(session, statement, what="task of the plan", zh="计划任务", lock=True)


async def _describe(
    session: AsyncSession, actor: Actor, tasks: Sequence[PlanTask], plans: Sequence[ExamPlan], *, today: date
) -> list[PlanTaskOut]:
    known: dict[UUID, ExamPlan] = {plan.id: plan for plan in plans}
    evidence, now = await gathered.find_evidence(session, plans), clock.now()
    told: list[PlanTaskOut] = []
    for task in tasks:
        plan = known[task.exam_plan_id]
        done = rules.is_done(task, plan, evidence[plan.id], today=today, now=now)
        told.append(
            PlanTaskOut(
                exam_plan_id=plan.id,
                institution_id=plan.institution_id,
                plan_code=plan.code,
                plan_name=plan.name,
                kind=PlanTaskKind(task.kind),
                due_on=task.due_on,
                is_done=done,
                is_overdue=rules.is_overdue(task, plan, done=done, today=today),
                done_at=task.done_at,
                allowed_deeds=_deeds(actor, task, plan),
            )
        )
    return told


def _deeds(actor: Actor, task: PlanTask, plan: ExamPlan) -> list[str]:
    running = rules.standing_of(plan) == rules.PlanStanding.PUBLISHED
    if not running or task.kind not in rules.BY_HAND or not actor.may(Permission.EXAM_PLANS_RUN):
        return []
    return ["tick"] if task.done_at is None else ["untick"]
