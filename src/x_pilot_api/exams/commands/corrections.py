"""Corrections by hand: proposed with a preview of everything they set off, carried out by a second person."""

from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import commands as award_deeds
from x_pilot_api.awards import queries as awards
from x_pilot_api.awards.rules import AWARD_WORKFLOW
from x_pilot_api.core import audit, clock, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.row_security import act_for
from x_pilot_api.credits import commands as credits_
from x_pilot_api.exams import queries, rules
from x_pilot_api.exams.commands import correcting
from x_pilot_api.exams.errors import AwardHeld, CorrectionChanged, CorrectionOpen, CorrectionOwnRequest
from x_pilot_api.exams.models import CaseKind, CaseState, CorrectionCase
from x_pilot_api.exams.schemas import CorrectionIn, CorrectionStepOut, CorrectionWholeOut
from x_pilot_api.registry import queries as registry

_LOST = """
SELECT award_id, reason FROM correction_cases WHERE institution_id = :institution_id AND id = '{case_id}'
"""
_LOST_IDS = "SELECT award_id FROM correction_cases WHERE institution_id = :institution_id AND id = '{case_id}'"

_OF_CASE = """
FROM correction_cases AS correction
JOIN registrations AS registration ON registration.institution_id = correction.institution_id
    AND registration.id = correction.registration_id
JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id AND plan.id = registration.exam_plan_id
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id
WHERE correction.institution_id = :institution_id AND correction.id = '{case_id}'
"""

_EARNED = f"""
SELECT CAST('{{award_id}}' AS uuid) AS award_id, candidate.identity_document_id, candidate.student_id,
    candidate.name AS holder_name, registration.certificate_level_id, correction.certificate_number AS number,
    {rules.OUR_NUMBER.replace("admission_number", "registration.admission_number")} AS fallback,
    plan.exam_on AS issued_on {_OF_CASE}
"""

_OUTCOME = f"""
SELECT uuidv7() AS outcome_id, candidate.student_id, CAST('{{award_id}}' AS uuid) AS award_id,
    registration.certificate_level_id, plan.exam_on AS earned_on, plan.objections_until AS due_at, 0 AS deposits
{_OF_CASE} AND candidate.student_id IS NOT NULL
"""

_PERSON = "SELECT CAST(:identity_document_id AS uuid)"


async def propose_correction(
    session: AsyncSession, actor: Actor, *, wish: CorrectionIn, validate_only: bool
) -> CorrectionWholeOut:
    """Propose a correction and show everything it would set off; nothing is done before somebody else confirms it."""
    if not validate_only:
        return await queries.tell_whole_case(session, actor, await _propose(session, actor, wish))
    async with db.rehearsal(session):
        case = await _propose(session, actor, wish)
        told = await queries.tell_whole_case(session, actor, case)
    session.expunge(case)
    return told.model_copy(update={"correction": told.correction.model_copy(update={"id": None, "number": None})})


async def _propose(session: AsyncSession, actor: Actor, wish: CorrectionIn) -> CorrectionCase:
    case = await _lay_down(session, actor, wish)
    steps = await _rehearse(session, actor, case)
    # Taken last, as a push does, which holds the counters of certificates' numbers before this one.
    stem, first = await correcting.take_numbers(session, institution_id=case.institution_id, cases=1)
    case.number = f"{stem}{first + 1:06d}"
    case.preview = {"steps": [step.model_dump(mode="json") for step in steps]}
    case.digest = _digest(steps)
    await session.flush()
    await _record(session, actor, "propose_correction", case)
    return case


async def _lay_down(session: AsyncSession, actor: Actor, wish: CorrectionIn) -> CorrectionCase:
    if wish.award_id is not None:
        about = await _of_award(session, actor, wish.award_id)
    else:
        assert wish.exam_plan_id is not None  # noqa: S101 - the schema lets nothing else pass
        about = await _of_candidate(session, actor, wish.exam_plan_id, wish.admission_number or "")
    institution_id = about["institution_id"]
    assert isinstance(institution_id, UUID)  # noqa: S101 - both give it
    made = await session.scalars(
        insert(CorrectionCase)
        .values(
            **about,
            number=f"C-{uuid4()}",
            state=CaseState.PROPOSED,
            certificate_number=wish.certificate_number,
            reason=wish.reason,
            evidence=wish.evidence,
            opened_at=clock.now(),
            proposed_by=actor.id,
        )
        .returning(CorrectionCase)
    )
    return made.one()


async def _of_award(session: AsyncSession, actor: Actor, award_id: UUID) -> dict[str, object]:
    award = await awards.get_award(session, actor, award_id)
    await act_for(session, actor, institution_id=award.institution_id)
    await _lock(session, award.institution_id, award.identity_document_id)
    award = await awards.get_award(session, actor, award_id, lock=True)
    AWARD_WORKFLOW.target_of("revoke", state=award.state)
    await _refuse_beside(session, institution_id=award.institution_id, award_id=award.id, registration_id=None)
    level = (await awards.describe_levels(session, [award.certificate_level_id]))[award.certificate_level_id]
    return {
        "institution_id": award.institution_id,
        "kind": CaseKind.AWARD_REVOKED,
        "organisation_id": level.organisation_id,
        "registration_id": None,
        "student_id": award.student_id,
        "award_id": award.id,
    }


