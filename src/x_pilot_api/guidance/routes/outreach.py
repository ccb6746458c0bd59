"""Publicity of policies, trainings of administrators, and the staff to choose from."""

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
from x_pilot_api.guidance.commands import outreach as commands
from x_pilot_api.guidance.models import AdministratorTraining, PolicyPublicity, PublicityChannel
from x_pilot_api.guidance.queries import outreach as queries
from x_pilot_api.guidance.queries import reach, staff
from x_pilot_api.guidance.schemas.bodies import Year
from x_pilot_api.guidance.schemas.outreach import (
    AdministratorTrainingIn,
    AdministratorTrainingOut,
    GuidancePersonOut,
    PolicyPublicityIn,
    PolicyPublicityOut,
    PublicitySumsOut,
    TrainingCoverageOut,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["guidance"])

_READ = require(Permission.GUIDANCE_READ)
_RECORD = require(Permission.GUIDANCE_RECORD)
_OfYear = Annotated[Year | None, Query()]


@router.get("/policy-publicities", dependencies=[_READ])
async def list_policy_publicities(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    year: _OfYear = None,
    college_id: Annotated[UUID | None, Query()] = None,
    channel: Annotated[PublicityChannel | None, Query()] = None,
) -> PageOut[PolicyPublicityOut]:
    """List what was made known, by its day: the institution's, or a coordinator's colleges' and the office's."""
    rows, token = await queries.list_publicities(
        session, actor, year=year, college_id=college_id, channel=channel, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_publicities(session, actor, rows)
    return PageOut[PolicyPublicityOut](items=items, next_page_token=token)


@router.get("/policy-publicity-sums", dependencies=[_READ])
async def get_policy_publicity_sums(
    session: Session, actor: CurrentActor, year: Annotated[Year, Query()]
) -> PublicitySumsOut:
    """Sum a calendar year's publicity up by college and channel."""
    return await queries.sum_publicities(session, actor, year=year)


@router.post("/policy-publicities", status_code=201, dependencies=[_RECORD])
async def record_policy_publicity(
    body: PolicyPublicityIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> PolicyPublicityOut:
    """Record that a policy was made known, where, and to how many."""
    publicity = await commands.record_publicity(session, actor, wish=body, today=today)
    response.headers["Location"] = f"/v1/policy-publicities/{publicity.id}"
    return await _publicity(session, actor, publicity)


@router.get(
    "/policy-publicities/{publicity_id}",
    response_model=PolicyPublicityOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[_READ],
)
async def get_policy_publicity(
    publicity_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one occasion; its ETag is what correcting it asks for."""
    publicity = await reach.get_row(session, actor, PolicyPublicity, publicity_id)
    return etags.answer(await _publicity(session, actor, publicity), if_none_match=if_none_match)


@router.put("/policy-publicities/{publicity_id}", responses={**etags.GUARDED}, dependencies=[_RECORD])
async def correct_policy_publicity(
    publicity_id: UUID,
    body: PolicyPublicityIn,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> PolicyPublicityOut:
    """Write what was recorded of an occasion anew."""
    publicity = await commands.correct_publicity(
        session, actor, publicity_id=publicity_id, wish=body, today=today, if_match=if_match
    )
    return await _publicity(session, actor, publicity)


@router.get("/administrator-trainings", dependencies=[_READ])
async def list_administrator_trainings(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    year: _OfYear = None,
    college_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[AdministratorTrainingOut]:
    """List trainings of those who administer certificates, by their day, with everybody invited."""
    rows, token = await queries.list_trainings(session, actor, year=year, college_id=college_id, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_trainings(session, actor, rows)
    return PageOut[AdministratorTrainingOut](items=items, next_page_token=token)


@router.get("/administrator-training-coverage", dependencies=[_READ])
async def get_administrator_training_coverage(
    session: Session, actor: CurrentActor, year: Annotated[Year, Query()]
) -> TrainingCoverageOut:
    """Count how many certificate administrators took part in a training of a calendar year, by college."""
    return await staff.tell_coverage(session, actor, year=year)


@router.post("/administrator-trainings", status_code=201, dependencies=[_RECORD])
async def record_administrator_training(
    body: AdministratorTrainingIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> AdministratorTrainingOut:
    """Record a training of administrators (N(12)) and who took part."""
    training = await commands.record_training(session, actor, wish=body, today=today)
    response.headers["Location"] = f"/v1/administrator-trainings/{training.id}"
    return await _training(session, actor, training)


@router.get(
    "/administrator-trainings/{training_id}",
    response_model=AdministratorTrainingOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[_READ],
)
async def get_administrator_training(
    training_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one training; its ETag is what correcting it asks for."""
    training = await reach.get_row(session, actor, AdministratorTraining, training_id)
    return etags.answer(await _training(session, actor, training), if_none_match=if_none_match)


@router.put("/administrator-trainings/{training_id}", responses={**etags.GUARDED}, dependencies=[_RECORD])
async def correct_administrator_training(
    training_id: UUID,
    body: AdministratorTrainingIn,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> AdministratorTrainingOut:
    """Write a training anew, its participants too."""
    training = await commands.correct_training(
        session, actor, training_id=training_id, wish=body, today=today, if_match=if_match
    )
    return await _training(session, actor, training)


@router.get("/guidance-people", dependencies=[_READ])
async def list_guidance_people(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    college_id: Annotated[UUID | None, Query(description="Only the office and this college's")] = None,
    with_teachers: Annotated[bool, Query(description="Teachers too, who can own problems")] = False,
) -> PageOut[GuidancePersonOut]:
    """List the staff who can own something or take part in a training, as far as the caller acts for them."""
    items, token = await staff.list_people(
        session, actor, college_id=college_id, with_teachers=with_teachers, wish=page
    )
    pagination.link_next(request, response, token)
    return PageOut[GuidancePersonOut](items=items, next_page_token=token)


async def _publicity(session: Session, actor: Actor, publicity: PolicyPublicity) -> PolicyPublicityOut:
    (told,) = await queries.describe_publicities(session, actor, [publicity])
    return told


async def _training(session: Session, actor: Actor, training: AdministratorTraining) -> AdministratorTrainingOut:
    (told,) = await queries.describe_trainings(session, actor, [training])
    return told
