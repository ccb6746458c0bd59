"""The guaranteed attempt through the life of a registration: reserved with its seat, used by its result, given back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges import commands as charges
from x_pilot_api.charges.commands import Cancel, Why
from x_pilot_api.charges.models import GuaranteeCause, RefundCause
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams.models import ExamPlan, ExamSitting
from x_pilot_api.exams.rules import PLAN_KIND, SITTING_KIND
from x_pilot_api.registry import queries as registry

_OF_STUDENTS = """
SELECT registration.id AS registration_id, candidate.student_id
FROM registrations AS registration
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id AND candidate.student_id IS NOT NULL
WHERE registration.institution_id = :institution_id AND {of}
"""

_NAMED = _OF_STUDENTS.format(of="registration.id = ANY(CAST(:registration_ids AS uuid[]))")

_SEATED = _OF_STUDENTS.format(of="registration.sitting_id = :sitting_id")

_OF_PLAN = _OF_STUDENTS.format(
    of="registration.exam_plan_id = :exam_plan_id AND registration.state IN ('offered', 'accepted', 'locked')"
)

_SEEN = f"SELECT seen.registration_id, seen.student_id, 'present' AS activity FROM ({_NAMED}) AS seen"

_PERSONS_SEEN = f"""
SELECT student.identity_document_id FROM students AS student
WHERE student.institution_id = :institution_id AND student.id IN (SELECT student_id FROM ({_NAMED}) AS seen)
"""

# What is only provisional is not said yet, and what waits in quarantine may never be.
_RESULTS = """
SELECT staged.registration_id, staged.student_id, staged.activity FROM staged_results AS staged
WHERE staged.student_id IS NOT NULL AND staged.grading <> 'provisional'
    AND staged.outcome IN ('accepted', 'corrected') AND (staged.is_new OR staged.is_released)
"""


async def reserve(session: AsyncSession, actor: Actor, *, plan: ExamPlan, registration_ids: Sequence[UUID]) -> None:
    """Reserve the guaranteed attempts of registrations that were given a seat, or need none, just now."""
    if registration_ids:
        await act_for(session, actor, institution_id=plan.institution_id)
        why = Why(GuaranteeCause.REGISTRATION, PLAN_KIND, plan.id, values={"registration_ids": list(registration_ids)})
        await charges.reserve_guarantees(session, actor, institution_id=plan.institution_id, wishes=_NAMED, why=why)


async def release(session: AsyncSession, actor: Actor, *, plan: ExamPlan, registration_ids: Sequence[UUID]) -> None:
    """Give back what registrations had reserved that are left."""
    await act_for(session, actor, institution_id=plan.institution_id)
    why = Why(GuaranteeCause.WITHDRAWAL, PLAN_KIND, plan.id, values={"registration_ids": list(registration_ids)})
    await charges.release_guarantees(session, actor, institution_id=plan.institution_id, wishes=_NAMED, why=why)


async def restore_sitting(session: AsyncSession, actor: Actor, *, sitting: ExamSitting) -> None:
    """Give back the attempts of who had a seat in a sitting that is not held."""
    await act_for(session, actor, institution_id=sitting.institution_id)
    why = Why(GuaranteeCause.SITTING_CANCELLED, SITTING_KIND, sitting.id, values={"sitting_id": sitting.id})
    await charges.restore_guarantees(session, actor, institution_id=sitting.institution_id, wishes=_SEATED, why=why)


async def restore_plan(session: AsyncSession, actor: Actor, *, plan: ExamPlan) -> None:
    """Give back the attempts of everybody in a plan that is not held."""
    await act_for(session, actor, institution_id=plan.institution_id)
    why = Why(GuaranteeCause.PLAN_CANCELLED, PLAN_KIND, plan.id, values={"exam_plan_id": plan.id})
    await charges.restore_guarantees(session, actor, institution_id=plan.institution_id, wishes=_OF_PLAN, why=why)


async def follow_results(session: AsyncSession, actor: Actor, *, plan: ExamPlan, batch_id: UUID) -> None:
    """Let attempts follow the results that a push staged: who was there, who was not, and what it corrects of that."""
    why = Why(GuaranteeCause.ATTENDANCE, "result_batch", batch_id)
    await charges.attend_guarantees(session, actor, institution_id=plan.institution_id, wishes=_RESULTS, why=why)


async def restore_incident(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, incident_id: UUID, registration_ids: Sequence[UUID]
) -> None:
    """Give back the attempts of whom an incident kept from their exam, and what it cost them."""
    values = {"registration_ids": list(registration_ids)}
    why = Why(GuaranteeCause.INCIDENT, "exam_incident", incident_id, values=values)
    await charges.restore_guarantees(session, actor, institution_id=institution_id, wishes=_NAMED, why=why)
    of = Cancel(_NAMED, RefundCause.INCIDENT, "exam incident", "exam_incident", incident_id, values=values)
    await charges.cancel_charges(session, actor, institution_id=institution_id, of=of)


async def check_in(
    session: AsyncSession, actor: Actor, *, sitting: ExamSitting, registration_ids: Sequence[UUID]
) -> None:
    """Use the attempts of who was seen at the door; who was not, only the result says for good."""
    if registration_ids:
        values = {"registration_ids": list(registration_ids)}
        await registry.lock_persons(
            session, documents=_PERSONS_SEEN, values=values | {"institution_id": sitting.institution_id}
        )
        why = Why(GuaranteeCause.ATTENDANCE, SITTING_KIND, sitting.id, values=values)
        await charges.attend_guarantees(session, actor, institution_id=sitting.institution_id, wishes=_SEEN, why=why)
