"""Registering oneself: what is open, by what terms, whether one may, and the life of one's own registration."""

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Depends, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import files
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.exam_days import queries as days
from x_pilot_api.exam_days.schemas import TicketOut
from x_pilot_api.exams import commands as deeds
from x_pilot_api.exams import queries as exam_queries
from x_pilot_api.exams.queries.judging import Wish
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.exams.schemas import EligibilityOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.student_space import queries
from x_pilot_api.student_space.routes.own import CurrentOwn
from x_pilot_api.student_space.schemas import OpenLevelsOut, OwnReasonIn, OwnRegistrationIn, OwnRegistrationOut

router = AreaRouter(tags=["my space"])

_ONE = "/me/registrations/{registration_id}"
_USE = [require(Permission.MY_SPACE_USE)]


def get_terms(service: CurrentService) -> Terms:
    """Tell by what a deed is judged that is done now."""
    return deeds.terms_now(service.settings)


CurrentTerms = Annotated[Terms, Depends(get_terms)]


@router.get("/me/open-exams", dependencies=[require(Permission.MY_SPACE_READ)])
async def list_open_exams(session: Session, own: CurrentOwn, today: Today) -> OpenLevelsOut:
    """List what takes registrations today, with its days; `:eligibility` says whether oneself may."""
    return OpenLevelsOut(items=await queries.list_open_levels(session, own, today=today))


@router.get("/me/open-exams/{exam_plan_id}:eligibility", dependencies=[require(Permission.MY_SPACE_READ)])
async def explain_own_eligibility(
    exam_plan_id: UUID,
    session: Session,
    actor: CurrentActor,
    own: CurrentOwn,
    terms: CurrentTerms,
    certificate_level_id: Annotated[UUID, Query()],
    sitting_id: Annotated[UUID | None, Query()] = None,
) -> EligibilityOut:
    """Tell of every ground whether it lets the student register for a level of a plan, with its figures."""
    plan = await exam_queries.get_plan(session, actor, exam_plan_id)
    wish = Wish(certificate_level_id=certificate_level_id, student_id=own.student_id, sitting_id=sitting_id)
    return await exam_queries.explain_eligibility(
        session, actor, plan=plan, wish=wish, today=terms.today, timezone=terms.timezone
    )


@router.post("/me/registrations", status_code=201, dependencies=_USE)
async def register_myself(
    body: OwnRegistrationIn,
    response: Response,
    session: Session,
    actor: CurrentActor,
    own: CurrentOwn,
    terms: CurrentTerms,
) -> OwnRegistrationOut:
    """Draft one's own registration; it counts once it is confirmed, and the college accepts it.

    409 `registrations_refused` names the ground that refuses it.
    """
    wish = deeds.OwnWish(certificate_level_id=body.certificate_level_id, sitting_id=body.sitting_id)
    made = await deeds.register_myself(session, actor, exam_plan_id=body.exam_plan_id, wish=wish, terms=terms)
    response.headers["Location"] = "/v1/me/registrations"
    return await queries.get_registration(session, actor, own, made.id)


@router.post(f"{_ONE}:confirm", dependencies=_USE)
async def confirm_own_registration(
    registration_id: UUID, session: Session, actor: CurrentActor, own: CurrentOwn, terms: CurrentTerms
) -> OwnRegistrationOut:
    """Confirm one's draft; from now on it has its turn for a seat."""
    await queries.get_registration(session, actor, own, registration_id)
    await deeds.confirm_registration(session, actor, registration_id=registration_id, terms=terms)
    return await queries.get_registration(session, actor, own, registration_id)


@router.post(f"{_ONE}:withdraw", dependencies=_USE)
async def withdraw_own_registration(
    registration_id: UUID,
    body: OwnReasonIn,
    session: Session,
    actor: CurrentActor,
    own: CurrentOwn,
    terms: CurrentTerms,
) -> OwnRegistrationOut:
    """Withdraw a registration of one's own that is not locked yet."""
    await queries.get_registration(session, actor, own, registration_id)
    await deeds.withdraw_registration(session, actor, registration_id=registration_id, reason=body.reason, terms=terms)
    return await queries.get_registration(session, actor, own, registration_id)


@router.post(f"{_ONE}:take-offer", dependencies=_USE)
async def take_own_offer(
    registration_id: UUID, session: Session, actor: CurrentActor, own: CurrentOwn, terms: CurrentTerms
) -> OwnRegistrationOut:
    """Take the seat that one is offered, until its deadline; 409 `offer_expired` afterwards."""
    await queries.get_registration(session, actor, own, registration_id)
    await deeds.take_offer(session, actor, registration_id=registration_id, terms=terms)
    return await queries.get_registration(session, actor, own, registration_id)


@router.post(f"{_ONE}:decline-offer", dependencies=_USE)
async def decline_own_offer(
    registration_id: UUID, session: Session, actor: CurrentActor, own: CurrentOwn, terms: CurrentTerms
) -> OwnRegistrationOut:
    """Decline the seat that one is offered and leave the line."""
    await queries.get_registration(session, actor, own, registration_id)
    await deeds.decline_offer(session, actor, registration_id=registration_id, terms=terms)
    return await queries.get_registration(session, actor, own, registration_id)


@router.get(
    f"{_ONE}/ticket",
    dependencies=[require(Permission.MY_SPACE_READ)],
    response_class=Response,
    response_model=TicketOut,
    responses=files.answering("pdf"),
)
async def get_own_ticket(
    registration_id: UUID, session: Session, actor: CurrentActor, own: CurrentOwn, service: CurrentService
) -> Response:
    """Download one's own admission ticket as PDF; 409 `ticket_not_ready` until tickets are handed out."""
    await queries.get_registration(session, actor, own, registration_id)
    return await _ticket(session, actor, registration_id, service)


async def _ticket(
    session: AsyncSession, actor: CurrentActor, registration_id: UUID, service: CurrentService
) -> Response:
    zone = ZoneInfo(service.settings.timezone)
    told = await days.tell_ticket(session, actor, registration_id, sealer=service.sealer, zone=zone)
    content = await days.PRESS.set_aside(days.TICKETS, told)
    return files.answer(content, f"ticket-{registration_id}.pdf")
