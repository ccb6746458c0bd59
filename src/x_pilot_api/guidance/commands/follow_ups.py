"""The deeds on what follows from a consultation: agreed, done by its owner, checked by another."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes
from x_pilot_api.core.actors import Actor
from x_pilot_api.guidance.commands import telling
from x_pilot_api.guidance.errors import OwnerUnfit
from x_pilot_api.guidance.models import Consultation, FollowUp
from x_pilot_api.guidance.queries import consultations as queries
from x_pilot_api.guidance.queries import reach, staff
from x_pilot_api.guidance.rules import consultations as rules
from x_pilot_api.guidance.rules.problems import check_due
from x_pilot_api.guidance.schemas.consultations import FollowUpAssignmentIn, FollowUpIn, FollowUpReopeningIn


async def set_follow_up(session: AsyncSession, actor: Actor, *, wish: FollowUpIn, today: date) -> FollowUp:
    """Write down what is to be done after a consultation, by whom and until when; they are told."""
    consultation = await reach.lock_own(session, actor, Consultation, wish.consultation_id)
    check_due(wish.due_on, today=today)
    await _check_owner(session, consultation, wish.owner_id)
    follow_up = FollowUp(
        **wish.model_dump(),
        institution_id=consultation.institution_id,
        state=rules.FOLLOW_UP.initial,
        set_by=actor.id,
    )
    session.add(follow_up)
    await session.flush()
    await _record(session, actor, "set_follow_up", follow_up, before=None)
    await telling.tell_of_follow_up(session, telling.FOLLOW_UP_GIVEN, follow_up, follow_up.owner_id)
    return follow_up


async def reassign_follow_up(
    session: AsyncSession, actor: Actor, *, follow_up_id: UUID, wish: FollowUpAssignmentIn, today: date
) -> FollowUp:
    """Give what is to be done to another, or another day."""
    follow_up, consultation, target = await _begin(session, actor, "reassign", follow_up_id)
    check_due(wish.due_on, today=today)
    await _check_owner(session, consultation, wish.owner_id)
    before = _standing(follow_up)
    follow_up.state, follow_up.owner_id, follow_up.due_on = target, wish.owner_id, wish.due_on
    await session.flush()
    await _record(session, actor, "reassign_follow_up", follow_up, before=before)
    await telling.tell_of_follow_up(session, telling.FOLLOW_UP_GIVEN, follow_up, follow_up.owner_id)
    return follow_up


async def finish_follow_up(session: AsyncSession, actor: Actor, *, follow_up_id: UUID, result: str) -> FollowUp:
    """Say what came of something one was to do; whoever set it is asked to check."""
    follow_up, _, target = await _begin(session, actor, "finish", follow_up_id)
    before = _standing(follow_up)
    follow_up.state, follow_up.result = target, result
    await session.flush()
    await _record(session, actor, "finish_follow_up", follow_up, before=before)
    await telling.tell_of_follow_up(session, telling.FOLLOW_UP_DONE, follow_up, follow_up.set_by)
    return follow_up


async def check_follow_up(session: AsyncSession, actor: Actor, *, follow_up_id: UUID, comment: str | None) -> FollowUp:
    """Say that something was done as agreed, by another than who did it."""
    follow_up, _, target = await _begin(session, actor, "check", follow_up_id)
    before = _standing(follow_up)
    follow_up.state, follow_up.comment, follow_up.checked_by = target, comment, actor.id
    await session.flush()
    await _record(session, actor, "check_follow_up", follow_up, before=before)
    return follow_up


async def reopen_follow_up(
    session: AsyncSession, actor: Actor, *, follow_up_id: UUID, wish: FollowUpReopeningIn, today: date
) -> FollowUp:
    """Say what is still missing, and until when it is to be there; the owner is told."""
    follow_up, _, target = await _begin(session, actor, "reopen", follow_up_id)
    check_due(wish.due_on, today=today)
    before = _standing(follow_up)
    follow_up.state, follow_up.comment, follow_up.due_on = target, wish.comment, wish.due_on
    await session.flush()
    await _record(session, actor, "reopen_follow_up", follow_up, before=before)
    await telling.tell_of_follow_up(session, telling.FOLLOW_UP_GIVEN, follow_up, follow_up.owner_id)
    return follow_up


async def _begin(
    session: AsyncSession, actor: Actor, deed: str, follow_up_id: UUID
) -> tuple[FollowUp, Consultation, str]:
    """Lock what is to be done, and refuse a deed that is out of turn or another's."""
    follow_up = await queries.get_follow_up(session, actor, follow_up_id, lock=True)
    consultation = await reach.get_row(session, actor, Consultation, follow_up.consultation_id)
    target = rules.FOLLOW_UP.target_of(deed, state=follow_up.state)
    rules.check_theirs(actor, deed, follow_up, consultation)
    return follow_up, consultation, target


async def _check_owner(session: AsyncSession, consultation: Consultation, owner_id: UUID) -> None:
    if not await staff.can_own(
        session,
        institution_id=consultation.institution_id,
        person_id=owner_id,
        college_id=consultation.college_id,
        with_teachers=False,
    ):
        raise OwnerUnfit(person_id=str(owner_id))


def _standing(follow_up: FollowUp) -> audit.State:
    return changes.fields_of(follow_up, "state", "owner_id", "due_on", "checked_by")


async def _record(
    session: AsyncSession, actor: Actor, deed: str, follow_up: FollowUp, *, before: audit.State | None
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=follow_up.institution_id,
        object_kind=rules.FOLLOW_UP_KIND,
        object_id=follow_up.id,
        detail={"consultation_id": str(follow_up.consultation_id)},
        before=before,
        after=_standing(follow_up),
    )
