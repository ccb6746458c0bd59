"""A student's registrations and results; what may not be seen yet is not there at all."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, texts
from x_pilot_api.core.errors import NotFound
from x_pilot_api.student_space import rules
from x_pilot_api.student_space.queries.owning import Own
from x_pilot_api.student_space.rules import Component
from x_pilot_api.student_space.schemas import (
    OwnComponentOut,
    OwnRegistrationOut,
    OwnResultExplainedOut,
    OwnResultOut,
    SetOffOut,
)

OWN_REGISTRATIONS = """
FROM candidates AS candidate
JOIN registrations AS registration ON registration.institution_id = candidate.institution_id
    AND registration.candidate_id = candidate.id
JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id AND plan.id = registration.exam_plan_id
JOIN certificate_levels AS level ON level.id = registration.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
"""
WHOSE = "candidate.institution_id = :institution_id AND candidate.student_id = :student_id"

IS_SHOWN = """NOT EXISTS (SELECT FROM result_visibilities AS visibility
        WHERE visibility.institution_id = registration.institution_id
            AND visibility.exam_plan_id = registration.exam_plan_id AND visibility.student_from > :now)"""
"""A plan's results are seen by its students from the instant that its office has set."""

# A provisional result is only stored, one that waits for a second look counts for nothing yet.
SEEN_RESULT = f"result.standing = 'effective' AND result.grading <> 'provisional' AND {IS_SHOWN}"

_SOME = "(CAST(:ids AS uuid[]) IS NULL OR registration.id = ANY(CAST(:ids AS uuid[])))"

_REGISTRATIONS = text(f"""
SELECT registration.id, plan.id AS exam_plan_id, plan.name AS exam_name, registration.certificate_level_id,
    certificate.name AS certificate_name, level.level, registration.state, registration.admission_number,
    plan.registration_closes_on, plan.exam_on
{OWN_REGISTRATIONS}
WHERE {WHOSE} AND registration.state <> 'withdrawn' AND {_SOME}
ORDER BY plan.exam_on DESC, registration.id DESC LIMIT :size
""")

_RESULT = f"""
SELECT registration.id AS registration_id, registration.certificate_level_id, certificate.name AS certificate_name,
    level.level, plan.name AS exam_name, plan.exam_on, result.activity, result.grading,
    result.total_hundredths AS total, result.passed, result.revision, result.recorded_at AS received_at
    {{more}}
{OWN_REGISTRATIONS}
JOIN results AS result ON result.institution_id = registration.institution_id
    AND result.registration_id = registration.id AND {SEEN_RESULT}
{{joins}}
WHERE {WHOSE} AND {{some}}
"""

_RESULTS = text(
    _RESULT.format(more="", joins="", some=_SOME) + "ORDER BY plan.exam_on DESC, registration.id DESC LIMIT :size"
)

_EXPLAINED = text(
    _RESULT.format(
        more=""", scheme.combination, scheme.pass_mark_hundredths AS pass_mark, award.id AS award_id,
    award.number AS award_number, award.state AS award_state, outcome.reason AS outcome_reason,
    coalesce(outcome.credit_hundredths, 0) AS credit, (
        SELECT json_agg(json_build_object('code', component.code, 'name', component.name,
            'score', CAST(result.components ->> component.code AS int), 'full_mark', component.full_mark_hundredths,
            'weight_percent', component.weight_percent, 'pass_mark', component.pass_mark_hundredths)
            ORDER BY component.code)
        FROM assessment_components AS component WHERE component.scheme_id = scheme.id) AS components""",
        joins="""
JOIN exam_plan_levels AS examined ON examined.institution_id = registration.institution_id
    AND examined.exam_plan_id = registration.exam_plan_id
    AND examined.certificate_level_id = registration.certificate_level_id
JOIN assessment_schemes AS scheme ON scheme.id = examined.scheme_id
LEFT JOIN awards AS award ON award.institution_id = result.institution_id AND award.id = result.award_id
LEFT JOIN learning_outcomes AS outcome ON outcome.institution_id = award.institution_id
    AND outcome.award_id = award.id""",
        some="registration.id = :registration_id",
    )
).columns(components=JSON)


async def list_registrations(
    session: AsyncSession, own: Own, *, ids: Collection[UUID] | None = None
) -> list[OwnRegistrationOut]:
    """List the student's registrations but for those withdrawn, the latest exam first."""
    rows = await session.execute(_REGISTRATIONS, own.bound(ids))
    return [OwnRegistrationOut.model_validate(row, from_attributes=True) for row in rows]


async def list_results(session: AsyncSession, own: Own, *, ids: Collection[UUID] | None = None) -> list[OwnResultOut]:
    """List the student's results that may be seen, the latest exam first; `ids` are of registrations."""
    rows = await session.execute(_RESULTS, own.bound(ids) | {"now": clock.now()})
    return [OwnResultOut.model_validate(row, from_attributes=True) for row in rows]


async def explain_result(session: AsyncSession, own: Own, registration_id: UUID) -> OwnResultExplainedOut:
    """Explain the result of one of the student's registrations, if it may be seen."""
    values: dict[str, object] = {"institution_id": own.institution_id, "student_id": own.student_id}
    values |= {"registration_id": registration_id, "now": clock.now()}
    row = (await session.execute(_EXPLAINED, values)).one_or_none()
    if row is None:
        raise NotFound(what="result", zh="成绩")
    components = [OwnComponentOut(**component) for component in row.components]
    says = rules.explain_total(
        [_weighed(component) for component in components],
        total=row.total,
        combination=row.combination,
        pass_mark=row.pass_mark,
        passed=row.passed,
    )
    told: dict[str, Any] = OwnResultOut.model_validate(row, from_attributes=True).model_dump()
    return OwnResultExplainedOut(
        **told,
        components=components,
        combination=row.combination,
        pass_mark=row.pass_mark,
        says=texts.in_both(says),
        set_off=SetOffOut.model_validate(row, from_attributes=True) if row.award_id is not None else None,
    )


def _weighed(component: OwnComponentOut) -> Component:
    return Component(
        component.name, component.score, component.full_mark, component.weight_percent, component.pass_mark
    )
