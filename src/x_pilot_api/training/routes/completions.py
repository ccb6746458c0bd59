"""What teachers completed, here and elsewhere, and the certificates they hold."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.days import Day
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.training import commands, queries
from x_pilot_api.training.models import OutsideState, OutsideTraining
from x_pilot_api.training.schemas import (
    OutsideDecisionIn,
    OutsideRefusalIn,
    OutsideTrainingIn,
    OutsideTrainingOut,
    TeacherCertificateIn,
    TeacherCertificateOut,
    TrainingCompletionOut,
    TrainingReasonIn,
)

router = AreaRouter(tags=["training"])


@router.get("/training-completions", dependencies=[require(Permission.TRAINING_READ)])
async def list_training_completions(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    teacher_id: Annotated[UUID | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    completed_from: Annotated[Day | None, Query(description="On this day or later")] = None,
    completed_until: Annotated[Day | None, Query(description="On this day or before")] = None,
) -> PageOut[TrainingCompletionOut]:
    """List what teachers completed, by day; what was reversed stays in the list, with the reason."""
    rows, token = await queries.list_completions(
        session,
        actor,
        teacher_id=teacher_id,
        college_id=college_id,
        certificate_level_id=certificate_level_id,
        completed_from=completed_from,
        completed_until=completed_until,
        wish=page,
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_completions(session, actor, rows)
    return PageOut[TrainingCompletionOut](items=items, next_page_token=token)


@router.post("/training-completions/{completion_id}:reverse", dependencies=[require(Permission.TRAINING_RUN)])
async def reverse_training_completion(
    completion_id: UUID, body: TrainingReasonIn, session: Session, actor: CurrentActor
) -> TrainingCompletionOut:
    """Let a completion count no longer, with a reason; it never changes, and its reversal stands beside it."""
    row = await commands.reverse_completion(session, actor, completion_id=completion_id, reason=body.reason)
    (told,) = await queries.describe_completions(session, actor, [row])
    return told


@router.get("/outside-trainings", dependencies=[require(Permission.TRAINING_READ)])
async def list_outside_trainings(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    teacher_id: Annotated[UUID | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[OutsideState | None, Query()] = None,
) -> PageOut[OutsideTrainingOut]:
    """List what teachers did elsewhere, the first recorded first."""
    rows, token = await queries.list_outside_trainings(
        session, actor, teacher_id=teacher_id, college_id=college_id, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_outside_trainings(session, actor, rows)
    return PageOut[OutsideTrainingOut](items=items, next_page_token=token)


@router.post("/outside-trainings", status_code=201, dependencies=[require(Permission.TRAINING_RECORD)])
async def record_outside_training(
    body: OutsideTrainingIn, session: Session, actor: CurrentActor, today: Today
) -> OutsideTrainingOut:
    """Record a training that a teacher did elsewhere, by its document; it counts once a second person confirms it."""
    row = await commands.record_outside_training(session, actor, wish=body, today=today)
    return await _outside(session, actor, row)


@router.post("/outside-trainings/{outside_training_id}:confirm", dependencies=[require(Permission.TRAINING_RUN)])
async def confirm_outside_training(
    outside_training_id: UUID, body: OutsideDecisionIn, session: Session, actor: CurrentActor
) -> OutsideTrainingOut:
    """Confirm a training elsewhere as a second person: it becomes a completion."""
    row = await commands.confirm_outside_training(
        session, actor, outside_training_id=outside_training_id, remark=body.remark
    )
    return await _outside(session, actor, row)


@router.post("/outside-trainings/{outside_training_id}:refuse", dependencies=[require(Permission.TRAINING_RUN)])
async def refuse_outside_training(
    outside_training_id: UUID, body: OutsideRefusalIn, session: Session, actor: CurrentActor
) -> OutsideTrainingOut:
    """Refuse a training elsewhere with a reason; it can be recorded anew."""
    row = await commands.refuse_outside_training(
        session, actor, outside_training_id=outside_training_id, remark=body.remark
    )
    return await _outside(session, actor, row)


@router.get("/teacher-certificates", dependencies=[require(Permission.TRAINING_READ)])
async def list_teacher_certificates(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    today: Today,
    page: Page,
    teacher_id: Annotated[UUID | None, Query()] = None,
    college_id: Annotated[UUID | None, Query()] = None,
) -> PageOut[TeacherCertificateOut]:
    """List the certificates that teachers hold themselves."""
    rows, token = await queries.list_teacher_certificates(
        session, actor, teacher_id=teacher_id, college_id=college_id, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.describe_teacher_certificates(session, actor, rows, today=today)
    return PageOut[TeacherCertificateOut](items=items, next_page_token=token)


@router.post("/teacher-certificates", status_code=201, dependencies=[require(Permission.TRAINING_RECORD)])
async def record_teacher_certificate(
    body: TeacherCertificateIn, session: Session, actor: CurrentActor, today: Today
) -> TeacherCertificateOut:
    """Put a certificate that a teacher holds on record; 409 `teacher_certificate_exists` when it is there."""
    row = await commands.record_teacher_certificate(session, actor, wish=body)
    (told,) = await queries.describe_teacher_certificates(session, actor, [row], today=today)
    return told


@router.delete(
    "/teacher-certificates/{certificate_id}", status_code=204, dependencies=[require(Permission.TRAINING_RECORD)]
)
async def remove_teacher_certificate(certificate_id: UUID, session: Session, actor: CurrentActor) -> None:
    """Take a certificate off a teacher's record; the audit keeps what it said."""
    await commands.remove_teacher_certificate(session, actor, certificate_id=certificate_id)


async def _outside(session: Session, actor: Actor, row: OutsideTraining) -> OutsideTrainingOut:
    (told,) = await queries.describe_outside_trainings(session, actor, [row])
    return told
