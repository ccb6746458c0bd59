"""What is decided on registrations: by the student or their college, by the college, by the organisation."""

from uuid import UUID

from x_pilot_api.charges.schemas import ChargesRaisedOut
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.models import Registration
from x_pilot_api.exams.routes.terms import CurrentTerms
from x_pilot_api.exams.schemas import (
    RefusedRegistrationsIn,
    RegistrationIdsIn,
    RegistrationOut,
    RegistrationsDecidedOut,
    RegistrationsLockedOut,
    RegistrationsOut,
    RegistrationWithdrawalIn,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])


@router.post(
    "/exam-plans/{exam_plan_id}/registrations:accept",
    dependencies=[require(Permission.REGISTRATIONS_ACCEPT)],
)
async def accept_registrations(
    exam_plan_id: UUID, body: RegistrationIdsIn, session: Session, actor: CurrentActor, terms: CurrentTerms
) -> RegistrationsOut:
    """Accept registrations that their students confirmed, all or none; who finds no free seat waits in line."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    return await commands.accept_registrations(
        session, actor, plan=plan, registration_ids=body.registration_ids, terms=terms
    )


@router.post(
    "/exam-plans/{exam_plan_id}/registrations:refuse",
    dependencies=[require(Permission.REGISTRATIONS_ACCEPT)],
)
async def refuse_registrations(
    exam_plan_id: UUID, body: RefusedRegistrationsIn, session: Session, actor: CurrentActor, terms: CurrentTerms
) -> RegistrationsDecidedOut:
    """Refuse registrations that are not accepted yet, all or none, with a reason."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    return await commands.refuse_registrations(
        session, actor, plan=plan, registration_ids=body.registration_ids, reason=body.reason, terms=terms
    )


@router.post(
    "/exam-plans/{exam_plan_id}/registrations:lock",
    dependencies=[require(Permission.REGISTRATIONS_LOCK)],
)
async def lock_registrations(
    exam_plan_id: UUID, session: Session, actor: CurrentActor, terms: CurrentTerms
) -> RegistrationsLockedOut:
    """Lock a plan's accepted registrations when registration has closed, and charge them; its candidates then stay.

    What has no published fee is told under `charged.uncharged` and stays uncharged until it is raised later.
    """
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    return await commands.lock_registrations(session, actor, plan=plan, terms=terms)


@router.post("/exam-plans/{exam_plan_id}/charges:raise", dependencies=[require(Permission.CHARGES_RAISE)])
async def raise_charges(exam_plan_id: UUID, session: Session, actor: CurrentActor) -> ChargesRaisedOut:
    """Charge the locked registrations of a plan that are not charged yet, such as once their fee is published."""
    plan = await queries.get_plan(session, actor, exam_plan_id, lock=True)
    return await commands.charge_locked(session, actor, plan=plan)


async def _told(session: Session, actor: CurrentActor, registration: Registration) -> RegistrationOut:
    (told,) = await queries.describe_registrations(session, actor, [registration])
    return told


@router.post("/registrations/{registration_id}:confirm", dependencies=[require(Permission.REGISTRATIONS_CONFIRM)])
async def confirm_registration(
    registration_id: UUID, session: Session, actor: CurrentActor, terms: CurrentTerms
) -> RegistrationOut:
    """Confirm a drafted registration; from now on it has its turn for a seat."""
    deed = commands.confirm_registration(session, actor, registration_id=registration_id, terms=terms)
    return await _told(session, actor, await deed)


@router.post("/registrations/{registration_id}:withdraw", dependencies=[require(Permission.REGISTRATIONS_WITHDRAW)])
async def withdraw_registration(
    registration_id: UUID, body: RegistrationWithdrawalIn, session: Session, actor: CurrentActor, terms: CurrentTerms
) -> RegistrationOut:
    """Withdraw a registration that is not locked yet; its seat is offered to the next in line."""
    deed = commands.withdraw_registration(
        session, actor, registration_id=registration_id, reason=body.reason, terms=terms
    )
    return await _told(session, actor, await deed)


@router.post("/registrations/{registration_id}:take-offer", dependencies=[require(Permission.REGISTRATIONS_CONFIRM)])
async def take_offer(
    registration_id: UUID, session: Session, actor: CurrentActor, terms: CurrentTerms
) -> RegistrationOut:
    """Take a seat that the waiting list offers, until its deadline; 409 `offer_expired` afterwards."""
    return await _told(
        session, actor, await commands.take_offer(session, actor, registration_id=registration_id, terms=terms)
    )


@router.post("/registrations/{registration_id}:decline-offer", dependencies=[require(Permission.REGISTRATIONS_CONFIRM)])
async def decline_offer(
    registration_id: UUID, session: Session, actor: CurrentActor, terms: CurrentTerms
) -> RegistrationOut:
    """Decline an offered seat and leave the line; the next one is offered it."""
    return await _told(
        session, actor, await commands.decline_offer(session, actor, registration_id=registration_id, terms=terms)
    )
