"""Finding cases of correction and their timelines."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, false, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import CaseKind, CaseState, CorrectionCase, CorrectionStep, ExamPlan, StepKind
from x_pilot_api.exams.schemas import CorrectionOut, CorrectionStepOut, CorrectionWholeOut
from x_pilot_api.registry import queries as registry

_CANDIDATE = text("""
SELECT registration.id AS registration_id, registration.certificate_level_id, candidate.identity_document_id,
    candidate.student_id, held.id AS held_award_id
FROM registrations AS registration
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id
LEFT JOIN awards AS held ON held.institution_id = registration.institution_id AND held.state <> 'revoked'
    AND held.identity_document_id = candidate.identity_document_id
    AND held.certificate_level_id = registration.certificate_level_id
WHERE registration.institution_id = :institution_id AND registration.exam_plan_id = :exam_plan_id
    AND registration.admission_number = :admission_number AND registration.state IN ('accepted', 'locked')
""")

PERSON_OF_A_CASE = """
SELECT coalesce(award.identity_document_id, candidate.identity_document_id)
FROM correction_cases AS correction
LEFT JOIN awards AS award ON award.institution_id = correction.institution_id AND award.id = correction.award_id
LEFT JOIN registrations AS registration ON registration.institution_id = correction.institution_id
    AND registration.id = correction.registration_id
LEFT JOIN candidates AS candidate ON candidate.institution_id = correction.institution_id
    AND candidate.id = registration.candidate_id
