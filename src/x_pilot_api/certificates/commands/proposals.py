"""The deeds that lead to a review: the office's policy, a college's proposal, the panel that is to vote."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries
from x_pilot_api.certificates.commands import recording, telling
from x_pilot_api.certificates.errors import (
    AlreadyAdmitted,
    ExpertSeated,
    NotExperts,
    PanelTooSmall,
    PolicyBeforeItsPredecessor,
    PolicyMissing,
    ReviewOpen,
)
from x_pilot_api.certificates.models import (
    AdmissionStatus,
    CertificateReview,
    ReviewPolicy,
    ReviewPurpose,
    ReviewSeat,
    SeatState,
)
from x_pilot_api.certificates.rules import reviews as rules
from x_pilot_api.certificates.schemas import ReviewChange, ReviewIn, ReviewPolicyIn
from x_pilot_api.core import audit, changes, clock, db, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.identity import queries as identity


async def set_policy(session: AsyncSession, actor: Actor, *, wish: ReviewPolicyIn) -> ReviewPolicy:
    """Set what admissions take from a day on, as the next version of the institution's policy."""
    institution_id = actor.own_institution()
    # Two versions at once would otherwise get one number.
    await identity.lock_institution(session, institution_id)
    newest = await queries.find_newest_policy(session, institution_id=institution_id)
    if newest is not None and wish.effective_from < newest.effective_from:
        raise PolicyBeforeItsPredecessor(version=newest.version, effective_from=str(newest.effective_from))
    policy = ReviewPolicy(
        institution_id=institution_id,
        version=newest.version + 1 if newest else 1,
        quorum=wish.quorum,
        industry_fit_min_hundredths=wish.industry_fit_min,
        employer_recognition_min_hundredths=wish.employer_recognition_min,
        basis=wish.basis,
        effective_from=wish.effective_from,
    )
    session.add(policy)
    await session.flush()
    await audit.record(
        session,
        actor,
        "set_review_policy",
        institution_id=policy.institution_id,
        object_kind="review_policy",
        object_id=policy.id,
        after=changes.fields_of(
            policy,
            "version",
            "quorum",
            "industry_fit_min_hundredths",
            "employer_recognition_min_hundredths",
            "effective_from",
        ),
    )
    return policy


async def propose_review(session: AsyncSession, actor: Actor, *, wish: ReviewIn) -> CertificateReview:
    """Draft the admission of a certificate that a college does not run."""
    college = await queries.get_own_college(session, actor, wish.college_id)
    certificate = await queries.get_certificate(session, wish.certificate_id)
    review = CertificateReview(
        institution_id=college.institution_id,
        college_id=college.id,
        certificate_id=certificate.id,
        purpose=ReviewPurpose.ADMISSION,
        state=rules.ADMISSION.initial,
        grounds=wish.grounds,
        proposed_by=actor.id,
        proposed_at=clock.now(),
    )
    # The review first and the admission after it, in every deed: so none waits for another in a ring.
    await open_review(session, review)
    admission = await queries.lock_admission(
        session, institution_id=college.institution_id, college_id=college.id, certificate_id=certificate.id
    )
    if admission is not None and admission.status == AdmissionStatus.ADMITTED:
        raise AlreadyAdmitted(admitted_on=str(admission.admitted_on))
    await recording.record(session, actor, "propose_review", review, certificate_id=str(certificate.id))
    return review


async def open_review(session: AsyncSession, review: CertificateReview) -> None:
    """Write a new review, unless another one of the certificate at the college is undecided."""
    try:
        async with db.attempt(session):
            session.add(review)
            await session.flush()
    except IntegrityError:
        raise ReviewOpen from None


