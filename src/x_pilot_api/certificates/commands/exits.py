"""The deeds that lead a certificate out of a college again, or keep it there."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries
from x_pilot_api.certificates.commands import proposals, recording
from x_pilot_api.certificates.errors import ExitInPast, ExitSecondPerson, NotAdmitted
from x_pilot_api.certificates.models import Admission, AdmissionStatus, CertificateReview, ReviewPurpose
from x_pilot_api.certificates.rules import reviews as rules
from x_pilot_api.certificates.schemas import ExitIn
from x_pilot_api.core import audit, changes, clock
from x_pilot_api.core.actors import Actor


async def propose_exit(session: AsyncSession, actor: Actor, *, wish: ExitIn, today: date) -> CertificateReview:
    """Propose that a certificate leaves a college on a day."""
    college = await queries.get_own_college(session, actor, wish.college_id)
    certificate = await queries.get_certificate(session, wish.certificate_id)
    if wish.exit_on < today:
        raise ExitInPast(exit_on=str(wish.exit_on), today=str(today))
    review = CertificateReview(
        institution_id=college.institution_id,
        college_id=college.id,
        certificate_id=certificate.id,
        purpose=ReviewPurpose.EXIT,
        state=rules.EXIT.initial,
        grounds=wish.grounds,
        proposed_by=actor.id,
        proposed_at=clock.now(),
        exit_on=wish.exit_on,
    )
    await proposals.open_review(session, review)
    admission = await queries.lock_admission(
        session, institution_id=college.institution_id, college_id=college.id, certificate_id=certificate.id
    )
    if admission is None or admission.status != AdmissionStatus.ADMITTED:
        raise NotAdmitted
    await recording.record(session, actor, "propose_exit", review, certificate_id=str(certificate.id))
    return review


async def exit_certificate(
    session: AsyncSession, actor: Actor, *, review_id: UUID, reason: str, today: date
) -> CertificateReview:
    """Let a certificate leave: from its day on nobody new is registered, and who is already finishes."""
    review = await _decide(session, actor, "exit", review_id=review_id, reason=reason, today=today)
    admission = await queries.lock_admission(
        session,
        institution_id=review.institution_id,
        college_id=review.college_id,
        certificate_id=review.certificate_id,
    )
    if admission is None or admission.status != AdmissionStatus.ADMITTED:
        raise NotAdmitted
    before = _state_of(admission)
    admission.status, admission.exited_on = AdmissionStatus.EXITED, review.exit_on
    await session.flush()
    await audit.record(
        session,
        actor,
        "exit_certificate",
        institution_id=review.institution_id,
        object_kind="admission",
        object_id=admission.id,
        detail={"review_id": str(review.id), "certificate_id": str(review.certificate_id)},
        before=before,
        after=_state_of(admission),
    )
    return review


async def retain_certificate(
    session: AsyncSession, actor: Actor, *, review_id: UUID, reason: str, today: date
) -> CertificateReview:
    """Keep a certificate whose exit was proposed."""
    return await _decide(session, actor, "retain", review_id=review_id, reason=reason, today=today)


async def _decide(
    session: AsyncSession, actor: Actor, deed: str, *, review_id: UUID, reason: str, today: date
) -> CertificateReview:
    review = await queries.lock_review(session, actor, review_id)
    target = rules.EXIT.target_of(deed, state=review.state)
    if actor.id == review.proposed_by:
        raise ExitSecondPerson
    if deed == "exit" and review.exit_on is not None and review.exit_on < today:
        raise ExitInPast(exit_on=str(review.exit_on), today=str(today))
    before = recording.state_of(review)
    review.state, review.decision, review.decided_at = target, reason, clock.now()
    await session.flush()
    await recording.record(session, actor, f"{deed}_review", review, before=before)
    return review


def _state_of(admission: Admission) -> dict[str, object]:
    return changes.fields_of(admission, "status", "admitted_on", "exited_on")
