"""What a locked registration costs, and what becomes of that when its sitting or plan is not held."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges import commands as charges
from x_pilot_api.charges.commands import Cancel, Raise
from x_pilot_api.charges.models import RefundCause
from x_pilot_api.charges.schemas import ChargesRaisedOut
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams.models import ExamPlan, ExamSitting
from x_pilot_api.exams.rules import PLAN_KIND, SITTING_KIND, check_running

_LOCKED = """
SELECT registration.id AS registration_id, candidate.student_id, candidate.student_id IS NULL AS is_social,
    registration.college_id, registration.exam_plan_id, registration.certificate_level_id, plan.organisation_id,
    scheme.exam_form, plan.exam_on,
    CASE WHEN sitting.cancelled_at IS NULL AND sitting.id IS NOT NULL THEN registration.changed_at END AS seated_at
FROM registrations AS registration
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id
JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id AND plan.id = registration.exam_plan_id
JOIN exam_plan_levels AS examined ON examined.institution_id = registration.institution_id
    AND examined.exam_plan_id = registration.exam_plan_id
    AND examined.certificate_level_id = registration.certificate_level_id
JOIN assessment_schemes AS scheme ON scheme.id = examined.scheme_id
LEFT JOIN exam_sittings AS sitting ON sitting.institution_id = registration.institution_id
    AND sitting.id = registration.sitting_id
WHERE registration.institution_id = :institution_id AND registration.exam_plan_id = :exam_plan_id
    AND registration.state = 'locked'
"""

_SEATED_ANEW = f"{_LOCKED} AND registration.id = ANY(CAST(:registration_ids AS uuid[]))"

_SEATED = """
SELECT id AS registration_id FROM registrations
WHERE institution_id = :institution_id AND sitting_id = :sitting_id
"""

_OF_PLAN = """
SELECT id AS registration_id FROM registrations
WHERE institution_id = :institution_id AND exam_plan_id = :exam_plan_id
"""


async def charge_locked(session: AsyncSession, actor: Actor, *, plan: ExamPlan) -> ChargesRaisedOut:
    """Charge the locked registrations of a plan that are not charged yet; the plan is locked by the caller.

    A level whose fee is not published is told, and stays uncharged: that must not stop an exam, nor is a fee invented.
    """
    check_running(plan)
    await act_for(session, actor, institution_id=plan.institution_id)
    of = Raise(_LOCKED, {"exam_plan_id": plan.id}, PLAN_KIND, plan.id)
    return await charges.raise_charges(session, actor, institution_id=plan.institution_id, of=of)


async def charge_seated_anew(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, registration_ids: Sequence[UUID]
) -> None:
    """Charge locked registrations that were given another seat just now, after the sitting they had was cancelled."""
    if registration_ids:
        await act_for(session, actor, institution_id=plan.institution_id)
        values = {"exam_plan_id": plan.id, "registration_ids": list(registration_ids)}
        of = Raise(_SEATED_ANEW, values, PLAN_KIND, plan.id)
        await charges.raise_charges(session, actor, institution_id=plan.institution_id, of=of)


async def undo_sitting(session: AsyncSession, actor: Actor, *, sitting: ExamSitting, reason: str) -> None:
    """Undo the charges of who had a seat in a sitting that is not held; whoever gets another is charged anew."""
    of = Cancel(
        _SEATED, RefundCause.SITTING_CANCELLED, reason, SITTING_KIND, sitting.id, values={"sitting_id": sitting.id}
    )
    await charges.cancel_charges(session, actor, institution_id=sitting.institution_id, of=of)


async def undo_plan(session: AsyncSession, actor: Actor, *, plan: ExamPlan, reason: str) -> None:
    """Undo all charges of a plan that is not held."""
    of = Cancel(_OF_PLAN, RefundCause.PLAN_CANCELLED, reason, PLAN_KIND, plan.id, values={"exam_plan_id": plan.id})
    await charges.cancel_charges(session, actor, institution_id=plan.institution_id, of=of)
