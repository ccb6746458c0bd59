"""Suspending a certificate and letting it stand again; revoking one is a correction, and its case does it."""

from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import queries, rules
from x_pilot_api.awards.commands import telling
from x_pilot_api.awards.models import Award, AwardChange
from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor


async def suspend_award(session: AsyncSession, actor: Actor, *, award_id: UUID, reason: str) -> Award:
    """Let a certificate not stand for now; its credits stay as they are until it is decided."""
    return await _move(session, actor, "suspend", award_id=award_id, reason=reason)


async def reinstate_award(session: AsyncSession, actor: Actor, *, award_id: UUID, reason: str) -> Award:
    """Let a suspended certificate stand again."""
    return await _move(session, actor, "reinstate", award_id=award_id, reason=reason)


async def _move(session: AsyncSession, actor: Actor, deed: str, *, award_id: UUID, reason: str) -> Award:
    award = await queries.get_award(session, actor, award_id, lock=True)
    before = award.state
    award.state = rules.AWARD_WORKFLOW.target_of(deed, state=before)
    await session.flush()
    await session.execute(
        insert(AwardChange).values(
            institution_id=award.institution_id,
            award_id=award.id,
            state=award.state,
            reason=reason,
            changed_at=clock.now(),
            actor_id=actor.id,
        )
    )
    await audit.record(
        session,
        actor,
        f"{deed}_award",
        institution_id=award.institution_id,
        object_kind="award",
        object_id=award.id,
        before={"state": before},
        after={"state": award.state},
    )
    kind = _TOLD[deed]
    await telling.tell_holder(session, kind, institution_id=award.institution_id, award_id=award.id)
    return award


_TOLD = {"suspend": telling.AWARD_SUSPENDED, "reinstate": telling.AWARD_REINSTATED}