async def change_review(
    session: AsyncSession, actor: Actor, *, review_id: UUID, change: ReviewChange, if_match: str | None
) -> CertificateReview:
    """Write a draft's grounds anew."""
    review = await queries.lock_review(session, actor, review_id, of_college=True)
    (now,) = await queries.describe_reviews(session, actor, [review])
    etags.check(now, if_match=if_match)
    review.state = rules.ADMISSION.target_of("change", state=review.state)
    review.grounds = change.grounds
    await session.flush()
    await recording.record(session, actor, "change_review", review)
    return review


async def submit_review(session: AsyncSession, actor: Actor, *, review_id: UUID) -> CertificateReview:
    """Hand a draft in to the office."""
    review = await queries.lock_review(session, actor, review_id, of_college=True)
    before = recording.state_of(review)
    review.state = rules.ADMISSION.target_of("submit", state=review.state)
    await session.flush()
    await recording.record(session, actor, "submit_review", review, before=before)
    return review


async def begin_review(
    session: AsyncSession, actor: Actor, *, review_id: UUID, person_ids: Sequence[UUID], today: date
) -> CertificateReview:
    """Begin a review with its panel, under the policy in force today."""
    review = await queries.lock_review(session, actor, review_id)
    target = rules.ADMISSION.target_of("begin", state=review.state)
    policy = await queries.find_policy(session, institution_id=review.institution_id, on=today)
    if policy is None:
        raise PolicyMissing(on=str(today))
    seats = await _seat(session, review, person_ids)
    able = sum(seat.state == SeatState.ASSIGNED for seat in seats)
    if able < policy.quorum:
        raise PanelTooSmall(able=able, quorum=policy.quorum, excused=len(seats) - able)
    before = recording.state_of(review)
    review.state, review.policy_id = target, policy.id
    await session.flush()
    await recording.record(
        session, actor, "begin_review", review, before=before, policy_version=policy.version, quorum=policy.quorum
    )
    await _record_panel(session, actor, review, seats)
    return review


async def assign_experts(
    session: AsyncSession, actor: Actor, *, review_id: UUID, person_ids: Sequence[UUID]
) -> CertificateReview:
    """Give more experts a place in a review, of an admission under review or of an exit that is proposed."""
    review = await queries.lock_review(session, actor, review_id)
    rules.workflow_of(review).target_of("assign", state=review.state)
    seats = await _seat(session, review, person_ids)
    await _record_panel(session, actor, review, seats)
    return review


async def _seat(session: AsyncSession, review: CertificateReview, person_ids: Sequence[UUID]) -> list[ReviewSeat]:
    """Give experts their places; whom a rule forbids to vote has one too, and is excused in it."""
    wanted = list(dict.fromkeys(person_ids))
    experts = await queries.find_experts(session, institution_id=review.institution_id, person_ids=wanted)
    strangers = [str(person_id) for person_id in wanted if person_id not in experts]
    if strangers:
        raise NotExperts(person_ids=", ".join(strangers))
    certificate = await queries.get_certificate(session, review.certificate_id)
    standings = await queries.find_standings(session, institution_id=review.institution_id, person_ids=wanted)
    seats = [
        ReviewSeat(
            institution_id=review.institution_id,
            review_id=review.id,
            person_id=person_id,
            state=SeatState.EXCUSED if conflict else SeatState.ASSIGNED,
            excuse_code=conflict,
        )
        for person_id in wanted
        for conflict in (
            rules.conflict_of(
                review,
                person_id=person_id,
                organisation_id=certificate.organisation.id,
                who=standings[person_id],
            ),
        )
    ]
    try:
        async with db.attempt(session):
            session.add_all(seats)
            await session.flush()
    except IntegrityError:
        raise ExpertSeated from None
    await telling.tell_experts(session, review, seats, certificate_name=certificate.name)
    return seats


async def _record_panel(
    session: AsyncSession, actor: Actor, review: CertificateReview, seats: Sequence[ReviewSeat]
) -> None:
    panel = [
        {"person_id": str(seat.person_id), "state": str(seat.state), "excuse_code": seat.excuse_code} for seat in seats
    ]
    await recording.record(session, actor, "assign_experts", review, panel=panel)