WHERE correction.institution_id = :institution_id AND correction.id = :case_id
"""
"""Whose certificate a case is about, for who locks the person first."""


def cases_visible_to(actor: Actor) -> Select[CorrectionCase]:
    """Select the cases an actor may see: an organisation its own, an office all, a college and a student their own.

    A student sees what was done, not what is only proposed.
    """
    if actor.organisation_id is not None:
        return select(CorrectionCase).where(CorrectionCase.organisation_id == actor.organisation_id)
    if actor.institution_id is None:
        return select(CorrectionCase).where(false())
    within = select(CorrectionCase).where(CorrectionCase.institution_id == actor.institution_id)
    if actor.student_id is not None:
        return within.where(CorrectionCase.student_id == actor.student_id, CorrectionCase.state == CaseState.DONE)
    if actor.college_ids:
        students = registry.visible_students(actor).subquery()
        return within.where(CorrectionCase.student_id.in_(select(students.c.id)))
    return within


async def get_case(session: AsyncSession, actor: Actor, case_id: UUID) -> CorrectionCase:
    """Read one case the actor may see."""
    return await lookups.get_one(
        session, cases_visible_to(actor).where(CorrectionCase.id == case_id), what="correction case", zh="更正案件"
    )


async def lock_case(session: AsyncSession, case: CorrectionCase) -> CorrectionCase:
    """Lock a case that was found, and read it as it is now."""
    statement = (
        select(CorrectionCase)
        .where(CorrectionCase.institution_id == case.institution_id, CorrectionCase.id == case.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one()


async def list_cases(
    session: AsyncSession, actor: Actor, *, state: str | None, student_id: UUID | None, wish: PageWish
) -> tuple[list[CorrectionOut], str | None]:
    """List visible cases, oldest first."""
    statement = cases_visible_to(actor)
    if state is not None:
        statement = statement.where(CorrectionCase.state == state)
    if student_id is not None:
        statement = statement.where(CorrectionCase.student_id == student_id)
    rows, token = await page_of(session, statement, order=(CorrectionCase.id,), wish=wish)
    return [tell_case(actor, row) for row in rows], token


async def find_open_case(
    session: AsyncSession, *, institution_id: UUID, award_id: UUID | None, registration_id: UUID | None
) -> CorrectionCase | None:
    """Find the case about a certificate, or about issuing one to a candidate, that nobody has decided."""
    about = (
        CorrectionCase.award_id == award_id
        if award_id is not None
        else (CorrectionCase.registration_id == registration_id) & (CorrectionCase.kind == CaseKind.AWARD_ISSUED)
    )
    statement = select(CorrectionCase).where(
        CorrectionCase.institution_id == institution_id, CorrectionCase.state == CaseState.PROPOSED, about
    )
    return (await session.scalars(statement)).one_or_none()


async def find_candidate(session: AsyncSession, plan: ExamPlan, *, admission_number: str) -> Row[*tuple[Any, ...]]:
    """Find whom a certificate is to be issued to, and whether they hold it already."""
    values = {
        "institution_id": plan.institution_id,
        "exam_plan_id": plan.id,
        "admission_number": admission_number,
    }
    found = (await session.execute(_CANDIDATE, values)).one_or_none()
    if found is None:
        raise NotFound(what="candidate", zh="考生")
    return found


async def list_steps(session: AsyncSession, case: CorrectionCase) -> Sequence[CorrectionStep]:
    """List what followed from a case, in order."""
    statement = (
        select(CorrectionStep)
        .where(CorrectionStep.institution_id == case.institution_id, CorrectionStep.case_id == case.id)
        .order_by(CorrectionStep.number)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def list_cases_of_batch(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, batch_id: UUID, size: int
) -> list[CorrectionWholeOut]:
    """List the cases that a batch opened, each with its timeline, in two statements however many they are."""
    of_batch = (CorrectionCase.institution_id == institution_id, CorrectionCase.batch_id == batch_id)
    statement = select(CorrectionCase).where(*of_batch).order_by(CorrectionCase.number).limit(size)
    cases = (await session.scalars(statement)).all()
    steps = (
        await session.scalars(
            select(CorrectionStep)
            .where(
                CorrectionStep.institution_id == institution_id, CorrectionStep.case_id.in_([case.id for case in cases])
            )
            .order_by(CorrectionStep.case_id, CorrectionStep.number)
        )
    ).all()
    return [
        CorrectionWholeOut(
            correction=tell_case(actor, case),
            steps=tell_steps([step for step in steps if step.case_id == case.id]),
            is_preview=True,
        )
        for case in cases
    ]


async def tell_whole_case(session: AsyncSession, actor: Actor, case: CorrectionCase) -> CorrectionWholeOut:
    """Tell a case with its timeline, or with what it would set off while it waits."""
    await act_for(session, actor, institution_id=case.institution_id)
    steps = tell_steps(await list_steps(session, case))
    previewed: list[dict[str, Any]] = (case.preview or {}).get("steps", [])
    waits = case.state == CaseState.PROPOSED
    return CorrectionWholeOut(
        correction=tell_case(actor, case),
        steps=[CorrectionStepOut.model_validate(step) for step in previewed] if waits else steps,
        is_preview=waits,
    )


def tell_steps(steps: Sequence[CorrectionStep]) -> list[CorrectionStepOut]:
    """Tell steps as they were taken."""
    return [
        CorrectionStepOut(
            number=step.number,
            kind=StepKind(step.kind),
            object_kind=step.object_kind,
            object_id=step.object_id,
            before=step.before,
            after=step.after,
            recorded_at=step.recorded_at,
        )
        for step in steps
    ]


def tell_case(actor: Actor, case: CorrectionCase) -> CorrectionOut:
    """Tell one case."""
    return CorrectionOut(
        id=case.id,
        institution_id=case.institution_id,
        number=case.number,
        kind=CaseKind(case.kind),
        state=CaseState(case.state),
        organisation_id=case.organisation_id,
        student_id=case.student_id,
        award_id=case.award_id,
        result_id=case.result_id,
        batch_id=case.batch_id,
        reason=case.reason,
        evidence=case.evidence,
        opened_at=case.opened_at,
        proposed_by=case.proposed_by,
        decided_by=case.decided_by,
        decided_at=case.decided_at,
        decision_reason=case.decision_reason,
        digest=case.digest,
        allowed_deeds=rules.correction_deeds(actor, state=case.state, proposed_by=case.proposed_by),
    )
