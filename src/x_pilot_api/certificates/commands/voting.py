"""The experts' deeds in a review, and the decision that the last of them brings."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries
from x_pilot_api.certificates.commands import recording
from x_pilot_api.certificates.errors import ConflictOfInterest, NoVoteLeft, QuorumMissing
from x_pilot_api.certificates.models import (
    Admission,
    AdmissionStatus,
    CertificateReview,
    ExcuseCode,
    ReviewPolicy,
    ReviewPurpose,
    ReviewSeat,
    ReviewState,
    SeatState,
)
from x_pilot_api.certificates.rules import reviews as rules
from x_pilot_api.certificates.schemas import VoteIn
from x_pilot_api.core import audit, changes, clock, jobs
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound


async def vote_in_review(
    session: AsyncSession, actor: Actor, *, review_id: UUID, vote: VoteIn, today: date
) -> CertificateReview:
    """Give one's scores and opinion, once; the last vote of an admission decides it."""
    # The review is locked before its seats are read: of two last votes one waits, and sees the other.
    review = await queries.lock_review(session, actor, review_id)
    rules.workflow_of(review).target_of("vote", state=review.state)
    seats = await queries.list_seats(session, [review])
    seat = await _own_seat(session, actor, review, seats)
    seat.state, seat.opinion, seat.voted_at = SeatState.VOTED, vote.opinion, clock.now()
    seat.industry_fit_hundredths = vote.industry_fit
    seat.employer_recognition_hundredths = vote.employer_recognition
    await session.flush()
    await recording.record(
        session,
        actor,
        "vote_in_review",
        review,
        industry_fit_hundredths=vote.industry_fit,
        employer_recognition_hundredths=vote.employer_recognition,
    )
    await _decide_if_complete(session, actor, review, seats, today)
    return review


async def excuse_expert(
    session: AsyncSession, actor: Actor, *, review_id: UUID, reason: str, today: date
) -> CertificateReview:
    """Declare a conflict of interest; if nobody else's vote is waited for, the votes there are decide."""
    review = await queries.lock_review(session, actor, review_id)
    rules.workflow_of(review).target_of("excuse", state=review.state)
    seats = await queries.list_seats(session, [review])
    seat = next((seat for seat in seats if seat.person_id == actor.id), None)
    if seat is None:
        raise NotFound(what="review", zh="证书评审")
    if seat.state != SeatState.ASSIGNED:
        raise NoVoteLeft(state=seat.state)
    seat.state, seat.excuse_code, seat.excuse_reason = SeatState.EXCUSED, ExcuseCode.DECLARED, reason
    await session.flush()
    await recording.record(session, actor, "excuse_expert", review, excuse_code=str(seat.excuse_code))
    await _decide_if_complete(session, actor, review, seats, today)
    return review


async def conclude_review(session: AsyncSession, actor: Actor, *, review_id: UUID, today: date) -> CertificateReview:
    """End the wait for those who did not vote, once there are as many votes as the quorum asks for."""
    review = await queries.lock_review(session, actor, review_id)
    rules.ADMISSION.target_of("conclude", state=review.state)
    seats = await queries.list_seats(session, [review])
    policy = await queries.get_policy_of(session, review)
    states = [seat.state for seat in seats]
    if not rules.has_quorum(states, policy):
        raise QuorumMissing(votes=states.count(SeatState.VOTED), quorum=policy.quorum)
    await _decide(session, actor, review, seats, policy, today)
    return review


async def _own_seat(
    session: AsyncSession, actor: Actor, review: CertificateReview, seats: Sequence[ReviewSeat]
) -> ReviewSeat:
    """Find the place of an expert who still may vote: their roles may have changed since they were given it."""
    seat = next((seat for seat in seats if seat.person_id == actor.id), None)
    if seat is None:
        raise NotFound(what="review", zh="证书评审")
    if seat.state != SeatState.ASSIGNED:
        raise NoVoteLeft(state=seat.state)
    certificate = await queries.get_certificate(session, review.certificate_id)
    standings = await queries.find_standings(session, institution_id=review.institution_id, person_ids=[actor.id])
    conflict = rules.conflict_of(
        review, person_id=actor.id, organisation_id=certificate.organisation.id, who=standings[actor.id]
    )
    if conflict is not None:
        raise ConflictOfInterest(rule=conflict)
    return seat


async def _decide_if_complete(
    session: AsyncSession, actor: Actor, review: CertificateReview, seats: Sequence[ReviewSeat], today: date
) -> None:
    """Let the votes decide once all are there; an exit is the office's to decide, whatever the opinions say."""
    if review.purpose == ReviewPurpose.EXIT:
        return
    policy = await queries.get_policy_of(session, review)
    if rules.is_complete([seat.state for seat in seats], policy):
        await _decide(session, actor, review, seats, policy, today)


async def _decide(
    session: AsyncSession,
    actor: Actor,
    review: CertificateReview,
    seats: Sequence[ReviewSeat],
    policy: ReviewPolicy,
    today: date,
) -> None:
    votes = [
        rules.Vote(seat.industry_fit_hundredths, seat.employer_recognition_hundredths)
        for seat in seats
        if seat.industry_fit_hundredths is not None and seat.employer_recognition_hundredths is not None
    ]
    result = rules.count(votes, policy)
    before = recording.state_of(review)
    review.state = rules.ADMISSION.target_of(result.deed, state=review.state)
    review.decided_at = clock.now()
    review.result = {
        "policy_version": policy.version,
        "quorum": policy.quorum,
        "votes": result.votes,
        "industry_fit": result.industry_fit,
        "industry_fit_min": policy.industry_fit_min_hundredths,
        "employer_recognition": result.employer_recognition,
        "employer_recognition_min": policy.employer_recognition_min_hundredths,
        "reasons": list(result.reasons),
    }
    await session.flush()
    if review.state == ReviewState.ADMITTED:
        await _admit(session, actor, review, today)
    await recording.record(session, actor, "decide_review", review, before=before, result=review.result)


async def _admit(session: AsyncSession, actor: Actor, review: CertificateReview, today: date) -> None:
    """Let the college run the certificate from today on, again if it had exited."""
    admission = await queries.lock_admission(
        session,
        institution_id=review.institution_id,
        college_id=review.college_id,
        certificate_id=review.certificate_id,
    )
    before = changes.fields_of(admission, "status", "admitted_on", "exited_on") if admission else None
    if admission is None:
        admission = Admission(
            institution_id=review.institution_id, college_id=review.college_id, certificate_id=review.certificate_id
        )
        session.add(admission)
    admission.status, admission.admitted_on, admission.exited_on = AdmissionStatus.ADMITTED, today, None
    await session.flush()
    await audit.record(
        session,
        actor,
        "admit_certificate",
        institution_id=review.institution_id,
        object_kind="admission",
        object_id=admission.id,
        detail={"review_id": str(review.id), "certificate_id": str(review.certificate_id)},
        before=before,
        after=changes.fields_of(admission, "status", "admitted_on", "exited_on"),
    )
    await jobs.enqueue(
        session,
        "tell_uncovered_certificate",
        arguments={"institution_id": str(review.institution_id), "admission_id": str(admission.id)},
        institution_id=review.institution_id,
    )
