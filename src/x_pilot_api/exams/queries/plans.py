"""Reading exam plans."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import AssessmentComponent, Certificate, CertificateLevel
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import ExamPlan, ExamPlanLevel
from x_pilot_api.exams.schemas import (
    ExamPlanOut,
    PlanLevelOut,
)
from x_pilot_api.identity import queries as identity
from x_pilot_api.identity.models import Institution


def plans_visible_to(actor: Actor) -> Select[ExamPlan]:
    """Select the plans an actor may see: an organisation its own, an institution's people those held there.

    An organisation's system sees those of its mode alone: a test client what lies in test institutions.
    """
    if actor.organisation_id is not None:
        plans = select(ExamPlan).where(ExamPlan.organisation_id == actor.organisation_id)
        if actor.is_test is None:
            return plans
        return plans.where(ExamPlan.institution_id.in_(identity.institutions_open_to(actor)))
    if actor.institution_id is not None:
        return select(ExamPlan).where(ExamPlan.institution_id == actor.institution_id)
    return select(ExamPlan).where(false())


async def get_plan(session: AsyncSession, actor: Actor, plan_id: UUID, *, lock: bool = False) -> ExamPlan:
    """Read one visible plan, locked when what hangs on it is to be changed."""
    statement = plans_visible_to(actor).where(ExamPlan.id == plan_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    plan = (await session.scalars(statement)).one_or_none()
    if plan is None:
        raise NotFound(what="exam plan", zh="考核计划")
    return plan


async def list_plans(
    session: AsyncSession, actor: Actor, *, wish: PageWish, today: date
) -> tuple[list[ExamPlanOut], str | None]:
    """List visible plans, oldest first."""
    plans, token = await page_of(session, plans_visible_to(actor), order=(ExamPlan.id,), wish=wish)
    return await describe_plans(session, plans, today=today), token


async def describe_plans(session: AsyncSession, plans: Sequence[ExamPlan], *, today: date) -> list[ExamPlanOut]:
    """Tell plans with their levels and institutions, in two statements however many they are."""
    levels = await _levels_of(session, plans)
    names = await session.execute(
        select(Institution.id, Institution.name).where(Institution.id.in_({plan.institution_id for plan in plans}))
    )
    institutions = {row.id: row.name for row in names.all()}
    return [
        ExamPlanOut(
            id=plan.id,
            institution_id=plan.institution_id,
            institution_name=institutions[plan.institution_id],
            organisation_id=plan.organisation_id,
            code=plan.code,
            name=plan.name,
            state=rules.plan_state(
                opens_on=plan.registration_opens_on,
                closes_on=plan.registration_closes_on,
                exam_on=plan.exam_on,
                today=today,
            ),
            registration_opens_on=plan.registration_opens_on,
            registration_closes_on=plan.registration_closes_on,
            exam_on=plan.exam_on,
            objections_until=plan.objections_until,
            levels=levels.get(plan.id, []),
        )
        for plan in plans
    ]


async def _levels_of(session: AsyncSession, plans: Sequence[ExamPlan]) -> dict[UUID, list[PlanLevelOut]]:
    rows = await session.execute(
        select(
            ExamPlanLevel.exam_plan_id,
            ExamPlanLevel.certificate_level_id,
            ExamPlanLevel.scheme_id,
            Certificate.name,
            CertificateLevel.level,
            AssessmentComponent.code,
        )
        .join(CertificateLevel, CertificateLevel.id == ExamPlanLevel.certificate_level_id)
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .join(AssessmentComponent, AssessmentComponent.scheme_id == ExamPlanLevel.scheme_id)
        .where(
            ExamPlanLevel.institution_id.in_({plan.institution_id for plan in plans}),
            ExamPlanLevel.exam_plan_id.in_([plan.id for plan in plans]),
        )
        .order_by(CertificateLevel.level, CertificateLevel.id, AssessmentComponent.code)
    )
    levels: dict[UUID, list[PlanLevelOut]] = {}
    for row in rows.all():
        found = levels.setdefault(row.exam_plan_id, [])
        if not found or found[-1].certificate_level_id != row.certificate_level_id:
            found.append(
                PlanLevelOut(
                    certificate_level_id=row.certificate_level_id,
                    certificate_name=row.name,
                    level=row.level,
                    scheme_id=row.scheme_id,
                    components=[],
                )
            )
        found[-1].components.append(row.code)
    return levels
