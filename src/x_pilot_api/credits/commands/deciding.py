"""Deciding conversions: each step of the chain by its own role, a list in one statement; the last step grants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.row_security import act_for
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.commands import conversion_staging, conversion_telling, unwinding
from x_pilot_api.credits.models import ConversionState
from x_pilot_api.credits.schemas import ConversionsDecidedOut
from x_pilot_api.ledger import commands as ledger
from x_pilot_api.registry import commands as register
from x_pilot_api.registry import queries as registry
from x_pilot_api.tallies import commands as tallies

_COUNTS = text(rules.COUNTS)
_GRANTED = "fact.id IN (SELECT conversion_id FROM staged_conversions WHERE is_grant)"


@dataclass(frozen=True)
class Document:
    """The credit bank's answer as the office records it."""

    number: str | None = None
    answered_on: date | None = None


async def decide_conversions(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    deed: str,
    conversion_ids: Sequence[UUID],
    today: date,
    document: Document | None = None,
) -> ConversionsDecidedOut:
    """Take conversions one step on; those whose chain ends here are granted by the facts of today."""
    step = rules.STEP_OF[deed]
    ids = list(dict.fromkeys(conversion_ids))
    await act_for(session, actor, institution_id=institution_id)
    own = await queries.list_decidable(session, actor, institution_id=institution_id, step=step, ids=ids)
    values: dict[str, Any] = {"institution_id": institution_id, "conversion_ids": ids}
    if await session.scalar(text(rules.ENTERS_GRADES), values | {"step": step}):
        # Whoever writes the register takes it before the persons in it, so that nobody waits in a ring.
        await register.lock_register(session, institution_id=institution_id)
    await _lock(session, values)
    await session.execute(text(rules.DECIDED), values | {"own_ids": own, "step": step, "actor_id": actor.id})
    await _judge(session, institution_id=institution_id, asked=len(ids), today=today)
    target = rules.CONVERSIONS.deeds[deed].target
    moved = {"institution_id": institution_id, "state": target, "today": today}
    await session.execute(text(rules.MOVE_CONVERSIONS), moved)
    counts = (await session.execute(_COUNTS)).one()
    if counts.granted:
        await tallies.add(session, rules.CONVERSIONS_GRANTED, institution_id=institution_id, rows=_GRANTED)
        await _grant(session, actor, institution_id=institution_id, today=today)
    document = document or Document()
    await conversion_telling.tell(
        session,
        actor,
        deed,
        institution_id=institution_id,
        document_number=document.number,
        answered_on=document.answered_on,
    )
    return ConversionsDecidedOut(decided=counts.decided, granted=counts.granted, credit_used=counts.credit)


async def _lock(session: AsyncSession, values: dict[str, Any]) -> None:
    """Lock the persons, as whoever corrects their results does, and then the conversions themselves."""
    await registry.lock_persons(session, documents=rules.PERSONS_OF_CONVERSIONS, values=values)
    await session.execute(text(rules.LOCK_CONVERSIONS), values)
    await conversion_staging.empty(session)


async def _judge(session: AsyncSession, *, institution_id: UUID, asked: int, today: date) -> None:
    values = {"institution_id": institution_id}
    await session.execute(text(rules.GRANTED_LINES), values)
    await conversion_staging.weigh(session, asked=asked)
    await session.execute(text(rules.RECHECK), values)
    await session.execute(text(rules.RECHECK_GRADES), values)
    await session.execute(text(rules.limits_on_uses(when_granted=True)), values | {"today": today})
    await session.execute(text(rules.guard()), values | {"today": today})
    await session.execute(text(rules.OUTCOMES_GUARD), values)
    await conversion_staging.refuse_all_if_any(session, asked=asked, pointer="conversion_ids")


async def _grant(session: AsyncSession, actor: Actor, *, institution_id: UUID, today: date) -> None:
    """Use the credits that were held, enter the grades, and exempt from what is offset."""
    cause, values = uuid4(), {"institution_id": institution_id}
    await ledger.begin_staging(session)
    await ledger.stage_postings(session, wishes=rules.USE_POSTINGS, values=values)
    await ledger.post_staged(session, actor, institution_id=institution_id, cause=cause)
    await register.enter_converted_grades(
        session, actor, institution_id=institution_id, wishes=rules.GRADES_TO_ENTER, today=today, cause=cause
    )
    await session.execute(text(rules.NAME_GRADES), values)
    await session.execute(text(rules.EXEMPT), values | {"today": today})


async def refuse_conversions(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, conversion_ids: Sequence[UUID], reason: str
) -> ConversionsDecidedOut:
    """Refuse conversions that wait for the actor's word, and release what they hold."""
    steps = sorted(step for deed, step in rules.STEP_OF.items() if actor.may(rules.CONVERSIONS.deeds[deed].permission))
    ids = list(dict.fromkeys(conversion_ids))
    await act_for(session, actor, institution_id=institution_id)
    own: set[UUID] = set()
    for step in steps:
        own |= set(
            await queries.list_decidable(
                session, actor, institution_id=institution_id, step=step, ids=ids, when_due=True
            )
        )
    return await _end(
        session, actor, institution_id=institution_id, ids=ids, own=own, deed="refuse", steps=steps, reason=reason
    )


async def withdraw_conversions(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, conversion_ids: Sequence[UUID], reason: str
) -> ConversionsDecidedOut:
    """Withdraw one's own conversions before they are granted."""
    ids = list(dict.fromkeys(conversion_ids))
    own = await queries.list_own(session, actor, institution_id=institution_id, ids=ids)
    return await _end(
        session,
        actor,
        institution_id=institution_id,
        ids=ids,
        own=set(own),
        deed="withdraw",
        steps=list(rules.FULL_CHAIN),
        reason=reason,
    )


async def _end(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    ids: list[UUID],
    own: set[UUID],
    deed: str,
    steps: Sequence[str],
    reason: str,
) -> ConversionsDecidedOut:
    values: dict[str, Any] = {"institution_id": institution_id, "conversion_ids": ids}
    await _lock(session, values)
    asked = {"own_ids": sorted(own), "steps": list(steps), "step": ", ".join(steps)}
    await session.execute(text(rules.TURNED_DOWN), values | asked)
    await conversion_staging.refuse_all_if_any(session, asked=len(ids), pointer="conversion_ids")
    state = ConversionState(rules.CONVERSIONS.deeds[deed].target)
    await unwinding.end_staged(
        session, actor, institution_id=institution_id, state=state, at=clock.now(), reason=reason
    )
    await conversion_telling.tell(session, actor, deed, institution_id=institution_id, reason=reason)
    return ConversionsDecidedOut(decided=len(ids), granted=0, credit_used=0)
