"""The yearly collection of programme data."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.programme_data import commands, queries
from x_pilot_api.programme_data.models import CollectionRound, ProgrammeReturn, ReturnState
from x_pilot_api.programme_data.schemas import (
    AcceptanceIn,
    CollectionRoundIn,
    CollectionRoundOut,
    DueDateIn,
    ProgrammeFiguresIn,
    ProgrammeReturnOut,
    ReturnHistoryOut,
    ReturnIn,
)

router = AreaRouter(tags=["programme data"])


@router.get("/collection-rounds", dependencies=[require(Permission.COLLECTION_ROUNDS_READ)])
async def list_collection_rounds(
    request: Request, response: Response, session: Session, actor: CurrentActor, today: Today, page: Page
) -> PageOut[CollectionRoundOut]:
    """List the yearly collections, each with how far the colleges are that the caller acts for."""
    rows, token = await queries.list_rounds(session, actor, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_rounds(session, actor, rows, today=today)
    return PageOut[CollectionRoundOut](items=items, next_page_token=token)


@router.post("/collection-rounds", status_code=201, dependencies=[require(Permission.COLLECTION_ROUNDS_OPEN)])
async def open_collection_round(
    body: CollectionRoundIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> CollectionRoundOut:
    """Open a year's collection with the day it is due; every pilot programme gets a form."""
    round_ = await commands.open_round(session, actor, wish=body)
    response.headers["Location"] = f"/v1/collection-rounds/{round_.id}"
    return await _round(session, actor, round_, today)


@router.get("/collection-rounds/{round_id}", dependencies=[require(Permission.COLLECTION_ROUNDS_READ)])
async def get_collection_round(
    round_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> CollectionRoundOut:
    """Read one collection and how far the colleges are."""
    return await _round(session, actor, await queries.get_round(session, actor, round_id), today)


@router.post("/collection-rounds/{round_id}:extend", dependencies=[require(Permission.COLLECTION_ROUNDS_OPEN)])
async def extend_collection_round(
    round_id: UUID, body: DueDateIn, session: Session, actor: CurrentActor, today: Today
) -> CollectionRoundOut:
    """Move the day on which data are due; what was late stays late."""
    round_ = await commands.extend_round(session, actor, round_id=round_id, due_on=body.due_on)
    return await _round(session, actor, round_, today)


@router.post("/collection-rounds/{round_id}:close", dependencies=[require(Permission.COLLECTION_ROUNDS_OPEN)])
async def close_collection_round(
    round_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> CollectionRoundOut:
    """Take nothing more from the colleges; what was submitted can still be answered."""
    return await _round(session, actor, await commands.close_round(session, actor, round_id=round_id), today)


@router.post("/collection-rounds/{round_id}:reopen", dependencies=[require(Permission.COLLECTION_ROUNDS_OPEN)])
async def reopen_collection_round(
    round_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> CollectionRoundOut:
    """Take data again; programmes that joined the pilot meanwhile get their form."""
    return await _round(session, actor, await commands.reopen_round(session, actor, round_id=round_id), today)


@router.get("/programme-returns", dependencies=[require(Permission.PROGRAMME_RETURNS_READ)])
async def list_programme_returns(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    collection_round_id: Annotated[UUID | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[ReturnState | None, Query()] = None,
    is_late: Annotated[bool | None, Query(description="Submitted after the day they were due on")] = None,
) -> PageOut[ProgrammeReturnOut]:
    """List programmes' data beside what the platform knows: the institution's, or a coordinator's own."""
    rows, token = await queries.list_returns(
        session,
        actor,
        collection_round_id=collection_round_id,
        college_id=college_id,
        state=state,
        is_late=is_late,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_returns(session, actor, rows)
    return PageOut[ProgrammeReturnOut](items=items, next_page_token=token)


@router.get(
    "/programme-returns/{return_id}",
    response_model=ProgrammeReturnOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.PROGRAMME_RETURNS_READ)],
)
async def get_programme_return(
    return_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one programme's data beside what the platform knows; the ETag is what filling in and confirming ask for."""
    data = await queries.get_return(session, actor, return_id)
    return etags.answer(await _return(session, actor, data), if_none_match=if_none_match)


@router.get("/programme-returns/{return_id}/history", dependencies=[require(Permission.PROGRAMME_RETURNS_READ)])
async def get_programme_return_history(return_id: UUID, session: Session, actor: CurrentActor) -> ReturnHistoryOut:
    """Read everything that was submitted, as it was then, and how the office answered."""
    return await queries.list_history(session, await queries.get_return(session, actor, return_id))


@router.put(
    "/programme-returns/{return_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.PROGRAMME_RETURNS_FILL)],
)
async def fill_programme_return(
    return_id: UUID, body: ProgrammeFiguresIn, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> ProgrammeReturnOut:
    """Write a programme's data down in place of what was there; nothing is confirmed by it."""
    data = await commands.fill_return(session, actor, return_id=return_id, figures=body, if_match=if_match)
    return await _return(session, actor, data)


@router.post(
    "/programme-returns/{return_id}:submit",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.PROGRAMME_RETURNS_SUBMIT)],
)
async def submit_programme_return(
    return_id: UUID, session: Session, actor: CurrentActor, today: Today, if_match: IfMatch = None
) -> ProgrammeReturnOut:
    """Confirm a programme's data as they were read; the figures are kept for good, flagged if they come late."""
    data = await commands.submit_return(session, actor, return_id=return_id, today=today, if_match=if_match)
    return await _return(session, actor, data)


@router.post("/programme-returns/{return_id}:send-back", dependencies=[require(Permission.PROGRAMME_RETURNS_ACCEPT)])
async def send_back_programme_return(
    return_id: UUID, body: ReturnIn, session: Session, actor: CurrentActor
) -> ProgrammeReturnOut:
    """Send a programme's data back with a comment."""
    return await _return(
        session, actor, await commands.send_back(session, actor, return_id=return_id, comment=body.comment)
    )


@router.post("/programme-returns/{return_id}:accept", dependencies=[require(Permission.PROGRAMME_RETURNS_ACCEPT)])
async def accept_programme_return(
    return_id: UUID, body: AcceptanceIn, session: Session, actor: CurrentActor, today: Today
) -> ProgrammeReturnOut:
    """Accept a programme's data by a document; the programme takes part with the levels it asked for."""
    data = await commands.accept_return(session, actor, return_id=return_id, wish=body, today=today)
    return await _return(session, actor, data)


async def _round(session: Session, actor: Actor, round_: CollectionRound, today: date) -> CollectionRoundOut:
    (told,) = await queries.describe_rounds(session, actor, [round_], today=today)
    return told


async def _return(session: Session, actor: Actor, data: ProgrammeReturn) -> ProgrammeReturnOut:
    (told,) = await queries.describe_returns(session, actor, [data])
    return told