async def _of_candidate(
    session: AsyncSession, actor: Actor, exam_plan_id: UUID, admission_number: str
) -> dict[str, object]:
    plan = await queries.get_plan(session, actor, exam_plan_id)
    await act_for(session, actor, institution_id=plan.institution_id)
    found = await queries.find_candidate(session, plan, admission_number=admission_number)
    await _lock(session, plan.institution_id, found.identity_document_id)
    found = await queries.find_candidate(session, plan, admission_number=admission_number)
    if found.held_award_id is not None:
        raise AwardHeld(award_id=str(found.held_award_id))
    await _refuse_beside(
        session, institution_id=plan.institution_id, award_id=None, registration_id=found.registration_id
    )
    return {
        "institution_id": plan.institution_id,
        "kind": CaseKind.AWARD_ISSUED,
        "organisation_id": plan.organisation_id,
        "registration_id": found.registration_id,
        "student_id": found.student_id,
        "award_id": None,
    }


async def _lock(session: AsyncSession, institution_id: UUID, identity_document_id: UUID) -> None:
    """Lock the person whose certificate it is, as every push does first."""
    values = {"institution_id": institution_id, "identity_document_id": identity_document_id}
    await registry.lock_persons(session, documents=_PERSON, values=values)


async def _refuse_beside(
    session: AsyncSession, *, institution_id: UUID, award_id: UUID | None, registration_id: UUID | None
) -> None:
    existing = await queries.find_open_case(
        session, institution_id=institution_id, award_id=award_id, registration_id=registration_id
    )
    if existing is not None:
        raise CorrectionOpen(number=existing.number)


async def _rehearse(session: AsyncSession, actor: Actor, case: CorrectionCase) -> list[CorrectionStepOut]:
    """Carry a case out for real, read what followed, and take it all back."""
    async with db.rehearsal(session):
        await _carry_out(session, actor, case)
        steps = queries.tell_steps(await queries.list_steps(session, case))
    # What the rehearsal made is gone, and will have other ids.
    return [
        step.model_copy(update={"recorded_at": None, "object_id": step.object_id if step.before is not None else None})
        for step in steps
    ]


def _digest(steps: list[CorrectionStepOut]) -> str:
    return rules.digest_of([(step.kind, step.before, step.after) for step in steps])


async def _carry_out(session: AsyncSession, actor: Actor, case: CorrectionCase) -> UUID | None:
    """Revoke or issue, let credits follow, and write down each step; give the certificate it was about."""
    since = await correcting.now_in_the_book(session)
    institution_id, award_id = case.institution_id, case.award_id
    if case.kind == CaseKind.AWARD_REVOKED:
        await award_deeds.revoke_awards(
            session,
            actor,
            institution_id=institution_id,
            wishes=_LOST.format(case_id=case.id),
            cause=case.id,
            cause_kind="correction_case",
        )
        await credits_.withdraw_awards(
            session,
            actor,
            institution_id=institution_id,
            awards=_LOST_IDS.format(case_id=case.id),
            cause=case.id,
        )
    else:
        award_id = uuid4()
        named = {"award_id": award_id, "case_id": case.id}
        await award_deeds.issue_awards(
            session,
            actor,
            institution_id=institution_id,
            wishes=_EARNED.format(**named),
            cause=case.id,
            cause_kind="correction_case",
        )
        await correcting.name_award(session, institution_id=institution_id, case_id=case.id, award_id=award_id)
        await credits_.recognise_awards(
            session, actor, institution_id=institution_id, wishes=_OUTCOME.format(**named), cause=case.id
        )
    await correcting.write_steps(session, institution_id=institution_id, case_ids=[case.id], since=since)
    return award_id


async def confirm_correction(session: AsyncSession, actor: Actor, *, case_id: UUID, digest: str) -> CorrectionCase:
    """Carry a case out as a second person, if it does what was previewed."""
    case = await _locked(session, actor, case_id)
    target = rules.CORRECTION_WORKFLOW.target_of("confirm", state=case.state)
    if case.proposed_by == actor.id:
        raise CorrectionOwnRequest
    current = _digest(await _rehearse(session, actor, case))
    if not digest == case.digest == current:
        raise CorrectionChanged(digest=digest, current_digest=current)
    award_id = await _carry_out(session, actor, case)
    case.state, case.award_id = target, award_id
    case.decided_by, case.decided_at = actor.id, clock.now()
    await session.flush()
    await correcting.tell(
        session,
        actor,
        institution_id=case.institution_id,
        organisation_id=case.organisation_id,
        case_ids=[case.id],
        object_kind="correction_case",
        object_id=case.id,
    )
    await _record(session, actor, "confirm_correction", case)
    return case


async def refuse_correction(session: AsyncSession, actor: Actor, *, case_id: UUID, reason: str) -> CorrectionCase:
    """Refuse a case; whoever proposed it may take it back like this."""
    case = await _locked(session, actor, case_id)
    case.state = rules.CORRECTION_WORKFLOW.target_of("refuse", state=case.state)
    case.decided_by, case.decided_at, case.decision_reason = actor.id, clock.now(), reason
    await session.flush()
    await _record(session, actor, "refuse_correction", case)
    return case


async def _locked(session: AsyncSession, actor: Actor, case_id: UUID) -> CorrectionCase:
    """Lock the person and then the case, in the order in which whoever proposes locks them."""
    found = await queries.get_case(session, actor, case_id)
    await act_for(session, actor, institution_id=found.institution_id)
    documents = queries.PERSON_OF_A_CASE
    values = {"institution_id": found.institution_id, "case_id": found.id}
    await registry.lock_persons(session, documents=documents, values=values)
    return await queries.lock_case(session, found)


async def _record(session: AsyncSession, actor: Actor, deed: str, case: CorrectionCase) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=case.institution_id,
        object_kind="correction_case",
        object_id=case.id,
        detail={"number": case.number, "kind": case.kind, "digest": case.digest},
        after={"state": case.state},
    )
