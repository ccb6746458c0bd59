"""Letting credits run out by policy: students told beforehand, unspent credits taken, and given back to a loss."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Table, Uuid, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, db, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import rules
from x_pilot_api.credits.commands import outcome_telling
from x_pilot_api.ledger import commands as ledger
from x_pilot_api.ledger.models import Unit
from x_pilot_api.registry import queries as registry

EXPIRED = "expired"
"""The institution's account that credits go to when their time is over."""

_TABLES = {"learning_outcome_id": "learning_outcomes", "submitted_outcome_id": "submitted_outcomes"}

STAGED: Table = staging.staging_table(
    "staged_expiries",
    Column("expiry_id", Uuid),
    Column("entry_id", Uuid),
    Column("notice_id", Uuid),
    Column("learning_outcome_id", Uuid),
    Column("submitted_outcome_id", Uuid),
    Column("student_id", Uuid),
    Column("ledger_account_id", Uuid),
    Column("credit", BigInteger),
)


@dataclass(frozen=True)
class RunOut:
    """What one night did: outcomes whose owner was told, outcomes of which credits ran out, and how many hundredths."""

    told: int
    expired: int
    credit: int


async def expire_credits(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, today: date, timezone: str, cause: UUID
) -> RunOut:
    """Tell whose credits run out soon, and let those go whose day has come; what was missed is caught up on.

    Asking again the same day finds nothing. The persons are locked as conversions and corrections lock them, so what
    is held or used by then is not taken.
    """
    values: dict[str, Any] = {"institution_id": institution_id, "today": today, "timezone": timezone}
    await registry.lock_persons(session, documents=rules.PERSONS_OF_EXPIRING, values=values)
    told = await db.write(session, text(rules.NOTICES), values)
    await outcome_telling.tell_of_expiry_to_come(session, institution_id=institution_id, today=today)
    await staging.empty(session, STAGED)
    await session.execute(text(rules.STAGE_EXPIRING), values)
    found = (await session.execute(text(rules.EXPIRIES_TOTAL))).one()
    if found.outcomes:
        await _take(session, actor, institution_id=institution_id, today=today, cause=cause)
    if told or found.outcomes:
        await audit.record(
            session,
            actor,
            "expire_credits",
            institution_id=institution_id,
            object_kind="expired_credits",
            object_id=cause,
            detail={"told": told, "outcomes": found.outcomes, "credit_hundredths": found.credit},
        )
    return RunOut(told=told, expired=found.outcomes, credit=found.credit)


async def _take(session: AsyncSession, actor: Actor, *, institution_id: UUID, today: date, cause: UUID) -> None:
    values = {"institution_id": institution_id}
    expired_id = await ledger.ensure_institution_account(
        session, actor, institution_id=institution_id, unit=Unit.CREDIT, kind=EXPIRED
    )
    await ledger.begin_staging(session)
    await session.execute(text(rules.EXPIRY_TRANSFERS), {"expired_account_id": expired_id})
    await ledger.post_staged(session, actor, institution_id=institution_id, cause=cause)
    await session.execute(text(rules.STORE_EXPIRED), values | {"today": today})
    for counting in rules.COUNT_EXPIRED:
        await session.execute(text(counting), values)
    await outcome_telling.tell_of_expiry(session, institution_id=institution_id)


async def restore_expired(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    wishes: str,
    of: str,
    cause: UUID,
    values: Mapping[str, object] = MappingProxyType({}),
) -> int:
    """Give back what ran out of outcomes that are lost, before their deposits are reversed; tell how many entries.

    `wishes` is a query of the outcomes' ids, `of` the column of a notice they stand in. The persons are locked by
    whoever asks.
    """
    bound = {**values, "institution_id": institution_id}
    await ledger.begin_staging(session)
    await ledger.stage_reversals(session, wishes=rules.restorations(wishes, column=of), values=bound)
    restored = await ledger.post_staged(session, actor, institution_id=institution_id, cause=cause)
    if restored:
        await session.execute(text(rules.count_restored(wishes, table=_TABLES[of])), bound)
    return restored
