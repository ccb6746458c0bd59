"""Reviews of a college's certificates: policies, proposals, votes, and the office's decision on an exit."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.certificates import commands, queries
from x_pilot_api.certificates.models import CertificateReview, ReviewPolicy, ReviewPurpose, ReviewState
from x_pilot_api.certificates.schemas import (
    DecisionIn,
    ExcuseIn,
    PanelIn,
    ReviewChange,
    ReviewEventOut,
    ReviewIn,
    ReviewOut,
    ReviewPolicyIn,
    ReviewPolicyOut,
    VoteIn,
)
from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["certificates"])


@router.get("/review-policies", dependencies=[require(Permission.REVIEWS_READ)])
async def list_review_policies(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[ReviewPolicyOut]:
    """List what admissions of the caller's institution took and take, version by version."""
    rows, token = await queries.list_policies(session, actor, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[ReviewPolicyOut](items=[_policy(row) for row in rows], next_page_token=token)


@router.post("/review-policies", status_code=201, dependencies=[require(Permission.REVIEW_POLICIES_SET)])
async def set_review_policy(body: ReviewPolicyIn, session: Session, actor: CurrentActor) -> ReviewPolicyOut:
    """Set quorum and minimum scores from a day on; a review under way keeps the version it was begun with."""
    return _policy(await commands.set_policy(session, actor, wish=body))


@router.get("/certificate-reviews", dependencies=[require(Permission.REVIEWS_READ)])
async def list_certificate_reviews(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    college_id: Annotated[UUID | None, Query()] = None,
    certificate_id: Annotated[UUID | None, Query()] = None,
    purpose: Annotated[ReviewPurpose | None, Query()] = None,
    state: Annotated[ReviewState | None, Query()] = None,
) -> PageOut[ReviewOut]:
    """List the reviews the caller may see; an expert sees those alone in which their vote is or was asked for."""
    rows, token = await queries.list_reviews(
        session,
        actor,
        college_id=college_id,
        certificate_id=certificate_id,
        purpose=purpose,
        state=state,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_reviews(session, actor, rows)
    return PageOut[ReviewOut](items=items, next_page_token=token)


@router.post("/certificate-reviews", status_code=201, dependencies=[require(Permission.REVIEWS_PROPOSE)])
async def propose_certificate_review(
    body: ReviewIn, response: Response, session: Session, actor: CurrentActor
) -> ReviewOut:
    """Draft the admission of a certificate at a college; a coordinator does it for their own college."""
    review = await commands.propose_review(session, actor, wish=body)
    response.headers["Location"] = f"/v1/certificate-reviews/{review.id}"
    return await _answer(session, actor, review)


@router.get(
    "/certificate-reviews/{review_id}",
    response_model=ReviewOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.REVIEWS_READ)],
)
async def get_certificate_review(
    review_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one review; 304 while the caller's copy is still true."""
    review = await queries.get_review(session, actor, review_id)
    return etags.answer(await _answer(session, actor, review), if_none_match=if_none_match)


@router.get("/certificate-reviews/{review_id}/history", dependencies=[require(Permission.REVIEWS_FOLLOW)])
async def list_certificate_review_history(
    review_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[ReviewEventOut]:
    """List every deed on a review, the oldest first; a college learns of its panel's once it is decided."""
    review = await queries.get_review(session, actor, review_id)
    rows, token = await queries.list_history(session, actor, review, wish=page)
    pagination.link_next(request, response, token)
    items = [
        ReviewEventOut(
            id=row.id,
            at=row.recorded_at,
            deed=row.deed,
            actor_id=row.actor_id,
            detail=row.detail,
            before=row.before,
            after=row.after,
        )
        for row in rows
    ]
    return PageOut[ReviewEventOut](items=items, next_page_token=token)


@router.patch(
    "/certificate-reviews/{review_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.REVIEWS_PROPOSE)],
)
async def change_certificate_review(
    review_id: UUID, body: ReviewChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> ReviewOut:
    """Write a draft's grounds anew; `If-Match` names the copy the change is made to."""
    review = await commands.change_review(session, actor, review_id=review_id, change=body, if_match=if_match)
    return await _answer(session, actor, review)


@router.post("/certificate-reviews/{review_id}:submit", dependencies=[require(Permission.REVIEWS_PROPOSE)])
async def submit_certificate_review(review_id: UUID, session: Session, actor: CurrentActor) -> ReviewOut:
    """Hand a draft in to the office."""
    return await _answer(session, actor, await commands.submit_review(session, actor, review_id=review_id))


@router.post("/certificate-reviews/{review_id}:begin", dependencies=[require(Permission.REVIEWS_RUN)])
async def begin_certificate_review(
    review_id: UUID, body: PanelIn, session: Session, actor: CurrentActor, today: Today
) -> ReviewOut:
    """Begin a review with its experts; whom a rule forbids to vote is excused at once, and the rest must be a quorum.

    409 `review_policy_missing` while the institution has set no quorum and no minimum scores.
    """
    review = await commands.begin_review(session, actor, review_id=review_id, person_ids=body.person_ids, today=today)
    return await _answer(session, actor, review)


@router.post("/certificate-reviews/{review_id}:assign", dependencies=[require(Permission.REVIEWS_RUN)])
async def assign_certificate_review(review_id: UUID, body: PanelIn, session: Session, actor: CurrentActor) -> ReviewOut:
    """Ask more experts, for an admission under review or for an opinion on an exit."""
    review = await commands.assign_experts(session, actor, review_id=review_id, person_ids=body.person_ids)
    return await _answer(session, actor, review)


@router.post("/certificate-reviews/{review_id}:vote", dependencies=[require(Permission.REVIEWS_VOTE)])
async def vote_in_certificate_review(
    review_id: UUID, body: VoteIn, session: Session, actor: CurrentActor, today: Today
) -> ReviewOut:
    """Give one's scores and opinion, once. The last vote of an admission decides it by the policy's minimum scores."""
    review = await commands.vote_in_review(session, actor, review_id=review_id, vote=body, today=today)
    return await _answer(session, actor, review)


@router.post("/certificate-reviews/{review_id}:excuse", dependencies=[require(Permission.REVIEWS_VOTE)])
async def excuse_from_certificate_review(
    review_id: UUID, body: ExcuseIn, session: Session, actor: CurrentActor, today: Today
) -> ReviewOut:
    """Declare a conflict of interest instead of voting."""
    review = await commands.excuse_expert(session, actor, review_id=review_id, reason=body.reason, today=today)
    return await _answer(session, actor, review)


@router.post("/certificate-reviews/{review_id}:conclude", dependencies=[require(Permission.REVIEWS_RUN)])
async def conclude_certificate_review(
    review_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> ReviewOut:
    """Decide by the votes there are, once they are a quorum, without waiting for the rest."""
    review = await commands.conclude_review(session, actor, review_id=review_id, today=today)
    return await _answer(session, actor, review)


@router.post("/certificate-reviews/{review_id}:exit", dependencies=[require(Permission.REVIEWS_RUN)])
async def exit_certificate(
    review_id: UUID, body: DecisionIn, session: Session, actor: CurrentActor, today: Today
) -> ReviewOut:
    """Let a certificate leave on its day: no new plan, registration or rule from then on; who is registered finishes.

    409 `exit_second_person_needed` for whoever proposed it.
    """
    review = await commands.exit_certificate(session, actor, review_id=review_id, reason=body.reason, today=today)
    return await _answer(session, actor, review)


@router.post("/certificate-reviews/{review_id}:retain", dependencies=[require(Permission.REVIEWS_RUN)])
async def retain_certificate(
    review_id: UUID, body: DecisionIn, session: Session, actor: CurrentActor, today: Today
) -> ReviewOut:
    """Keep a certificate whose exit was proposed."""
    review = await commands.retain_certificate(session, actor, review_id=review_id, reason=body.reason, today=today)
    return await _answer(session, actor, review)


async def _answer(session: Session, actor: Actor, review: CertificateReview) -> ReviewOut:
    (told,) = await queries.describe_reviews(session, actor, [review])
    return told


def _policy(row: ReviewPolicy) -> ReviewPolicyOut:
    return ReviewPolicyOut(
        id=row.id,
        version=row.version,
        effective_from=row.effective_from,
        quorum=row.quorum,
        industry_fit_min=row.industry_fit_min_hundredths,
        employer_recognition_min=row.employer_recognition_min_hundredths,
        basis=row.basis,
    )
