"""Deciding on confirmed registrations, many at once: a college accepts or refuses them, the organisation locks them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault, ItemCode
from x_pilot_api.exams import queries
from x_pilot_api.exams.commands import admitting, charging, judging
from x_pilot_api.exams.errors import RegistrationsRefused, RegistrationStillOpen
from x_pilot_api.exams.models import ExamPlan, Registration
from x_pilot_api.exams.rules import registrations as eligibility
from x_pilot_api.exams.rules.registration_life import REGISTRATION, Terms
from x_pilot_api.exams.schemas import RegistrationsDecidedOut, RegistrationsLockedOut, RegistrationsOut
from x_pilot_api.outbox.schemas import EventKind
from x_pilot_api.participations import commands as participations

_REFUSE = text("""
UPDATE registrations SET state = 'refused', reason = :reason, changed_at = :at
WHERE institution_id = :institution_id AND exam_plan_id = :exam_plan_id AND id = ANY(CAST(:ids AS uuid[]))
""")

_LOCK = text("""
UPDATE registrations SET state = 'locked', locked_at = :at, changed_at = :at
WHERE institution_id = :institution_id AND exam_plan_id = :exam_plan_id AND state = 'accepted'
RETURNING id
""")


async def accept_registrations(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, registration_ids: Sequence[UUID], terms: Terms
) -> RegistrationsOut:
    """Accept registrations that are confirmed, all or none, judged anew; the plan is locked by the caller."""
    judging.check_goes_on(plan, terms)
    found = await _find(session, actor, plan, registration_ids, deed="accept")
    wishes = await queries.wishes_of(session, found)
    columns = await queries.columns_of(session, actor, wishes)
    await judging.stage(session, plan=plan, columns=columns, terms=terms)
    await judging.refuse_if_any(session, asked=len(wishes), list_name="registration_ids")
    return await admitting.admit_staged(session, actor, plan=plan, terms=terms, deed="accept_registrations")


async def refuse_registrations(
    session: AsyncSession,
    actor: Actor,
    *,
    plan: ExamPlan,
    registration_ids: Sequence[UUID],
    reason: str,
    terms: Terms,
) -> RegistrationsDecidedOut:
    """Refuse registrations that hold no seat yet, with a reason, in one statement."""
    found = await _find(session, actor, plan, registration_ids, deed="refuse")
    await release_places(session, plan, found)
    values = {"institution_id": plan.institution_id, "exam_plan_id": plan.id, "ids": list(registration_ids)}
    await session.execute(_REFUSE, values | {"reason": reason, "at": terms.at})
    await _record(session, actor, "refuse_registrations", plan, len(found))
    return RegistrationsDecidedOut(exam_plan_id=plan.id, changed=len(found))


async def lock_registrations(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, terms: Terms
) -> RegistrationsLockedOut:
    """Lock a plan's accepted registrations in one statement, and charge them; its candidates then stay as they are."""
    judging.check_goes_on(plan, terms)
    if terms.today <= plan.registration_closes_on:
        raise RegistrationStillOpen(closes_on=plan.registration_closes_on.isoformat())
    values = {"institution_id": plan.institution_id, "exam_plan_id": plan.id, "at": terms.at}
    locked = len((await session.scalars(_LOCK, values)).all())
    await _record(session, actor, "lock_registrations", plan, locked)
    await admitting.tell(session, actor, plan, EventKind.REGISTRATIONS_LOCKED, registrations=locked)
    charged = await charging.charge_locked(session, actor, plan=plan)
    return RegistrationsLockedOut(exam_plan_id=plan.id, changed=locked, charged=charged)


async def release_places(session: AsyncSession, plan: ExamPlan, registrations: Sequence[Registration]) -> None:
    """Give back the places of quotas that registrations hold; what was never accepted holds none."""
    places: dict[UUID, int] = {}
    for registration in registrations:
        if registration.participation_id is not None:
            places[registration.participation_id] = places.get(registration.participation_id, 0) + 1
    if places:
        await participations.release_places(session, institution_id=plan.institution_id, places=places)


async def _find(
    session: AsyncSession, actor: Actor, plan: ExamPlan, ids: Sequence[UUID], *, deed: str
) -> list[Registration]:
    """Find the plan's registrations in the order they are named; refuse them all if one is not in a fitting state."""
    by_id = {each.id: each for each in await queries.find_registrations(session, actor, plan, ids)}
    sources = REGISTRATION.deeds[deed].sources
    faults: list[Fault] = []
    for place, registration_id in enumerate(ids):
        each = by_id.get(registration_id)
        if each is None:
            faults.append(_fault(place, eligibility.REGISTRATION_UNKNOWN))
        elif each.state not in sources:
            faults.append(_fault(place, eligibility.NOT_IN_STATE, state=each.state))
    if faults:
        raise RegistrationsRefused(asked=len(ids), refused=len(faults), faults=faults)
    return [by_id[each] for each in ids]


def _fault(place: int, code: ItemCode, **figures: str) -> Fault:
    detail = code.detail.said_in(languages.spoken()).format_map(figures)
    return {"pointer": f"/registration_ids/{place}", "row": place + 1, "code": code.code, "detail": detail}


async def _record(session: AsyncSession, actor: Actor, deed: str, plan: ExamPlan, registrations: int) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=plan.institution_id,
        object_kind="exam_plan",
        object_id=plan.id,
        detail={"registrations": registrations},
    )
