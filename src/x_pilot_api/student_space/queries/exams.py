"""A student's registrations and results; what may not be seen yet is not there at all."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, texts
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.exams.rules import REGISTRATION
from x_pilot_api.student_space import rules
from x_pilot_api.student_space.queries.owning import Own
from x_pilot_api.student_space.rules import Component
from x_pilot_api.student_space.schemas import (
    OwnComponentOut,
    OwnRegistrationOut,
    OwnResultExplainedOut,
    OwnResultOut,
    OwnSittingOut,
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
AT_A_SITTING = """
LEFT JOIN exam_sittings AS sitting ON sitting.institution_id = registration.institution_id
    AND sitting.id = registration.sitting_id
LEFT JOIN assessment_sites AS site ON site.institution_id = sitting.institution_id AND site.id = sitting.site_id
LEFT JOIN seat_arrangements AS arrangement ON arrangement.institution_id = sitting.institution_id
    AND arrangement.sitting_id = sitting.id
LEFT JOIN seats AS seat ON seat.institution_id = arrangement.institution_id
    AND seat.registration_id = registration.id AND seat.sitting_id = arrangement.sitting_id
LEFT JOIN rooms AS room ON room.institution_id = seat.institution_id AND room.id = seat.room_id
"""
"""When and where, whatever became of it: what takes it back has to be seen as a change too."""

# Before tickets are handed out a seat may still be given to another.
_IS_HANDED_OUT = "sitting.cancelled_at IS NULL AND arrangement.printed_at IS NOT NULL"

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
    plan.registration_closes_on, plan.exam_on, registration.offered_until, registration.reason, sitting.starts_at,
    sitting.ends_at, site.name AS site_name, site.address, sitting.cancelled_at IS NULL AS is_held,
    CASE WHEN {_IS_HANDED_OUT} THEN room.name || '（' || room.code || '）' END AS room,
    CASE WHEN {_IS_HANDED_OUT} THEN seat.number END AS seat
{OWN_REGISTRATIONS} {AT_A_SITTING}
WHERE {WHOSE} AND (registration.state <> 'withdrawn' OR CAST(:everything AS boolean)) AND {_SOME}
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
    session: AsyncSession, actor: Actor, own: Own, *, ids: Collection[UUID] | None = None, everything: bool = False
) -> list[OwnRegistrationOut]:
    """List the student's registrations, the latest exam first; those withdrawn only with `everything`."""
    rows = await session.execute(_REGISTRATIONS, own.bound(ids) | {"everything": everything})
    return [
        OwnRegistrationOut(
            **row._asdict(),  # pyright: ignore[reportPrivateUsage] - SQLAlchemy's own name for it
            sitting=OwnSittingOut.model_validate(row, from_attributes=True) if row.starts_at and row.is_held else None,
            has_ticket=row.seat is not None,
            allowed_deeds=REGISTRATION.allowed_deeds(actor, state=row.state),
        )
        for row in rows
    ]


async def get_registration(session: AsyncSession, actor: Actor, own: Own, registration_id: UUID) -> OwnRegistrationOut:
    """Read one of the student's registrations, whatever became of it."""
    found = await list_registrations(session, actor, own, ids=[registration_id], everything=True)
    if not found:
        raise NotFound(what="registration", zh="报名")
    return found[0]


_SEEN = text(f"""
SELECT result.id {OWN_REGISTRATIONS}
JOIN results AS result ON result.institution_id = registration.institution_id
    AND result.registration_id = registration.id AND {SEEN_RESULT}
WHERE {WHOSE} AND registration.id = :registration_id
""")


async def get_result_id(session: AsyncSession, own: Own, registration_id: UUID) -> UUID:
    """Find the result in effect of one of the student's registrations, if it may be seen."""
    values: dict[str, object] = {"institution_id": own.institution_id, "student_id": own.student_id}
    values |= {"registration_id": registration_id, "now": clock.now()}
    found: UUID | None = (await session.execute(_SEEN, values)).scalar_one_or_none()
    if found is None:
        raise NotFound(what="result", zh="成绩")
    return found


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
