"""What went wrong on the day of an exam."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.service import CurrentService
from x_pilot_api.exam_days import commands, queries
from x_pilot_api.exam_days.models import ExamIncident, IncidentState
from x_pilot_api.exam_days.schemas import IncidentDecisionIn, IncidentIn, IncidentKindsOut, IncidentOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exam days"])


@router.get("/exam-incident-categories", dependencies=[require(Permission.EXAM_INCIDENTS_READ)])
async def list_incident_categories() -> IncidentKindsOut:
    """List the categories of incidents: whom each concerns, what usually follows and what can."""
    return IncidentKindsOut(items=queries.describe_kinds())


@router.get("/exam-incidents", dependencies=[require(Permission.EXAM_INCIDENTS_READ)])
async def find_exam_incidents(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    page: Page,
    state: Annotated[IncidentState | None, Query(description="`reported`: what waits for a second person")] = None,
) -> PageOut[IncidentOut]:
    """List the incidents of all sittings the caller sees, oldest first; an organisation sees those of its own exams."""
    rows, token = await queries.find_incidents(session, actor, state=state, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.tell_incidents(session, actor, rows, sealer=service.sealer)
    return PageOut[IncidentOut](items=items, next_page_token=token)


@router.get("/exam-sittings/{sitting_id}/incidents", dependencies=[require(Permission.EXAM_INCIDENTS_READ)])
async def list_incidents(
    sitting_id: UUID,
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    page: Page,
    state: Annotated[IncidentState | None, Query()] = None,
) -> PageOut[IncidentOut]:
    """List the incidents of a sitting, oldest first; an organisation sees those of its own exams."""
    sitting = await queries.get_sitting(session, actor, sitting_id)
    rows, token = await queries.list_incidents(session, actor, sitting, state=state, wish=page)
    pagination.link_next(request, response, token)
    items = await queries.tell_incidents(session, actor, rows, sealer=service.sealer)
    return PageOut[IncidentOut](items=items, next_page_token=token)


@router.post(
    "/exam-sittings/{sitting_id}/incidents",
    status_code=201,
    dependencies=[require(Permission.EXAM_INCIDENTS_REPORT)],
)
async def report_incident(
    sitting_id: UUID,
    body: IncidentIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
) -> IncidentOut:
    """Report what went wrong; the organisation hears of it, and nothing follows before another person decides.

    409 `consequence_unfit` when that cannot follow from the category.
    """
    incident = await commands.report_incident(session, actor, sitting_id=sitting_id, wish=body, sealer=service.sealer)
    response.headers["Location"] = f"/v1/exam-incidents/{incident.id}"
    return await _told(session, actor, incident, service.sealer)


@router.get("/exam-incidents/{incident_id}", dependencies=[require(Permission.EXAM_INCIDENTS_READ)])
async def get_incident(
    incident_id: UUID, session: Session, actor: CurrentActor, service: CurrentService
) -> IncidentOut:
    """Read one incident."""
    return await _told(session, actor, await queries.get_incident(session, actor, incident_id), service.sealer)


@router.post("/exam-incidents/{incident_id}:confirm", dependencies=[require(Permission.EXAM_INCIDENTS_DECIDE)])
async def confirm_incident(
    incident_id: UUID, body: IncidentDecisionIn, session: Session, actor: CurrentActor, service: CurrentService
) -> IncidentOut:
    """Confirm an incident somebody else has reported; what follows is in effect for everybody concerned."""
    incident = await commands.confirm_incident(session, actor, incident_id=incident_id, decision=body.decision)
    return await _told(session, actor, incident, service.sealer)


@router.post("/exam-incidents/{incident_id}:reject", dependencies=[require(Permission.EXAM_INCIDENTS_DECIDE)])
async def reject_incident(
    incident_id: UUID, body: IncidentDecisionIn, session: Session, actor: CurrentActor, service: CurrentService
) -> IncidentOut:
    """Reject an incident somebody else has reported; nothing follows from it."""
    incident = await commands.reject_incident(session, actor, incident_id=incident_id, decision=body.decision)
    return await _told(session, actor, incident, service.sealer)


async def _told(session: AsyncSession, actor: Actor, incident: ExamIncident, sealer: Sealer) -> IncidentOut:
    (told,) = await queries.tell_incidents(session, actor, [incident], sealer=sealer)
    return told
