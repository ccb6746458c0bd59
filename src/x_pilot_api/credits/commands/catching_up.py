"""Catching up on rules that were published late: confirmed by who has seen the preview, posted by a job as one."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, jobs
from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.commands import recognition
from x_pilot_api.credits.commands.recognition import Moved
from x_pilot_api.credits.errors import CatchUpChanged
from x_pilot_api.credits.schemas import CatchUpAskedOut, CatchUpConfirmIn, CatchUpIn, CatchUpOut
from x_pilot_api.registry import queries as registry


async def confirm_catch_up(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wish: CatchUpConfirmIn
) -> CatchUpAskedOut:
    """Ask for what was previewed to be posted; refused when it is no longer what would be posted."""
    found = await _unchanged(session, institution_id=institution_id, wish=wish)
    job_id = await jobs.enqueue(
        session,
        "catch_up_credits",
        arguments={"institution_id": str(institution_id), "wish": wish.model_dump(mode="json")},
        institution_id=institution_id,
        requested_by=actor,
    )
    await audit.record(
        session,
        actor,
        "confirm_catch_up",
        institution_id=institution_id,
        object_kind="learning_outcomes",
        object_id=job_id,
        detail={"certificates": found.certificates, "credit": found.credit, "digest": wish.digest},
    )
    return CatchUpAskedOut(job_id=job_id, certificates=found.certificates, credit=found.credit)


async def catch_up(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wish: CatchUpConfirmIn, cause: UUID
) -> Moved:
    """Post what was confirmed, all of it in one; what was posted is caught up on no more."""
    values = queries.values_of(institution_id, wish)
    await registry.lock_persons(session, documents=rules.PERSONS_WAITING, values=values)
    await _unchanged(session, institution_id=institution_id, wish=wish)
    return await recognition.recognise_awards(
        session,
        actor,
        institution_id=institution_id,
        wishes=rules.CATCHING_UP,
        cause=cause,
        figures={name: value for name, value in values.items() if name in CatchUpIn.model_fields},
    )


async def _unchanged(session: AsyncSession, *, institution_id: UUID, wish: CatchUpConfirmIn) -> CatchUpOut:
    found = await queries.preview_catch_up(session, institution_id=institution_id, wish=wish)
    if found.digest != wish.digest:
        raise CatchUpChanged(certificates=found.certificates, digest=found.digest)
    return found
