"""Ending conversions, and what becomes of those whose credits or grades are lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.commands import conversion_staging, conversion_telling
from x_pilot_api.credits.models import ConversionState
from x_pilot_api.credits.schemas import ConversionsSettledOut
from x_pilot_api.ledger import commands as ledger
from x_pilot_api.ledger.models import Unit
from x_pilot_api.registry import commands as register
from x_pilot_api.registry import queries as registry
from x_pilot_api.tallies import commands as tallies

UNBACKED = "unbacked"
"""The institution's account that lends what stands behind a granted conversion no more, until it is settled."""

_ENDING = "fact.id IN (SELECT conversion_id FROM staged_conversions WHERE became <> 'flagged')"
_ENDED = (ConversionState.LAPSED, ConversionState.UNWOUND)


@dataclass(frozen=True)
class Affected:
    """One conversion that a loss reached, and what it became: `lapsed`, `unwound`, or `flagged` for somebody to see."""

    conversion_id: UUID
    student_id: UUID
    became: str


async def unwind_conversions(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    wishes: str,
    cause: UUID,
    reason: str,
    values: Mapping[str, object] | None = None,
) -> list[Affected]:
    """Let conversions follow the loss of what they rest on, before the credits themselves are reversed.

    `wishes` is a query of the ids of outcomes whose credits go; `values` binds its parameters beside the institution's.
    What was not granted yet lapses and releases what it holds; what was is flagged and stays, its credits lent by the
    institution, or is unwound with the grade it entered, as the chain in force says. What relies on such a grade goes
    the same way. Asking again finds nothing. The persons are locked by whoever asks.
    """
    chain = await queries.find_chain(session, institution_id=institution_id, on=db.today_of(session))
    await conversion_staging.empty(session)
    bound = {**(values or {}), "institution_id": institution_id, "on_loss": chain.on_loss}
    await session.execute(text(rules.lost_conversions(wishes)), bound)
    affected = [
        Affected(row.conversion_id, row.student_id, row.became)
        for row in (await session.execute(text(rules.AFFECTED))).all()
    ]
    if not affected:
        return []
    await _follow(session, actor, institution_id=institution_id, cause=cause, reason=reason)
    await conversion_telling.tell(session, actor, "lose", institution_id=institution_id, reason=reason)
    return affected


async def end_staged(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, state: ConversionState, at: datetime, reason: str
) -> None:
    """End every conversion that is staged in one way."""
    await session.execute(text(rules.BECOME), {"became": state})
    if state is ConversionState.UNWOUND:
        await session.execute(text(rules.RELYING), {"institution_id": institution_id})
    await _follow(session, actor, institution_id=institution_id, cause=uuid4(), reason=reason, at=at)


async def _follow(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, cause: UUID, reason: str, at: datetime | None = None
) -> None:
    """Write what staged conversions became: states, credits, grades and exemptions."""
    values: dict[str, Any] = {"institution_id": institution_id}
    now = {"now": at or clock.now()}
    await _move_credits(session, actor, institution_id=institution_id, cause=cause)
    await session.execute(text(rules.GIVE_BACK), values)
    await session.execute(text(rules.FLAG), values | now | {"reason": reason})
    # What ends counts no more; what never was granted counted before as little.
    await tallies.take_away(session, rules.CONVERSIONS_GRANTED, institution_id=institution_id, rows=_ENDING)
    for state in (ConversionState.REFUSED, ConversionState.WITHDRAWN, *_ENDED):
        await session.execute(text(rules.END), values | now | {"state": state, "reason": reason})
    await register.void_converted_grades(
        session, actor, institution_id=institution_id, wishes=rules.VOIDED_GRADES, cause=cause
    )
    await session.execute(text(rules.END_OFFSETS), values | now)


async def _move_credits(session: AsyncSession, actor: Actor, *, institution_id: UUID, cause: UUID) -> None:
    """Release what was held, take back what was used, lend what a flagged conversion lost."""
    values = {"institution_id": institution_id}
    await ledger.begin_staging(session)
    await ledger.stage_reversals(session, wishes=rules.RELEASES, values=values)
    # After what comes back to the account, since the account has nothing else to give it from.
    await ledger.stage_reversals(session, wishes=rules.UNCOVERS, values=values)
    unbacked_id = await ledger.ensure_institution_account(
        session, actor, institution_id=institution_id, unit=Unit.CREDIT, kind=UNBACKED
    )
    await session.execute(text(rules.COVERS), values | {"unbacked_account_id": unbacked_id})
    await ledger.post_staged(session, actor, institution_id=institution_id, cause=cause)


async def settle_conversions(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    conversion_ids: Sequence[UUID],
    deed: str,
    reason: str,
    document_number: str,
) -> ConversionsSettledOut:
    """Settle conversions that a loss flagged: keep them by a document, or unwind them."""
    ids = list(dict.fromkeys(conversion_ids))
    own = await queries.list_flagged(session, actor, institution_id=institution_id, ids=ids)
    values: dict[str, Any] = {"institution_id": institution_id, "conversion_ids": ids}
    await register.lock_register(session, institution_id=institution_id)
    await registry.lock_persons(session, documents=rules.PERSONS_OF_CONVERSIONS, values=values)
    await session.execute(text(rules.LOCK_CONVERSIONS), values)
    await conversion_staging.empty(session)
    await session.execute(text(rules.SETTLED), values | {"own_ids": own, "step": deed})
    await conversion_staging.refuse_all_if_any(session, asked=len(ids), pointer="conversion_ids")
    if deed == "keep":
        await session.execute(text(rules.KEEP), {"institution_id": institution_id})
    else:
        await end_staged(
            session,
            actor,
            institution_id=institution_id,
            state=ConversionState.UNWOUND,
            at=clock.now(),
            reason=reason,
        )
    await conversion_telling.tell(
        session, actor, deed, institution_id=institution_id, document_number=document_number, reason=reason
    )
    return ConversionsSettledOut(settled=len(ids))
