"""The feed of records to an outside platform."""

from typing import Annotated

from fastapi import Query, Request, Response

from x_pilot_api.core import accepted, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.reports import commands, queries
from x_pilot_api.reports.models import FeedState
from x_pilot_api.reports.schemas import (
    FeedAskedOut,
    FeedCollectedOut,
    FeedCollectionIn,
    FeedReceiptsIn,
    FeedReceiptsOut,
    FeedRecordOut,
)

router = AreaRouter(tags=["reports"])


@router.get("/feed-records", dependencies=[require(Permission.FEED_RECORDS_READ)])
async def list_feed_records(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    state: Annotated[FeedState | None, Query()] = None,
) -> PageOut[FeedRecordOut]:
    """List what the outside platform is told of certificates, and what it said."""
    items, token = await queries.list_records(session, actor, state=state, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[FeedRecordOut](items=items, next_page_token=token)


@router.post("/feed-records:collect", dependencies=[require(Permission.FEED_RECORDS_RUN)])
async def collect_feed_records(body: FeedCollectionIn, session: Session, actor: CurrentActor) -> FeedCollectedOut:
    """Collect certificates that the platform does not know, or knows otherwise, as records to generate."""
    collected = await commands.collect_records(session, actor, retries_refused=body.retries_refused)
    return FeedCollectedOut(collected=collected)


@router.post(
    "/feed-records:send",
    status_code=202,
    responses=accepted.ACCEPTED,
    dependencies=[require(Permission.FEED_RECORDS_RUN)],
)
async def send_feed_records(
    response: Response, session: Session, actor: CurrentActor, service: CurrentService
) -> FeedAskedOut:
    """Have what was collected written into a file for the platform; 409 `feed_not_configured` without a folder."""
    job_id = await commands.ask_to_send(session, actor, is_configured=service.settings.feed_dir is not None)
    accepted.point_to(response, job_id)
    return FeedAskedOut(job_id=job_id)


@router.post("/feed-receipts", dependencies=[require(Permission.FEED_RECORDS_RUN)])
async def take_feed_receipts(body: FeedReceiptsIn, session: Session, actor: CurrentActor) -> FeedReceiptsOut:
    """Take the platform's receipts in; a record is answered once, and sent again only as its next revision."""
    applied = await commands.take_receipts(session, actor, receipts=body.receipts)
    return FeedReceiptsOut(applied=applied, ignored=len(body.receipts) - applied)
