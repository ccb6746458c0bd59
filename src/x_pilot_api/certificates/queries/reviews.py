"""Reading reviews and admissions; who may see which review is decided here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import (
    Admission,
    Certificate,
    CertificateLevel,
    CertificateReview,
    ExcuseCode,
    ReviewPolicy,
    ReviewPurpose,
    ReviewSeat,
    ReviewState,
    SeatState,
)
from x_pilot_api.certificates.rules import reviews as rules
from x_pilot_api.certificates.rules.reviews import AUDIT_KIND, Standing
from x_pilot_api.certificates.schemas import ReviewOut, ReviewResultOut, SeatOut
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import AuditEvent
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Membership, Organisation, Person, PlatformRole, Role
from x_pilot_api.registry.models import College, Programme

_OFFICE = frozenset({Role.REGISTRAR, Role.AUDITOR})
"""Who sees all reviews of their institution, and every seat in them."""

_PANEL_DEEDS = ("assign_experts", "vote_in_review", "excuse_expert")
"""What a college learns of its panel when it is decided, and not before."""


def reviews_visible_to(actor: Actor) -> Select[CertificateReview]:
    """Select the reviews an actor may see: an office all, a college's staff its own, an expert those they vote in."""
    if actor.institution_id is None:
        return select(CertificateReview).where(false())
    reviews = select(CertificateReview).where(CertificateReview.institution_id == actor.institution_id)
    if actor.roles & _OFFICE:
        return reviews
    bounds: list[ColumnElement[bool]] = [false()]
    if actor.college_ids:
        bounds.append(CertificateReview.college_id.in_(actor.college_ids))
    if Role.EXPERT in actor.roles:
        seated = exists().where(
            ReviewSeat.institution_id == CertificateReview.institution_id,
            ReviewSeat.review_id == CertificateReview.id,
            ReviewSeat.person_id == actor.id,
            ReviewSeat.state != SeatState.EXCUSED,
        )
        bounds.append(seated)
    return reviews.where(or_(*bounds))


async def get_review(session: AsyncSession, actor: Actor, review_id: UUID) -> CertificateReview:
    """Read one visible review."""
    return await lookups.get_one(
        session, reviews_visible_to(actor).where(CertificateReview.id == review_id), what="review", zh="证书评审"
    )


