"""The results a certificate rests on, the best one first; which that is follows from them and is kept nowhere."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import queries as awards
from x_pilot_api.awards.models import Award
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams.models import ExamPlan, Registration, Result, Standing
from x_pilot_api.exams.schemas import AwardResultOut, LostExemptionOut


async def _results_of(session: AsyncSession, award: Award) -> Sequence[Row[Result, ExamPlan]]:
    """Find the results in effect for a certificate; of two as good the one that came first stands first."""
    statement = (
        select(Result, ExamPlan)
        .join(
            Registration,
            (Registration.institution_id == Result.institution_id) & (Registration.id == Result.registration_id),
        )
        .join(
            ExamPlan,
            (ExamPlan.institution_id == Registration.institution_id) & (ExamPlan.id == Registration.exam_plan_id),
        )
        .where(
            Result.institution_id == award.institution_id,
            Result.award_id == award.id,
            Result.standing == Standing.EFFECTIVE,
        )
        .order_by(Result.total_hundredths.desc().nulls_last(), ExamPlan.exam_on, Result.recorded_at, Result.id)
    )
    return (await session.execute(statement)).all()


async def find_best_score(session: AsyncSession, award: Award) -> int | None:
    """Tell the total of the best result a certificate rests on, in hundredths; the transaction acts for its place."""
    found = await _results_of(session, award)
    return found[0][0].total_hundredths if found else None


async def list_award_results(session: AsyncSession, actor: Actor, award_id: UUID) -> list[AwardResultOut]:
    """List the results a visible certificate rests on, the best one first."""
    award = await awards.get_award(session, actor, award_id)
    await act_for(session, actor, institution_id=award.institution_id)
    lost = await _lost_exemptions(session, award)
    return [
        AwardResultOut(
            result_id=result.id,
            exam_plan_id=plan.id,
            exam_on=plan.exam_on,
            revision=result.revision,
            total=result.total_hundredths,
            is_best=place == 0,
            lost_exemptions=lost.get(result.id, []),
        )
        for place, (result, plan) in enumerate(await _results_of(session, award))
    ]


_LOST = text("""
SELECT result.id AS result_id, part.conversion_id, part.component_code, part.share_percent, part.ended_at
FROM results AS result
JOIN registrations AS registration ON registration.institution_id = result.institution_id
    AND registration.id = result.registration_id
JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id AND plan.id = registration.exam_plan_id
JOIN exam_plan_levels AS examined ON examined.institution_id = registration.institution_id
    AND examined.exam_plan_id = registration.exam_plan_id
    AND examined.certificate_level_id = registration.certificate_level_id
JOIN component_offsets AS part ON part.institution_id = result.institution_id AND part.student_id = :student_id
    AND part.scheme_id = examined.scheme_id AND part.granted_on <= plan.exam_on AND part.ended_at > result.recorded_at
WHERE result.institution_id = :institution_id AND result.award_id = :award_id AND result.standing = 'effective'
ORDER BY part.ended_at, part.id
""")


async def _lost_exemptions(session: AsyncSession, award: Award) -> dict[UUID, list[LostExemptionOut]]:
    """Find what a certificate's results were reckoned with and was unwound after they came."""
    found: dict[UUID, list[LostExemptionOut]] = {}
    if award.student_id is None:
        return found
    values = {"institution_id": award.institution_id, "award_id": award.id, "student_id": award.student_id}
    for row in (await session.execute(_LOST, values)).all():
        told = LostExemptionOut.model_validate(row, from_attributes=True)
        found.setdefault(row.result_id, []).append(told)
    return found
