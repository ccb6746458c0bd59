"""The deeds on training plans: drafting, changing, removing a draft, and putting it into force."""

from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, clock, etags, quantities
from x_pilot_api.core.actors import Actor
from x_pilot_api.registry import queries
from x_pilot_api.registry.errors import CourseNotOfPlan, PlanDraftExists, PlanIncomplete
from x_pilot_api.registry.models import (
    Programme,
    TrainingPlan,
    TrainingPlanCategory,
    TrainingPlanCourse,
    TrainingPlanState,
)
from x_pilot_api.registry.rules import TRAINING_PLAN
from x_pilot_api.registry.schemas import TrainingPlanChange, TrainingPlanIn, TrainingPlanWithCoursesOut


async def draft_training_plan(
    session: AsyncSession, actor: Actor, *, wish: TrainingPlanIn
) -> TrainingPlanWithCoursesOut:
    """Draft the next version of a programme's training plan for an entry year."""
    programme = await queries.get_own_programme(session, actor, wish.programme_id, lock=True)
    versions = await queries.list_versions(
        session, institution_id=programme.institution_id, programme_id=programme.id, entry_year=wish.entry_year
    )
    for known in versions:
        if known.state == TrainingPlanState.DRAFT:
            raise PlanDraftExists(plan_id=str(known.id), version=known.version)
    plan = TrainingPlan(
        institution_id=programme.institution_id,
        programme_id=programme.id,
        entry_year=wish.entry_year,
        version=len(versions) + 1,
        state=TRAINING_PLAN.initial,
        graduation_credit_hundredths=wish.graduation_credits,
        document_number=wish.document_number,
    )
    session.add(plan)
    await session.flush()
    await _replace_parts(session, programme, plan, wish)
    await _record(session, actor, "draft_training_plan", plan, None)
    return await queries.describe_whole_plan(session, actor, plan)


async def change_training_plan(
    session: AsyncSession, actor: Actor, *, plan_id: UUID, wish: TrainingPlanChange, if_match: str | None
) -> TrainingPlanWithCoursesOut:
    """Give a draft another content; what is in force never changes."""
    programme, plan, whole = await _locked(session, actor, plan_id)
    etags.check(whole, if_match=if_match)
    TRAINING_PLAN.target_of("change", state=plan.state)
    before = _state(plan)
    plan.graduation_credit_hundredths = wish.graduation_credits
    plan.document_number = wish.document_number
    await session.flush()
    await _replace_parts(session, programme, plan, wish)
    await _record(session, actor, "change_training_plan", plan, before)
    return await queries.describe_whole_plan(session, actor, plan)


async def enact_training_plan(session: AsyncSession, actor: Actor, *, plan_id: UUID) -> TrainingPlanWithCoursesOut:
    """Put a draft into force in the place of the version before, if it offers what it asks for."""
    _, plan, whole = await _locked(session, actor, plan_id)
    target = TRAINING_PLAN.target_of("enact", state=plan.state)
    _refuse_incomplete(whole)
    for former in await queries.list_versions(
        session, institution_id=plan.institution_id, programme_id=plan.programme_id, entry_year=plan.entry_year
    ):
        if former.state == TrainingPlanState.IN_FORCE:
            was = _state(former)
            former.state = TrainingPlanState.SUPERSEDED
            await session.flush()
            await _record(session, actor, "supersede_training_plan", former, was)
    before = _state(plan)
    plan.state, plan.in_force_at = target, clock.now()
    await session.flush()
    await _record(session, actor, "enact_training_plan", plan, before)
    return await queries.describe_whole_plan(session, actor, plan)


async def remove_training_plan(session: AsyncSession, actor: Actor, *, plan_id: UUID, if_match: str | None) -> None:
    """Remove a draft."""
    _, plan, whole = await _locked(session, actor, plan_id)
    etags.check(whole, if_match=if_match)
    TRAINING_PLAN.target_of("remove", state=plan.state)
    before = _state(plan)
    await _clear_parts(session, plan)
    await session.delete(plan)
    await session.flush()
    await audit.record(
        session,
        actor,
        "remove_training_plan",
        institution_id=plan.institution_id,
        object_kind="training_plan",
        object_id=plan.id,
        before=before,
    )


async def _locked(
    session: AsyncSession, actor: Actor, plan_id: UUID
) -> tuple[Programme, TrainingPlan, TrainingPlanWithCoursesOut]:
    """Let one deed at a time work on a programme's plans, and read the one meant as it is then."""
    seen = await queries.get_plan(session, actor, plan_id, own=True)
    programme = await queries.get_own_programme(session, actor, seen.programme_id, lock=True)
    plan = await queries.get_plan(session, actor, plan_id, own=True)
    return programme, plan, await queries.describe_whole_plan(session, actor, plan)


async def _clear_parts(session: AsyncSession, plan: TrainingPlan) -> None:
    for part in (TrainingPlanCategory, TrainingPlanCourse):
        mine = (part.institution_id == plan.institution_id, part.training_plan_id == plan.id)
        await session.execute(delete(part).where(*mine).execution_options(synchronize_session=False))


async def _replace_parts(
    session: AsyncSession, programme: Programme, plan: TrainingPlan, wish: TrainingPlanIn | TrainingPlanChange
) -> None:
    """Store the categories and courses of a plan; what a course's row leaves open is taken from the course."""
    found = await queries.find_programme_courses(session, programme, [row.course_id for row in wish.courses])
    unknown = [str(row.course_id) for row in wish.courses if row.course_id not in found]
    if unknown:
        raise CourseNotOfPlan(course_ids=", ".join(unknown))
    await _clear_parts(session, plan)
    key = {"institution_id": plan.institution_id, "training_plan_id": plan.id}
    if wish.categories:
        categories = [key | {"category": row.category, "credit_hundredths": row.credits} for row in wish.categories]
        await session.execute(insert(TrainingPlanCategory), categories)
    if wish.courses:
        courses = [
            key
            | {
                "course_id": row.course_id,
                "term": row.term,
                "credit_hundredths": row.credits or found[row.course_id].credit_hundredths,
                "category": row.category or found[row.course_id].category,
                "is_compulsory": found[row.course_id].is_compulsory if row.is_compulsory is None else row.is_compulsory,
            }
            for row in wish.courses
        ]
        await session.execute(insert(TrainingPlanCourse), courses)


def _refuse_incomplete(plan: TrainingPlanWithCoursesOut) -> None:
    asked = [(row.category, row.credits, row.offered_credits) for row in plan.categories]
    offered = sum(course.credits for course in plan.courses)
    for category, required, there in (
        *asked,
        ("-", sum(required for _, required, _ in asked), plan.graduation_credits),
        ("-", plan.graduation_credits, offered),
    ):
        if required > there:
            raise PlanIncomplete(
                category=category,
                required=quantities.format_hundredths(required),
                offered=quantities.format_hundredths(there),
            )


def _state(plan: TrainingPlan) -> dict[str, object]:
    return changes.fields_of(plan, "state", "version", "graduation_credit_hundredths", "entry_year", "programme_id")


async def _record(
    session: AsyncSession, actor: Actor, deed: str, plan: TrainingPlan, before: dict[str, object] | None
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=plan.institution_id,
        object_kind="training_plan",
        object_id=plan.id,
        before=before,
        after=_state(plan),
    )
