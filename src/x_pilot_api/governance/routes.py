"""Exits with their teach-out plans, and the scorecards that stand beside the next review."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.certificates.schemas import ExitIn, ReviewOut
from x_pilot_api.core import etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.governance import commands, queries
from x_pilot_api.governance.schemas import (
    ScorecardOut,
    ScorecardsOut,
    TeachOutItemChange,
    TeachOutItemOut,
    TeachOutOut,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["governance"])


@router.post("/certificate-exits", status_code=201, dependencies=[require(Permission.REVIEWS_PROPOSE)])
async def propose_certificate_exit(
    body: ExitIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> ReviewOut:
    """Propose that a certificate leaves a college; what that leaves to be done is kept as its teach-out plan.

    The answer is the review in which the office decides.
    """
    review = await commands.propose_exit(session, actor, wish=body, today=today)
    response.headers["Location"] = f"/v1/certificate-reviews/{review.id}"
    (told,) = await certificates.describe_reviews(session, actor, [review])
    return told


@router.get("/certificate-reviews/{review_id}/teach-out", dependencies=[require(Permission.REVIEWS_FOLLOW)])
async def get_teach_out(review_id: UUID, session: Session, actor: CurrentActor) -> TeachOutOut:
    """Read what an exit leaves to be done: whom it concerns, until when, who sees to it."""
    review = await certificates.get_review(session, actor, review_id)
    items = await queries.list_teach_out(session, review)
    return TeachOutOut(
        review_id=review.id,
        exit_on=review.exit_on,
        items=[TeachOutItemOut.model_validate(item, from_attributes=True) for item in items],
    )


@router.get(
    "/teach-out-items/{item_id}",
    response_model=TeachOutItemOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.REVIEWS_FOLLOW)],
)
async def get_teach_out_item(
    item_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one item of a teach-out plan; 304 while the caller's copy is still true."""
    item = await queries.get_item(session, actor, item_id)
    return etags.answer(TeachOutItemOut.model_validate(item, from_attributes=True), if_none_match=if_none_match)


@router.patch(
    "/teach-out-items/{item_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.TEACH_OUTS_CHANGE)],
)
async def change_teach_out_item(
    item_id: UUID,
    body: TeachOutItemChange,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> TeachOutItemOut:
    """Give an item another day or owner, or say that it is done; `If-Match` names the copy the change is made to."""
    item = await commands.change_teach_out_item(
        session, actor, item_id=item_id, change=body, if_match=if_match, today=today
    )
    return TeachOutItemOut.model_validate(item, from_attributes=True)


@router.get("/scorecards", dependencies=[require(Permission.SCORECARDS_READ)])
async def list_scorecards(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    page: Page,
    organisation_id: Annotated[UUID | None, Query()] = None,
    certificate_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[ScorecardOut]:
    """List how the certificates that the caller's institution runs, ran or reviews did there, by name."""
    items, token = await queries.list_scorecards(
        session,
        actor,
        organisation_id=organisation_id,
        certificate_id=certificate_id,
        timezone=service.settings.timezone,
        wish=page,
    )
    pagination.link_next(request, response, token)
    return PageOut[ScorecardOut](items=items, next_page_token=token)


@router.get("/certificate-reviews/{review_id}/scorecard", dependencies=[require(Permission.REVIEWS_READ)])
async def get_review_scorecard(
    review_id: UUID, session: Session, actor: CurrentActor, service: CurrentService
) -> ScorecardsOut:
    """Read how a reviewed certificate and its organisation did here, to stand beside the review's form."""
    review = await certificates.get_review(session, actor, review_id)
    return await queries.get_scorecards_for(session, actor, review, timezone=service.settings.timezone)
