"""Registrations for exam plans."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from x_pilot_api.core import clock
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.service import CurrentService
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.schemas import RegistrationsIn, RegistrationsOut
from x_pilot_api.identity.permissions import Permission

router = APIRouter()


@router.post(
    "/exam-plans/{exam_plan_id}/registrations",
    status_code=201,
    response_model=RegistrationsOut,
    dependencies=[require(Permission.REGISTRATIONS_CREATE)],
)
async def register_students(
    exam_plan_id: UUID,
    body: RegistrationsIn,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    once: RunOnce,
) -> RegistrationsOut | JSONResponse:
    """Register students for levels of a plan, all or none; each gets an admission number. Refusals name each row."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    deed = commands.register_students(
        session,
        actor,
        plan=plan,
        wishes=body.registrations,
        at=clock.now(),
        timezone=service.settings.timezone,
    )
    return await once(RegistrationsOut, deed, institution_id=plan.institution_id)
