"""Leaving a plan and moving up in its line: withdrawing, and what becomes of an offered seat."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import Told
from x_pilot_api.exams import queries
from x_pilot_api.exams.commands import admitting, deciding, guaranteeing, judging, seating, telling
from x_pilot_api.exams.errors import OfferExpired
from x_pilot_api.exams.models import ExamPlan, Registration, RegistrationState
from x_pilot_api.exams.rules import registration_life
from x_pilot_api.exams.rules.registration_life import REGISTRATION, Terms
from x_pilot_api.outbox.schemas import EventKind

LAPSED = "offer lapsed"
DECLINED = "offer declined"

_LEAVE = text("""
UPDATE registrations SET state = 'withdrawn', reason = :reason, sitting_id = NULL, offered_until = NULL,
    changed_at = :at
WHERE institution_id = :institution_id AND id = ANY(CAST(:ids AS uuid[]))
""")


async def withdraw_registration(
    session: AsyncSession, actor: Actor, *, registration_id: UUID, reason: str, terms: Terms
) -> Registration:
    """Withdraw a registration before it is locked: its place and its seat are free again, and the next one moves up."""
    plan, registration = await _lock(session, actor, registration_id)
    REGISTRATION.target_of("withdraw", state=registration.state)
    was_accepted = registration.state == RegistrationState.ACCEPTED
    await _leave(session, actor, plan, [registration], deed="withdraw_registration", reason=reason, terms=terms)
    if was_accepted:
        await admitting.tell(session, actor, plan, EventKind.REGISTRATIONS_WITHDRAWN, registrations=1)
    return await queries.get_registration(session, actor, registration_id)


async def decline_offer(session: AsyncSession, actor: Actor, *, registration_id: UUID, terms: Terms) -> Registration:
    """Decline an offered seat and leave the line; the next one is offered it."""
    plan, registration = await _lock(session, actor, registration_id)
    REGISTRATION.target_of("decline_offer", state=registration.state)
    await _leave(session, actor, plan, [registration], deed="decline_offer", reason=DECLINED, terms=terms)
    return await queries.get_registration(session, actor, registration_id)


async def take_offer(session: AsyncSession, actor: Actor, *, registration_id: UUID, terms: Terms) -> Registration:
    """Take an offered seat in time, if nothing has come in the way of it since."""
    plan, registration = await _lock(session, actor, registration_id)
    target = REGISTRATION.target_of("take_offer", state=registration.state)
    assert registration.offered_until is not None  # noqa: S101 - a CHECK says so
    if registration.offered_until <= terms.at:
        raise OfferExpired(offered_until=registration.offered_until.isoformat())
    judging.check_goes_on(plan, terms)
    wishes = await queries.wishes_of(session, [registration])
    columns = await queries.columns_of(session, actor, wishes)
    await judging.stage(session, plan=plan, columns=columns, terms=terms, takes_places=False)
    await judging.refuse_if_any(session, asked=1)
    plan.last_serial += 1
    registration.state, registration.offered_until = target, None
    registration.admission_number = f"{plan.code}-{plan.last_serial:05d}"
    registration.accepted_at = registration.changed_at = terms.at
    await session.flush()
    detail = {"sitting_id": str(registration.sitting_id)}
    await _record(session, actor, "take_offer", plan, {registration.id: Told(detail)})
    await admitting.tell(session, actor, plan, EventKind.REGISTRATIONS_ACCEPTED, registrations=1)
    return registration


async def offer_free_seats(session: AsyncSession, actor: Actor, *, plan: ExamPlan, terms: Terms) -> int:
    """Take back the offers whose time is over, and offer what is free to the next in line; tell how many moved.

    The plan is locked by the caller.
    """
    lapsed = select(Registration).where(
        Registration.institution_id == plan.institution_id,
        Registration.exam_plan_id == plan.id,
        Registration.state == RegistrationState.OFFERED,
        Registration.offered_until <= terms.at,
    )
    found = (await session.scalars(lapsed)).all()
    if found:
        return len(found) + await _leave(session, actor, plan, found, deed="lapse_offer", reason=LAPSED, terms=terms)
    await judging.lock_persons(session, plan, frees=True)
    vacated = await seating.vacate_cancelled(session, plan, terms)
    if vacated:
        await _record_vacated(session, actor, plan, len(vacated))
    moves = await seating.seat(session, actor, plan=plan, fresh=[], terms=terms)
    # Who has another seat already is told of that one alone.
    seated = {move.id for move in moves if move.seats is not None}
    lost = [each for each, had_a_seat in vacated.items() if had_a_seat and each not in seated]
    await telling.tell_of_seats(session, telling.SEAT_LOST, institution_id=plan.institution_id, registration_ids=lost)
    return len(moves)


async def _record_vacated(session: AsyncSession, actor: Actor, plan: ExamPlan, registrations: int) -> None:
    await audit.record(
        session,
        actor,
        "vacate_sittings",
        institution_id=plan.institution_id,
        object_kind="exam_plan",
        object_id=plan.id,
        detail={"registrations": registrations},
    )


async def _lock(session: AsyncSession, actor: Actor, registration_id: UUID) -> tuple[ExamPlan, Registration]:
    """Lock the plan of a registration that the actor may see, and read the registration as it then is."""
    registration = await queries.get_registration(session, actor, registration_id)
    plan = await queries.get_plan(session, actor, registration.exam_plan_id, lock=True)
    return plan, await queries.get_registration(session, actor, registration_id, lock=True)


async def _leave(
    session: AsyncSession,
    actor: Actor,
    plan: ExamPlan,
    leaving: Sequence[Registration],
    *,
    deed: str,
    reason: str,
    terms: Terms,
) -> int:
    """Let registrations go, give back what they hold, and let who waits move up; tell how many did."""
    states = {each.id: Told({"exam_plan_id": str(plan.id), "was": each.state}) for each in leaving}
    seats: dict[UUID, int] = {}
    for each in leaving:
        if each.sitting_id is not None:
            seats[each.sitting_id] = seats.get(each.sitting_id, 0) - 1
    if seats:
        await judging.lock_persons(session, plan, frees=True)
    await deciding.release_places(session, plan, leaving)
    ids = [each.id for each in leaving]
    values = {"institution_id": plan.institution_id, "ids": ids}
    await session.execute(_LEAVE, values | {"reason": reason, "at": terms.at})
    await guaranteeing.release(session, actor, plan=plan, registration_ids=ids)
    await _record(session, actor, deed, plan, states)
    if not seats:
        return 0
    await seating.take_seats(session, plan, seats)
    return len(await seating.seat(session, actor, plan=plan, fresh=[], terms=terms))


async def _record(session: AsyncSession, actor: Actor, deed: str, plan: ExamPlan, objects: dict[UUID, Told]) -> None:
    await audit.record_each(
        session,
        actor,
        deed,
        institution_id=plan.institution_id,
        object_kind=registration_life.AUDIT_KIND,
        objects=objects,
    )
