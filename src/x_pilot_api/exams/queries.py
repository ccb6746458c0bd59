"""Reading plans, candidates and what became of pushed rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, false, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import AssessmentComponent, Certificate, CertificateLevel
from x_pilot_api.core import languages, quantities
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import ExamPlan, ExamPlanLevel, ResultBatch
from x_pilot_api.exams.schemas import (
    CandidateOut,
    DownstreamOut,
    ExamPlanOut,
    PlanLevelOut,
    ResultBatchOut,
    RowOutcomeOut,
)
from x_pilot_api.identity import queries as identity
from x_pilot_api.identity.models import Institution

_CANDIDATES = text("""
SELECT registration.admission_number, candidate.name, document.masked_number, registration.certificate_level_id,
    level.level, registration.state
FROM registrations AS registration
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id
JOIN identity_documents AS document ON document.institution_id = candidate.institution_id
    AND document.id = candidate.identity_document_id
JOIN certificate_levels AS level ON level.id = registration.certificate_level_id
WHERE registration.institution_id = :institution_id AND registration.exam_plan_id = :exam_plan_id
    AND registration.admission_number > :after
ORDER BY registration.admission_number LIMIT :size
""")

_ROW_OUTCOMES = text("""
SELECT row_number, org_result_id, outcome, code, field, figures, result_id FROM result_rows
WHERE institution_id = :institution_id AND batch_id = :batch_id AND row_number > :after
    AND (CAST(:outcome AS text) IS NULL OR outcome = :outcome)
ORDER BY row_number LIMIT :size
""")


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


def batches_visible_to(actor: Actor) -> Select[ResultBatch]:
    """Select the batches an organisation pushed."""
    if actor.organisation_id is None:
        return select(ResultBatch).where(false())
    batches = select(ResultBatch).where(ResultBatch.organisation_id == actor.organisation_id)
    return batches if actor.is_test is None else batches.where(ResultBatch.is_test == actor.is_test)


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


async def list_candidates(
    session: AsyncSession, actor: Actor, plan: ExamPlan, *, after: str, size: int
) -> list[CandidateOut]:
    """List a plan's candidates by admission number."""
    await act_for(session, actor, institution_id=plan.institution_id)
    rows = await session.execute(
        _CANDIDATES,
        {"institution_id": plan.institution_id, "exam_plan_id": plan.id, "after": after, "size": size},
    )
    return [
        CandidateOut(
            admission_number=row.admission_number,
            name=row.name,
            masked_document_number=row.masked_number,
            certificate_level_id=row.certificate_level_id,
            level=row.level,
            state=row.state,
        )
        for row in rows.all()
    ]


async def get_batch(session: AsyncSession, actor: Actor, batch_id: UUID) -> ResultBatch:
    """Read one batch the actor's organisation pushed."""
    batch = (await session.scalars(batches_visible_to(actor).where(ResultBatch.id == batch_id))).one_or_none()
    if batch is None:
        raise NotFound(what="result batch", zh="成绩批次")
    return batch


def describe_batch(batch: ResultBatch) -> ResultBatchOut:
    """Tell a stored batch in numbers."""
    counts = dict(batch.counts)
    downstream = dict(counts.pop("downstream"))
    deposited = quantities.parse_hundredths(downstream.pop("credit_deposited"))
    return ResultBatchOut(
        id=batch.id,
        exam_plan_id=batch.exam_plan_id,
        institution_id=batch.institution_id,
        rows=batch.row_count,
        downstream=DownstreamOut(**downstream, credit_deposited=deposited),
        received_at=batch.received_at,
        row_outcomes=None,
        row_outcomes_url=f"/v1/partner/result-batches/{batch.id}/rows",
        **counts,
    )


async def list_row_outcomes(
    session: AsyncSession, actor: Actor, batch: ResultBatch, *, outcome: str | None, after: int, size: int
) -> list[RowOutcomeOut]:
    """List what became of a batch's rows, in the file's order."""
    await act_for(session, actor, institution_id=batch.institution_id)
    rows = await session.execute(
        _ROW_OUTCOMES,
        {
            "institution_id": batch.institution_id,
            "batch_id": batch.id,
            "outcome": outcome,
            "after": after,
            "size": size,
        },
    )
    return [row_outcome(row) for row in rows.all()]


def row_outcome(row: Row[*tuple[Any, ...]]) -> RowOutcomeOut:
    """Tell one row's outcome, its code in words."""
    return RowOutcomeOut(
        row=row.row_number,
        org_result_id=row.org_result_id,
        outcome=row.outcome,
        code=row.code,
        column=row.field,
        detail=rules.explain(row.code, row.figures, language=languages.spoken()),
        result_id=row.result_id,
    )
