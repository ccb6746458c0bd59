"""Training projects: offered, published, closed, cancelled, and what participants said of them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.days import Day
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.training import commands, queries
from x_pilot_api.training.models import TrainingOrigin, TrainingProject, TrainingProjectState
from x_pilot_api.training.schemas import (
    TrainingPlacesIn,
    TrainingProjectIn,
    TrainingProjectOut,
    TrainingReasonIn,
    TrainingSurveyOut,
)

router = AreaRouter(tags=["training"])


@router.get("/training-projects", dependencies=[require(Permission.TRAINING_READ)])
async def list_training_projects(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    state: Annotated[TrainingProjectState | None, Query()] = None,
    origin: Annotated[TrainingOrigin | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    enrols_from: Annotated[Day | None, Query(description="Projects that take enrolments on this day or later")] = None,
) -> PageOut[TrainingProjectOut]:
    """List projects, those that end first first; drafts are the office's."""
    rows, token = await queries.list_projects(
        session,
        actor,
        state=state,
        origin=origin,
        certificate_level_id=certificate_level_id,
        enrols_from=enrols_from,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_projects(session, actor, rows, today=today)
    return PageOut[TrainingProjectOut](items=items, next_page_token=token)


@router.post("/training-projects", status_code=201, dependencies=[require(Permission.TRAINING_RUN)])
async def draft_training_project(
    body: TrainingProjectIn, response: Response, session: Session, actor: CurrentActor, today: Today
) -> TrainingProjectOut:
    """Write a project down; it is offered once it is published."""
    project = await commands.draft_project(session, actor, wish=body)
    response.headers["Location"] = f"/v1/training-projects/{project.id}"
    return await _told(session, actor, project, today)


@router.get(
    "/training-projects/{project_id}",
    response_model=TrainingProjectOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.TRAINING_READ)],
)
async def get_training_project(
    project_id: UUID, session: Session, actor: CurrentActor, today: Today, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one project and how many places are held; the ETag is what changing a draft asks for."""
    project = await queries.get_project(session, actor, project_id)
    return etags.answer(await _told(session, actor, project, today), if_none_match=if_none_match)


@router.put(
    "/training-projects/{project_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.TRAINING_RUN)],
)
async def change_training_project(
    project_id: UUID,
    body: TrainingProjectIn,
    session: Session,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch = None,
) -> TrainingProjectOut:
    """Write a draft anew; what is published changes in its places alone."""
    project = await commands.change_project(
        session, actor, project_id=project_id, wish=body, if_match=if_match, today=today
    )
    return await _told(session, actor, project, today)


@router.post("/training-projects/{project_id}:publish", dependencies=[require(Permission.TRAINING_RUN)])
async def publish_training_project(
    project_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> TrainingProjectOut:
    """Publish a project's scheme, N(8): every teacher of the institution may enrol until the deadline."""
    project = await commands.publish_project(session, actor, project_id=project_id, today=today)
    return await _told(session, actor, project, today)


@router.post("/training-projects/{project_id}:change-places", dependencies=[require(Permission.TRAINING_RUN)])
async def change_training_places(
    project_id: UUID, body: TrainingPlacesIn, session: Session, actor: CurrentActor, today: Today
) -> TrainingProjectOut:
    """Change the number of places before the training begins; 409 `training_places_taken` below those held."""
    project = await commands.change_places(session, actor, project_id=project_id, places=body.places, today=today)
    return await _told(session, actor, project, today)


@router.post("/training-projects/{project_id}:close", dependencies=[require(Permission.TRAINING_RUN)])
async def close_training_project(
    project_id: UUID, session: Session, actor: CurrentActor, today: Today
) -> TrainingProjectOut:
    """Close a project that is over; 409 `training_results_missing` while a participant has no result."""
    project = await commands.close_project(session, actor, project_id=project_id, today=today)
    return await _told(session, actor, project, today)


@router.post("/training-projects/{project_id}:cancel", dependencies=[require(Permission.TRAINING_RUN)])
async def cancel_training_project(
    project_id: UUID, body: TrainingReasonIn, session: Session, actor: CurrentActor, today: Today
) -> TrainingProjectOut:
    """Cancel a project that has no result yet; everybody in its line is told why."""
    project = await commands.cancel_project(session, actor, project_id=project_id, reason=body.reason)
    return await _told(session, actor, project, today)


@router.get("/training-projects/{project_id}/survey", dependencies=[require(Permission.TRAINING_READ)])
async def get_training_survey(project_id: UUID, session: Session, actor: CurrentActor) -> TrainingSurveyOut:
    """Read what participants said of a project, without names; a mean of nothing is null."""
    return await queries.tell_survey(session, await queries.get_project(session, actor, project_id))


async def _told(session: Session, actor: Actor, project: TrainingProject, today: date) -> TrainingProjectOut:
    (told,) = await queries.describe_projects(session, actor, [project], today=today)
    return told
