"""Reading from when results may be seen, and what waits for it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock
from x_pilot_api.exams.models import ExamPlan, Grading, Registration, Result, ResultVisibility, Standing
from x_pilot_api.exams.schemas import VisibilityOut

_OF_REGISTRATION = and_(Registration.institution_id == Result.institution_id, Registration.id == Result.registration_id)


async def find_visibility(session: AsyncSession, plan: ExamPlan, *, lock: bool = False) -> ResultVisibility | None:
    """Find from when a plan's results may be seen, as it is now."""
    wanted = (ResultVisibility.institution_id == plan.institution_id, ResultVisibility.exam_plan_id == plan.id)
    statement = select(ResultVisibility).where(*wanted).execution_options(populate_existing=True)
    return (await session.scalars(statement.with_for_update() if lock else statement)).one_or_none()


async def holds_effects(session: AsyncSession, plan: ExamPlan, *, at: datetime) -> bool:
    """Tell whether what a result sets off waits, because students may not see it yet.

    The answer stays true until the transaction ends: whoever lets go what was held waits for it.
    """
    wanted = (ResultVisibility.institution_id == plan.institution_id, ResultVisibility.exam_plan_id == plan.id)
    held = (*wanted, ResultVisibility.lifted_at.is_(None))
    statement = select(ResultVisibility.student_from).where(*held).with_for_update(read=True)
    student_from = (await session.scalars(statement)).one_or_none()
    return student_from is not None and student_from > at


async def count_shown(session: AsyncSession, plan: ExamPlan) -> int:
    """Count a plan's final results that have set off what they do."""
    statement = (
        select(func.count())
        .select_from(Result)
        .join(Registration, _OF_REGISTRATION)
        .where(
            Registration.institution_id == plan.institution_id,
            Registration.exam_plan_id == plan.id,
            Result.standing == Standing.EFFECTIVE,
            Result.grading.in_((Grading.FINAL, Grading.CORRECTED)),
            Result.is_held.is_(False),
            Result.passed.is_not(None),
        )
    )
    return (await session.execute(statement)).scalar_one()


async def list_due_embargoes(session: AsyncSession) -> Sequence[tuple[UUID, UUID]]:
    """List the plans, by institution, whose students may see results by now and whose held ones were not let go."""
    statement = (
        select(ResultVisibility.institution_id, ResultVisibility.exam_plan_id)
        .where(
            ResultVisibility.lifted_at.is_(None),
            or_(ResultVisibility.student_from.is_(None), ResultVisibility.student_from <= clock.now()),
        )
        .order_by(ResultVisibility.institution_id, ResultVisibility.exam_plan_id)
    )
    return [(row.institution_id, row.exam_plan_id) for row in (await session.execute(statement)).all()]


async def list_held(session: AsyncSession, plan: ExamPlan) -> list[UUID]:
    """List a plan's results that count and wait to set off what they do."""
    statement = (
        select(Result.id)
        .join(Registration, _OF_REGISTRATION)
        .where(
            Registration.institution_id == plan.institution_id,
            Registration.exam_plan_id == plan.id,
            Result.standing == Standing.EFFECTIVE,
            Result.is_held,
        )
        .order_by(Result.id)
    )
    return list((await session.scalars(statement)).all())


async def describe_visibility(session: AsyncSession, plan: ExamPlan) -> VisibilityOut:
    """Tell from when a plan's results may be seen, and how many set off nothing until then."""
    found = await find_visibility(session, plan)
    return VisibilityOut(
        exam_plan_id=plan.id,
        college_from=found.college_from if found else None,
        student_from=found.student_from if found else None,
        public_from=found.public_from if found else None,
    )
