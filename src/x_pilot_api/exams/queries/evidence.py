"""What is there of plans, gathered in one place: from it their states follow, and which of their tasks are done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.exams.models import ExamPlan, PlanTaskKind
from x_pilot_api.exams.rules import NOTHING, Evidence

# Whoever has an admission number and is not out of it again expects a result.
EXPECTS_A_RESULT = "registration.admission_number IS NOT NULL AND registration.state NOT IN ('refused', 'withdrawn')"
UNLOCKED = "registration.state IN ('confirmed', 'accepted')"

_KEYS = (
    bindparam("institution_ids", type_=ARRAY(Uuid)),
    bindparam("plan_ids", type_=ARRAY(Uuid)),
)

_REGISTRATIONS = text(f"""
SELECT registration.exam_plan_id,
    count(*) FILTER (WHERE {EXPECTS_A_RESULT}) AS candidates,
    count(*) FILTER (WHERE {UNLOCKED}) AS unlocked,
    count(result.id) FILTER (WHERE {EXPECTS_A_RESULT}) AS results
FROM registrations AS registration
LEFT JOIN results AS result ON result.institution_id = registration.institution_id
    AND result.registration_id = registration.id AND result.standing = 'effective'
WHERE registration.institution_id = ANY(:institution_ids) AND registration.exam_plan_id = ANY(:plan_ids)
GROUP BY registration.exam_plan_id
""").bindparams(*_KEYS)

_SITTINGS = text("""
SELECT exam_plan_id, count(*) AS sittings, max(ends_at) AS last_ends_at FROM exam_sittings
WHERE institution_id = ANY(:institution_ids) AND exam_plan_id = ANY(:plan_ids) AND cancelled_at IS NULL
GROUP BY exam_plan_id
""").bindparams(*_KEYS)

# Seats are arranged once that task is ticked: by a person, or by what seats the candidates.
_ARRANGED = text(f"""
SELECT exam_plan_id FROM exam_plan_tasks
WHERE institution_id = ANY(:institution_ids) AND exam_plan_id = ANY(:plan_ids)
    AND kind = '{PlanTaskKind.ARRANGE_SEATS}' AND done_at IS NOT NULL
""").bindparams(*_KEYS)


async def find_evidence(session: AsyncSession, plans: Sequence[ExamPlan]) -> Mapping[UUID, Evidence]:
    """Gather what is there of plans, in three statements however many they are."""
    keys = {
        "institution_ids": sorted({plan.institution_id for plan in plans}),
        "plan_ids": sorted({plan.id for plan in plans}),
    }
    found = {plan.id: NOTHING for plan in plans}
    for row in (await session.execute(_REGISTRATIONS, keys)).all():
        found[row.exam_plan_id] = Evidence(row.candidates, row.unlocked, row.results)
    for row in (await session.execute(_SITTINGS, keys)).all():
        known = found[row.exam_plan_id]
        found[row.exam_plan_id] = replace(known, sittings=row.sittings, last_sitting_ends_at=row.last_ends_at)
    for row in (await session.execute(_ARRANGED, keys)).all():
        found[row.exam_plan_id] = replace(found[row.exam_plan_id], is_arranged=True)
    return found
