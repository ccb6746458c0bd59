"""Reading guaranteed attempts."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges.models import Guarantee, GuaranteeEvent, GuaranteeState
from x_pilot_api.charges.schemas import GuaranteeEventOut, GuaranteeOut
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.registry import queries as registry

_EVENTS_SHOWN = 50


async def find_guarantee(session: AsyncSession, *, institution_id: UUID, student_id: UUID) -> GuaranteeOut | None:
    """Read a student's guaranteed attempt with what became of it, the latest first; nothing where none was granted."""
    guarantee = await session.scalar(
        select(Guarantee).where(Guarantee.institution_id == institution_id, Guarantee.student_id == student_id)
    )
    if guarantee is None:
        return None
    events = await session.scalars(
        select(GuaranteeEvent)
        .where(GuaranteeEvent.institution_id == institution_id, GuaranteeEvent.guarantee_id == guarantee.id)
        .order_by(GuaranteeEvent.number.desc())
        .limit(_EVENTS_SHOWN)
    )
    told = [GuaranteeEventOut.model_validate(event, from_attributes=True) for event in events.all()]
    return GuaranteeOut(
        id=guarantee.id,
        student_id=guarantee.student_id,
        state=GuaranteeState(guarantee.state),
        registration_id=guarantee.registration_id,
        absences=guarantee.absences,
        granted_at=guarantee.granted_at,
        events=told,
    )


async def find_state(session: AsyncSession, *, institution_id: UUID, student_id: UUID) -> GuaranteeState | None:
    """Tell where a student's guaranteed attempt stands, if they have one."""
    state = await session.scalar(
        select(Guarantee.state).where(Guarantee.institution_id == institution_id, Guarantee.student_id == student_id)
    )
    return GuaranteeState(state) if state else None


async def get_guarantee(session: AsyncSession, actor: Actor, student_id: UUID) -> GuaranteeOut:
    """Read the guaranteed attempt of a student the actor may see."""
    student = await registry.get_student(session, actor, student_id)
    found = await find_guarantee(session, institution_id=student.institution_id, student_id=student.id)
    if found is None:
        raise NotFound(what="guaranteed attempt", zh="保障性考核机会")
    return found
