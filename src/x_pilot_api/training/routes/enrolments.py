"""Who takes part in a project, and what came of it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.training import commands, queries
from x_pilot_api.training.models import EnrolmentState, TrainingEnrolment
from x_pilot_api.training.schemas import (
    EnrolmentIn,
    TrainingEnrolmentOut,
    TrainingReasonIn,
    TrainingResultsIn,
    TrainingSurveyIn,
)

router = AreaRouter(tags=["training"])


@router.get("/training-enrolments", dependencies=[require(Permission.TRAINING_READ)])
async def list_training_enrolments(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    project_id: Annotated[UUID | None, Query()] = None,
    teacher_id: Annotated[UUID | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[EnrolmentState | None, Query()] = None,
) -> PageOut[TrainingEnrolmentOut]:
    """List enrolments in the order of the line: the institution's, a coordinator's college's, a teacher's own."""
    rows, token = await queries.list_enrolments(
        session, actor, project_id=project_id, teacher_id=teacher_id, college_id=college_id, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_enrolments(session, actor, rows, today=today)
    return PageOut[TrainingEnrolmentOut](items=items, next_page_token=token)


@router.post(
    "/training-projects/{project_id}/enrolments", status_code=201, dependencies=[require(Permission.TRAINING_ENROL)]
)
async def enrol_teachers(
    project_id: UUID, body: EnrolmentIn, session: Session, actor: CurrentActor, today: Today
) -> list[TrainingEnrolmentOut]:
    """Enrol teachers, or oneself: the first get the places there are, the others wait in this order."""
    rows = await commands.enrol_teachers(session, actor, project_id=project_id, wish=body, today=today)
    return await _told(session, actor, rows, today)


@router.post("/training-enrolments/{enrolment_id}:withdraw", dependencies=[require(Permission.TRAINING_ENROL)])
async def withdraw_training_enrolment(
    enrolment_id: UUID, body: TrainingReasonIn, session: Session, actor: CurrentActor, today: Today
) -> TrainingEnrolmentOut:
    """Give a place up before the training begins; who has waited longest gets it and is told."""
    row = await commands.withdraw_enrolment(session, actor, enrolment_id=enrolment_id, reason=body.reason, today=today)
    (told,) = await _told(session, actor, [row], today)
    return told


@router.post("/training-projects/{project_id}:record-results", dependencies=[require(Permission.TRAINING_RUN)])
async def record_training_results(
    project_id: UUID, body: TrainingResultsIn, session: Session, actor: CurrentActor, today: Today
) -> list[TrainingEnrolmentOut]:
    """Record hours attended, and results once the training is over, all rows or none; who passed has completed it."""
    rows = await commands.record_results(session, actor, project_id=project_id, wish=body, today=today)
    return await _told(session, actor, rows, today)


@router.post("/training-enrolments/{enrolment_id}:reopen", dependencies=[require(Permission.TRAINING_RUN)])
async def reopen_training_enrolment(
    enrolment_id: UUID, body: TrainingReasonIn, session: Session, actor: CurrentActor, today: Today
) -> TrainingEnrolmentOut:
    """Take a result back with a reason; a completion that came of it is reversed, and stays to be read."""
    row = await commands.reopen_enrolment(session, actor, enrolment_id=enrolment_id, reason=body.reason)
    (told,) = await _told(session, actor, [row], today)
    return told


@router.post("/training-enrolments/{enrolment_id}:answer-survey", dependencies=[require(Permission.TRAINING_ANSWER)])
async def answer_training_survey(
    enrolment_id: UUID, body: TrainingSurveyIn, session: Session, actor: CurrentActor, today: Today
) -> TrainingEnrolmentOut:
    """Say how a training was, as its participant and once; nobody is told whose answer it is."""
    row = await commands.answer_survey(session, actor, enrolment_id=enrolment_id, wish=body)
    (told,) = await _told(session, actor, [row], today)
    return told


async def _told(
    session: Session, actor: Actor, rows: Sequence[TrainingEnrolment], today: date
) -> list[TrainingEnrolmentOut]:
    return await queries.describe_enrolments(session, actor, rows, today=today)
