"""Outside parties, correspondence with them, and the training they want."""

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
from x_pilot_api.core.texts import Line
from x_pilot_api.guidance.commands import parties as commands
from x_pilot_api.guidance.models import DemandState, LetterDirection, OutsideParty, PartyKind, TrainingDemand
from x_pilot_api.guidance.queries import parties as queries
from x_pilot_api.guidance.schemas.parties import (
    CorrespondenceIn,
    CorrespondenceOut,
    DemandMetIn,
    OutsidePartyIn,
    OutsidePartyOut,
    TrainingDemandIn,
    TrainingDemandOut,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["guidance"])

_READ = require(Permission.CONSULTATIONS_READ)
_RECORD = require(Permission.CONSULTATIONS_RECORD)


@router.get("/outside-parties", dependencies=[_READ])
async def list_outside_parties(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    kind: Annotated[PartyKind | None, Query()] = None,
    name: Annotated[Line | None, Query(description="A part of the name")] = None,
) -> PageOut[OutsidePartyOut]:
    """List the register of outside parties by name, with how much the caller sees of each."""
    rows, token = await queries.list_parties(session, actor, kind=kind, named=name, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_parties(session, actor, rows, today=today)
    return PageOut[OutsidePartyOut](items=items, next_page_token=token)


@router.post("/outside-parties", status_code=201, dependencies=[_RECORD])
async def enter_outside_party(
    body: OutsidePartyIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> OutsidePartyOut:
    """Enter an authority, association, employer or organisation; 409 `outside_party_exists` when it is there."""
    party = await commands.enter_party(session, actor, wish=body)
    response.headers["Location"] = f"/v1/outside-parties/{party.id}"
    return await _party(session, actor, party, today)


@router.get(
    "/outside-parties/{party_id}",
    response_model=OutsidePartyOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[_READ],
)
async def get_outside_party(
    party_id: UUID, session: Session, actor: CurrentActor, today: Today, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one party; its ETag is what changing it asks for."""
    party = await queries.get_party(session, actor, party_id)
    return etags.answer(await _party(session, actor, party, today), if_none_match=if_none_match)


@router.put("/outside-parties/{party_id}", responses={**etags.GUARDED}, dependencies=[_RECORD])
async def change_outside_party(
    party_id: UUID,
    body: OutsidePartyIn,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> OutsidePartyOut:
    """Write what is known of a party anew."""
    party = await commands.change_party(session, actor, party_id=party_id, wish=body, today=today, if_match=if_match)
    return await _party(session, actor, party, today)


@router.get("/correspondence", dependencies=[_READ])
async def list_correspondence(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    party_id: Annotated[UUID | None, Query()] = None,
    direction: Annotated[LetterDirection | None, Query()] = None,
    unanswered: Annotated[bool, Query(description="Only what an answer was due to before today")] = False,
) -> PageOut[CorrespondenceOut]:
    """List letters, mails and calls by their day, of one party or of all, or only what waits for an answer."""
    rows, token = await queries.list_correspondence(
        session,
        actor,
        party_id=party_id,
        direction=direction,
        unanswered_on=today if unanswered else None,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_correspondence(session, actor, rows, today=today)
    return PageOut[CorrespondenceOut](items=items, next_page_token=token)


@router.post("/correspondence", status_code=201, dependencies=[_RECORD])
async def record_correspondence(
    body: CorrespondenceIn, session: Session, actor: CurrentActor, today: Today
) -> CorrespondenceOut:
    """Record a letter, mail or call for good, and which other it answers."""
    letter = await commands.record_correspondence(session, actor, wish=body, today=today)
    (told,) = await queries.describe_correspondence(session, actor, [letter], today=today)
    return told


@router.get("/training-demands", dependencies=[_READ])
async def list_training_demands(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    party_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[DemandState | None, Query()] = None,
) -> PageOut[TrainingDemandOut]:
    """List whom parties want to have trained, the oldest first."""
    rows, token = await queries.list_demands(session, actor, party_id=party_id, state=state, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_demands(session, actor, rows)
    return PageOut[TrainingDemandOut](items=items, next_page_token=token)


@router.post("/training-demands", status_code=201, dependencies=[_RECORD])
async def record_training_demand(body: TrainingDemandIn, session: Session, actor: CurrentActor) -> TrainingDemandOut:
    """Record whom a party wants to have trained for which level, and when (N(13), N(18))."""
    return await _demand(session, actor, await commands.record_demand(session, actor, wish=body))


@router.post("/training-demands/{demand_id}:meet", dependencies=[_RECORD])
async def meet_training_demand(
    demand_id: UUID, body: DemandMetIn, session: Session, actor: CurrentActor
) -> TrainingDemandOut:
    """Say which class meets a wish for training."""
    demand = await commands.meet_demand(session, actor, demand_id=demand_id, met_by=body.met_by)
    return await _demand(session, actor, demand)


@router.post("/training-demands/{demand_id}:reopen", dependencies=[_RECORD])
async def reopen_training_demand(demand_id: UUID, session: Session, actor: CurrentActor) -> TrainingDemandOut:
    """Say that a wish for training is not met after all."""
    return await _demand(session, actor, await commands.reopen_demand(session, actor, demand_id=demand_id))


async def _party(session: Session, actor: Actor, party: OutsideParty, today: date) -> OutsidePartyOut:
    (told,) = await queries.describe_parties(session, actor, [party], today=today)
    return told


async def _demand(session: Session, actor: Actor, demand: TrainingDemand) -> TrainingDemandOut:
    (told,) = await queries.describe_demands(session, actor, [demand])
    return told
