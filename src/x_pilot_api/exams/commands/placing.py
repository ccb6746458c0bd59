"""What a push locks before the persons, in the order that everybody keeps: plan, what it holds back, register."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock
from x_pilot_api.exams import queries
from x_pilot_api.exams.models import ExamPlan
from x_pilot_api.registry import commands as register

# Whoever lays a joint exam down, or holds results back, locks the plan against this, so that a push sees it or it sees
# the push's results.
_LOCK_PLAN = text("""
SELECT FROM exam_plans WHERE institution_id = :institution_id AND id = :exam_plan_id FOR KEY SHARE
""")

_IS_JOINT = text("""
SELECT EXISTS (SELECT FROM joint_exams WHERE institution_id = :institution_id AND exam_plan_id = :exam_plan_id
    AND state = 'laid_down')
""")


@dataclass(frozen=True)
class Place:
    """What a plan says of the results that are pushed into it, for good until the transaction ends."""

    is_joint: bool
    """Whether results come to grades."""
    holds: bool
    """Whether what results set off waits."""


async def lock_place(session: AsyncSession, plan: ExamPlan) -> Place:
    """Lock what decides on a push; whoever locks persons before they push calls this first."""
    values = await _lock(session, plan)
    holds = await queries.holds_effects(session, plan, at=clock.now())
    is_joint: bool = (await session.execute(_IS_JOINT, values)).scalar_one()
    if is_joint:
        await register.lock_register(session, institution_id=plan.institution_id)
    return Place(is_joint, holds)


async def lock_before_letting_go(session: AsyncSession, plan: ExamPlan) -> None:
    """Lock a plan as a push does, for whoever locks next what it holds back and then pushes."""
    await _lock(session, plan)


async def lock_alone(session: AsyncSession, *, institution_id: UUID, exam_plan_id: UUID) -> None:
    """Wait for pushes that began without knowing what is about to be said of the plan, and keep others waiting."""
    wanted = (ExamPlan.institution_id == institution_id, ExamPlan.id == exam_plan_id)
    await session.execute(select(ExamPlan.id).where(*wanted).with_for_update())


async def _lock(session: AsyncSession, plan: ExamPlan) -> dict[str, object]:
    values: dict[str, object] = {"institution_id": plan.institution_id, "exam_plan_id": plan.id}
    await session.execute(_LOCK_PLAN, values)
    return values
