"""Surveys: what is asked, what came back, and what came of it."""

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
from x_pilot_api.guidance.commands import surveys as commands
from x_pilot_api.guidance.models import Survey, SurveyState
from x_pilot_api.guidance.queries import reach
from x_pilot_api.guidance.queries import surveys as queries
from x_pilot_api.guidance.schemas.surveys import (
    ResponsesRecordedOut,
    SurveyIn,
    SurveyOut,
    SurveyResponsesIn,
    SurveyResultsOut,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["guidance"])

_READ = require(Permission.CONSULTATIONS_READ)
_RECORD = require(Permission.CONSULTATIONS_RECORD)


@router.get("/surveys", dependencies=[_READ])
async def list_surveys(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    state: Annotated[SurveyState | None, Query()] = None,
) -> PageOut[SurveyOut]:
    """List surveys, the oldest first."""
    rows, token = await queries.list_surveys(session, actor, state=state, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.describe_surveys(session, actor, rows)
    return PageOut[SurveyOut](items=items, next_page_token=token)


@router.post("/surveys", status_code=201, dependencies=[_RECORD])
async def draft_survey(body: SurveyIn, response: Response, session: Session, actor: CurrentActor) -> SurveyOut:
    """Draft a survey and its questions."""
    survey = await commands.draft_survey(session, actor, wish=body)
    response.headers["Location"] = f"/v1/surveys/{survey.id}"
    return await _survey(session, actor, survey)


@router.get("/surveys/{survey_id}", response_model=SurveyOut, responses={**etags.NOT_MODIFIED}, dependencies=[_READ])
async def get_survey(
    survey_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one survey; its ETag is what changing it asks for."""
    survey = await reach.get_row(session, actor, Survey, survey_id)
    return etags.answer(await _survey(session, actor, survey), if_none_match=if_none_match)


@router.put("/surveys/{survey_id}", responses={**etags.GUARDED}, dependencies=[_RECORD])
async def change_survey(
    survey_id: UUID, body: SurveyIn, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> SurveyOut:
    """Write a survey anew until it is opened."""
    survey = await commands.change_survey(session, actor, survey_id=survey_id, wish=body, if_match=if_match)
    return await _survey(session, actor, survey)


@router.post("/surveys/{survey_id}:open", dependencies=[_RECORD])
async def open_survey(survey_id: UUID, session: Session, actor: CurrentActor, today: Today) -> SurveyOut:
    """Take answers from now on; the questions never change afterwards."""
    return await _survey(session, actor, await commands.open_survey(session, actor, survey_id=survey_id, today=today))


@router.post("/surveys/{survey_id}:close", dependencies=[_RECORD])
async def close_survey(survey_id: UUID, session: Session, actor: CurrentActor) -> SurveyOut:
    """Take no more answers."""
    return await _survey(session, actor, await commands.close_survey(session, actor, survey_id=survey_id))


@router.post("/surveys/{survey_id}/responses", status_code=201, dependencies=[_RECORD])
async def record_survey_responses(
    survey_id: UUID, body: SurveyResponsesIn, session: Session, actor: CurrentActor
) -> ResponsesRecordedOut:
    """Record a batch of questionnaires, whole or not at all; 409 names row and question of what is wrong."""
    survey, recorded = await commands.record_responses(session, actor, survey_id=survey_id, wish=body)
    return ResponsesRecordedOut(recorded=recorded, responses=await queries.count_responses(session, survey))


@router.get("/surveys/{survey_id}/results", dependencies=[_READ])
async def get_survey_results(survey_id: UUID, session: Session, actor: CurrentActor) -> SurveyResultsOut:
    """Count what came of a survey, each share with its numerator and denominator."""
    return await queries.count_results(session, await reach.get_row(session, actor, Survey, survey_id))


async def _survey(session: Session, actor: Actor, survey: Survey) -> SurveyOut:
    (told,) = await queries.describe_surveys(session, actor, [survey])
    return told
