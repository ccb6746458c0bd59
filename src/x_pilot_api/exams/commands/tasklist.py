"""Writing down what has to be done for a plan by when, and ticking what only a person knows to be done."""

from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import write
from x_pilot_api.exams import queries
from x_pilot_api.exams.models import ExamPlan, PlanTask, PlanTaskKind
from x_pilot_api.exams.rules import PLAN_KIND, check_by_hand, check_running, task_days


async def write_tasks(session: AsyncSession, plan: ExamPlan, *, timezone: str) -> None:
    """Give each task of a plan its day, or another one; what was ticked stays ticked."""
    days = task_days(plan, timezone=timezone)
    await session.execute(
        delete(PlanTask).where(
            PlanTask.institution_id == plan.institution_id,
            PlanTask.exam_plan_id == plan.id,
            PlanTask.kind.not_in(sorted(days)),
        )
    )
    statement = insert(PlanTask).values(
        [
            {"institution_id": plan.institution_id, "exam_plan_id": plan.id, "kind": kind, "due_on": due_on}
            for kind, due_on in days.items()
        ]
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["institution_id", "exam_plan_id", "kind"], set_={"due_on": statement.excluded.due_on}
        )
    )


async def tick_task(session: AsyncSession, actor: Actor, *, plan: ExamPlan, kind: PlanTaskKind, is_done: bool) -> None:
    """Say that a task of a locked plan is done, or that it is not after all; saying it twice changes nothing."""
    check_running(plan)
    check_by_hand(kind)
    task = await queries.lock_task(session, plan, kind)
    if (task.done_at is not None) == is_done:
        return
    task.done_at, task.done_by = (clock.now(), actor.id) if is_done else (None, None)
    await session.flush()
    await audit.record(
        session,
        actor,
        "tick_plan_task" if is_done else "untick_plan_task",
        institution_id=plan.institution_id,
        object_kind=PLAN_KIND,
        object_id=plan.id,
        detail={"task": kind, "due_on": task.due_on.isoformat()},
    )


async def note_task_done(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, plan_id: UUID, kind: PlanTaskKind
) -> None:
    """Tick a task by what was done for it, if it is there and open; a later area knows what nobody has to say."""
    statement = (
        update(PlanTask)
        .where(
            PlanTask.institution_id == institution_id,
            PlanTask.exam_plan_id == plan_id,
            PlanTask.kind == kind,
            PlanTask.done_at.is_(None),
        )
        .values(done_at=clock.now(), done_by=actor.id)
    )
    if await write(session, statement):
        await audit.record(
            session,
            actor,
            "note_task_done",
            institution_id=institution_id,
            object_kind=PLAN_KIND,
            object_id=plan_id,
            detail={"task": kind},
        )