async def lock_review(
    session: AsyncSession, actor: Actor, review_id: UUID, *, of_college: bool = False
) -> CertificateReview:
    """Lock one visible review and read it as it is now; a college's deeds are for whoever acts for the college."""
    seen = await get_review(session, actor, review_id)
    if of_college and Role.REGISTRAR not in actor.roles and seen.college_id not in actor.college_ids:
        raise NotFound(what="review", zh="证书评审")
    statement = (
        select(CertificateReview)
        .where(CertificateReview.institution_id == seen.institution_id, CertificateReview.id == seen.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one()


async def list_reviews(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    certificate_id: UUID | None,
    purpose: ReviewPurpose | None,
    state: ReviewState | None,
    wish: PageWish,
) -> tuple[Sequence[CertificateReview], str | None]:
    """List visible reviews, the oldest first."""
    statement = reviews_visible_to(actor)
    for column, value in (
        (CertificateReview.college_id, college_id),
        (CertificateReview.certificate_id, certificate_id),
        (CertificateReview.purpose, purpose),
        (CertificateReview.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    return await page_of(session, statement, order=(CertificateReview.id,), wish=wish)


async def get_own_college(session: AsyncSession, actor: Actor, college_id: UUID) -> College:
    """Read a college the actor may propose for: any of the office's institution, or one they act for."""
    statement = select(College).where(College.institution_id == actor.institution_id, College.id == college_id)
    if Role.REGISTRAR not in actor.roles:
        statement = statement.where(College.id.in_(actor.college_ids))
    return await lookups.get_one(session, statement, what="college", zh="二级学院")


async def lock_admission(
    session: AsyncSession, *, institution_id: UUID, college_id: UUID, certificate_id: UUID
) -> Admission | None:
    """Lock what a college and a certificate have come to, so that nothing is announced or decided beside it."""
    statement = (
        select(Admission)
        .where(
            Admission.institution_id == institution_id,
            Admission.college_id == college_id,
            Admission.certificate_id == certificate_id,
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def hold_admissions(
    session: AsyncSession,
    *,
    institution_id: UUID,
    level_ids: Collection[UUID] = (),
    certificate_id: UUID | None = None,
) -> None:
    """Wait for exits being decided, and let none be decided until this transaction ends."""
    of_levels = select(CertificateLevel.certificate_id).where(CertificateLevel.id.in_(level_ids))
    statement = (
        select(Admission.id)
        .where(
            Admission.institution_id == institution_id,
            or_(Admission.certificate_id == certificate_id, Admission.certificate_id.in_(of_levels)),
        )
        .order_by(Admission.id)
        .with_for_update(read=True)
    )
    await session.execute(statement)


async def find_policy(session: AsyncSession, *, institution_id: UUID, on: date) -> ReviewPolicy | None:
    """Find the policy in force on a day: the highest version whose day has come."""
    statement = (
        select(ReviewPolicy)
        .where(ReviewPolicy.institution_id == institution_id, ReviewPolicy.effective_from <= on)
        .order_by(ReviewPolicy.version.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def find_newest_policy(session: AsyncSession, *, institution_id: UUID) -> ReviewPolicy | None:
    """Find an institution's highest version."""
    return await find_policy(session, institution_id=institution_id, on=date.max)


async def get_policy_of(session: AsyncSession, review: CertificateReview) -> ReviewPolicy:
    """Read the policy a review was begun with."""
    statement = select(ReviewPolicy).where(
        ReviewPolicy.institution_id == review.institution_id, ReviewPolicy.id == review.policy_id
    )
    return (await session.scalars(statement)).one()


async def list_policies(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[ReviewPolicy], str | None]:
    """List the policies of the actor's institution, the first version first."""
    statement = select(ReviewPolicy).where(ReviewPolicy.institution_id == actor.institution_id)
    return await page_of(session, statement, order=(ReviewPolicy.version,), wish=wish)


async def list_seats(session: AsyncSession, reviews: Collection[CertificateReview]) -> Sequence[ReviewSeat]:
    """List the seats of reviews, in the order they were given."""
    keys = [(review.institution_id, review.id) for review in reviews]
    statement = select(ReviewSeat).where(tuple_(ReviewSeat.institution_id, ReviewSeat.review_id).in_(keys))
    return (await session.scalars(statement.order_by(ReviewSeat.id))).all()


async def find_experts(session: AsyncSession, *, institution_id: UUID, person_ids: Collection[UUID]) -> set[UUID]:
    """Find who of some people are experts of an institution and can sign in."""
    statement = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.institution_id == institution_id,
            Membership.role == Role.EXPERT,
            Membership.person_id.in_(person_ids),
            Person.disabled_at.is_(None),
        )
    )
    return set(await session.scalars(statement))


async def find_standings(
    session: AsyncSession, *, institution_id: UUID, person_ids: Collection[UUID]
) -> Mapping[UUID, Standing]:
    """Find whose staff people are, and for which colleges they act, in two statements however many they are."""
    staff = await session.execute(
        select(PlatformRole.person_id, PlatformRole.organisation_id).where(
            PlatformRole.person_id.in_(person_ids), PlatformRole.organisation_id.is_not(None)
        )
    )
    organisations = [(row.person_id, row.organisation_id) for row in staff]
    acting = await session.execute(
        select(Membership.person_id, Membership.college_id, Programme.college_id.label("of_programme"))
        .outerjoin(
            Programme,
            and_(Programme.institution_id == Membership.institution_id, Programme.id == Membership.programme_id),
        )
        .where(
            Membership.institution_id == institution_id,
            Membership.person_id.in_(person_ids),
            Membership.role == Role.COORDINATOR,
        )
    )
    colleges = [(row.person_id, row.college_id or row.of_programme) for row in acting]
    return {
        person_id: Standing(
            organisation_ids=frozenset(found for whose, found in organisations if whose == person_id and found),
            college_ids=frozenset(found for whose, found in colleges if whose == person_id and found),
        )
        for person_id in person_ids
    }


async def list_history(
    session: AsyncSession, actor: Actor, review: CertificateReview, *, wish: PageWish
) -> tuple[Sequence[AuditEvent], str | None]:
    """List every deed on a review, the oldest first; a college's staff see the panel's once it is decided."""
    statement = select(AuditEvent).where(
        AuditEvent.institution_id == review.institution_id,
        AuditEvent.object_kind == AUDIT_KIND,
        AuditEvent.object_id == review.id,
    )
    if not _sees_the_panel(actor, review):
        statement = statement.where(AuditEvent.deed.not_in(_PANEL_DEEDS))
    return await page_of(session, statement, order=(AuditEvent.id,), wish=wish)


def _sees_the_panel(actor: Actor, review: CertificateReview) -> bool:
    return bool(actor.roles & _OFFICE) or (review.decided_at is not None and review.college_id in actor.college_ids)


async def describe_reviews(
    session: AsyncSession, actor: Actor, reviews: Sequence[CertificateReview]
) -> list[ReviewOut]:
    """Tell reviews with the names of what they are about and the seats the actor may see."""
    keys = [(review.institution_id, review.id) for review in reviews]
    named = {(row.institution_id, row.id): row for row in await session.execute(_named(keys))}
    seats = await list_seats(session, reviews)
    told: list[ReviewOut] = []
    for review, key in zip(reviews, keys, strict=True):
        row = named[key]
        own = [seat for seat in seats if (seat.institution_id, seat.review_id) == key]
        names = {
            "college_name": row.college_name,
            "certificate_name": row.certificate_name,
            "organisation_id": row.organisation_id,
            "organisation_name": row.organisation_name,
        }
        told.append(_told(actor, review, own, quorum=row.quorum, names=names))
    return told


def _named(keys: Sequence[tuple[UUID, UUID]]) -> Select[*tuple[Any, ...]]:
    """Select the names of what reviews are about, and the quorum of those that are begun."""
    review = CertificateReview
    return (
        select(
            review.institution_id,
            review.id,
            College.name.label("college_name"),
            Certificate.name.label("certificate_name"),
            Certificate.organisation_id,
            Organisation.name.label("organisation_name"),
            ReviewPolicy.quorum,
        )
        .join(College, and_(College.institution_id == review.institution_id, College.id == review.college_id))
        .join(Certificate, Certificate.id == review.certificate_id)
        .join(Organisation, Organisation.id == Certificate.organisation_id)
        .outerjoin(
            ReviewPolicy,
            and_(ReviewPolicy.institution_id == review.institution_id, ReviewPolicy.id == review.policy_id),
        )
        .where(tuple_(review.institution_id, review.id).in_(keys))
    )


def _told(
    actor: Actor,
    review: CertificateReview,
    seats: Sequence[ReviewSeat],
    *,
    quorum: int | None,
    names: Mapping[str, object],
) -> ReviewOut:
    whole = _sees_the_panel(actor, review)
    mine = next((seat.state for seat in seats if seat.person_id == actor.id), None)
    voted = sum(seat.state == SeatState.VOTED for seat in seats)
    place = f"/v1/certificate-reviews/{review.id}"
    return ReviewOut.model_validate(
        {
            **names,
            "id": review.id,
            "institution_id": review.institution_id,
            "college_id": review.college_id,
            "certificate_id": review.certificate_id,
            "purpose": review.purpose,
            "state": review.state,
            "grounds": review.grounds,
            "proposed_at": review.proposed_at,
            "exit_on": review.exit_on,
            "result": ReviewResultOut.model_validate(review.result) if review.result else None,
            "decision": review.decision,
            "decided_at": review.decided_at,
            "seats": [_seat(seat) for seat in seats if whole or seat.person_id == actor.id],
            "scorecard": f"{place}/scorecard",
            "teach_out": f"{place}/teach-out" if review.purpose == ReviewPurpose.EXIT else None,
            "allowed_deeds": rules.allowed_deeds(
                actor, review, own_seat=mine, enough=quorum is not None and voted >= quorum
            ),
        }
    )


def _seat(seat: ReviewSeat) -> SeatOut:
    return SeatOut(
        id=seat.id,
        person_id=seat.person_id,
        state=SeatState(seat.state),
        excuse_code=ExcuseCode(seat.excuse_code) if seat.excuse_code else None,
        excuse_reason=seat.excuse_reason,
        industry_fit=seat.industry_fit_hundredths,
        employer_recognition=seat.employer_recognition_hundredths,
        opinion=seat.opinion,
        voted_at=seat.voted_at,
    )
