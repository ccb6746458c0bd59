"""Reading exam plans."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import AssessmentComponent, Certificate, CertificateLevel
from x_pilot_api.core import clock, lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import ExamPlan, ExamPlanLevel, ResultBatch
from x_pilot_api.exams.queries import evidence as gathered
from x_pilot_api.exams.schemas import ExamPlanOut, PlanLevelOut
from x_pilot_api.identity import queries as identity
from x_pilot_api.identity.models import Institution, Role
from x_pilot_api.identity.permissions import Permission


def plans_visible_to(actor: Actor) -> Select[ExamPlan]:
    """Select the plans an actor may see: an organisation its own, an institution's people those held there.

    An organisation's system sees those of its mode alone: a test client what lies in test institutions. A draft is
    seen by whoever can publish it, and by auditors.
    """
    plans = select(ExamPlan)
    if not actor.may(Permission.EXAM_PLANS_RUN) and Role.AUDITOR not in actor.roles:
        plans = plans.where(ExamPlan.published_at.is_not(None))
    if actor.organisation_id is not None:
        plans = plans.where(ExamPlan.organisation_id == actor.organisation_id)
        if actor.is_test is None:
            return plans
        return plans.where(ExamPlan.institution_id.in_(identity.institutions_open_to(actor)))
    if actor.institution_id is not None:
        return plans.where(ExamPlan.institution_id == actor.institution_id)
    return plans.where(false())


async def get_plan(session: AsyncSession, actor: Actor, plan_id: UUID, *, lock: bool = False) -> ExamPlan:
    """Read one visible plan, locked when what hangs on it is to be changed."""
    statement = plans_visible_to(actor).where(ExamPlan.id == plan_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    return await lookups.get_one(session, statement, what="exam plan", zh="考核计划")


async def lock_plan(session: AsyncSession, *, institution_id: UUID, plan_id: UUID) -> ExamPlan:
    """Lock a plan that the service itself works on."""
    statement = select(ExamPlan).where(ExamPlan.institution_id == institution_id, ExamPlan.id == plan_id)
    return (await session.scalars(statement.with_for_update(key_share=True))).one()


async def list_plans(
    session: AsyncSession, actor: Actor, *, wish: PageWish, today: date
) -> tuple[list[ExamPlanOut], str | None]:
    """List visible plans, oldest first."""
    plans, token = await page_of(session, plans_visible_to(actor), order=(ExamPlan.id,), wish=wish)
    return await describe_plans(session, actor, plans, today=today), token


async def describe_plans(
    session: AsyncSession, actor: Actor, plans: Sequence[ExamPlan], *, today: date
) -> list[ExamPlanOut]:
    """Tell plans with their levels, institutions and evidence, in five statements however many they are."""
    evidence, now = await gathered.find_evidence(session, plans), clock.now()
    levels = await _levels_of(session, plans)
    names = await session.execute(
        select(Institution.id, Institution.name).where(Institution.id.in_({plan.institution_id for plan in plans}))
    )
    institutions = {row.id: row.name for row in names.all()}
    return [
        _told(actor, plan, evidence[plan.id], institutions[plan.institution_id], levels.get(plan.id, []), today, now)
        for plan in plans
    ]


def _told(
    actor: Actor,
    plan: ExamPlan,
    evidence: rules.Evidence,
    institution_name: str,
    levels: list[PlanLevelOut],
    today: date,
    now: datetime,
) -> ExamPlanOut:
    state = rules.plan_state(plan, evidence, today=today, now=now)
    return ExamPlanOut(
        id=plan.id,
        institution_id=plan.institution_id,
        institution_name=institution_name,
        organisation_id=plan.organisation_id,
        code=plan.code,
        name=plan.name,
        state=state,
        national_code=rules.national_code(state),
        registration_opens_on=plan.registration_opens_on,
        registration_closes_on=plan.registration_closes_on,
        candidates_locked_on=plan.candidates_locked_on,
        seats_arranged_on=plan.seats_arranged_on,
        tickets_on=plan.tickets_on,
        exam_on=plan.exam_on,
        results_due_on=plan.results_due_on,
        objections_until=plan.objections_until,
        published_at=plan.published_at,
        cancelled_at=plan.cancelled_at,
        cancellation_reason=plan.cancellation_reason,
        candidates=evidence.candidates,
        results=evidence.results,
        levels=levels,
        allowed_deeds=rules.plan_deeds(actor, plan, evidence),
    )


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


async def list_components(session: AsyncSession, plan: ExamPlan) -> list[tuple[str, str]]:
    """List the components of a plan's levels, code and name, each code once, as their schemes order them."""
    rows = await session.execute(
        select(AssessmentComponent.code, func.min(AssessmentComponent.name))
        .join(ExamPlanLevel, ExamPlanLevel.scheme_id == AssessmentComponent.scheme_id)
        .where(ExamPlanLevel.institution_id == plan.institution_id, ExamPlanLevel.exam_plan_id == plan.id)
        .group_by(AssessmentComponent.code)
        .order_by(AssessmentComponent.code)
    )
    return [(code, name) for code, name in rows.all()]


async def get_plan_of(session: AsyncSession, batch: ResultBatch) -> ExamPlan:
    """Read the plan that a batch belongs to."""
    return await get_plan_by_key(session, institution_id=batch.institution_id, plan_id=batch.exam_plan_id)


async def get_plan_by_key(session: AsyncSession, *, institution_id: UUID, plan_id: UUID) -> ExamPlan:
    """Read a plan that we ourselves have named."""
    wanted = (ExamPlan.institution_id == institution_id, ExamPlan.id == plan_id)
    return (await session.scalars(select(ExamPlan).where(*wanted))).one()
