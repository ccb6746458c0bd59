"""Undoing charges of what is not held, and moving them off a student whose guaranteed attempt has come back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import BigInteger, Column, Table, Text, Uuid, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges.commands import booking, raising
from x_pilot_api.charges.models import RefundCause
from x_pilot_api.charges.rules import cancelling as rules
from x_pilot_api.core import audit, clock, db, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.ledger import commands as ledger

STAGED: Table = staging.staging_table(
    "staged_cancellations",
    Column("charge_id", Uuid),
    Column("registration_id", Uuid),
    Column("entry_id", Uuid),
    Column("payer", Text),
    Column("paid_fen", BigInteger),
    Column("due_fen", BigInteger),
    Column("refund_id", Uuid),
    Column("refund_entry_id", Uuid),
    Column("set_off_entry_id", Uuid),
)

_SUMS = text("SELECT count(*) AS charges, coalesce(sum(due_fen), 0) AS due_fen FROM staged_cancellations")

_NAMED = "charge.registration_id IN (SELECT registration_id FROM ({wishes}) AS wish)"


@dataclass(frozen=True)
class Cancel:
    """Whose charges are undone and why: a query of registrations (or students), and what the deed is about."""

    wishes: str
    cause: RefundCause
    reason: str
    object_kind: str
    object_id: UUID
    values: Mapping[str, object] = field(default_factory=dict[str, object])


async def cancel_charges(session: AsyncSession, actor: Actor, *, institution_id: UUID, of: Cancel) -> int:
    """Undo the charges of registrations and give back exactly what was paid; tell how many."""
    return await _cancel(session, actor, institution_id=institution_id, of=of, which=_NAMED)


async def reassign_charges(session: AsyncSession, actor: Actor, *, institution_id: UUID, of: Cancel) -> int:
    """Let the institution pay what students were charged whose attempt has come back; `wishes` names them."""
    moved = await _cancel(session, actor, institution_id=institution_id, of=of, which=rules.TO_REASSIGN)
    if moved:
        await staging.empty(session, raising.STAGED)
        await session.execute(text(rules.STAGE_AGAIN), {"institution_id": institution_id})
        again = raising.Raise("", {}, of.object_kind, of.object_id)
        await raising.write_staged(session, actor, institution_id=institution_id, of=again, deed="reassign_charges")
    return moved


async def _cancel(session: AsyncSession, actor: Actor, *, institution_id: UUID, of: Cancel, which: str) -> int:
    await staging.empty(session, STAGED)
    values = {**of.values, "institution_id": institution_id}
    found = which.format(wishes=of.wishes)
    await session.execute(text(rules.STAGE.format(of=found)), values)
    sums = (await session.execute(_SUMS)).one()
    if not sums.charges:
        return 0
    await _book(session, actor, institution_id=institution_id, cause=of.object_id)
    bound = {"institution_id": institution_id}
    why = {"cause": of.cause, "reason": of.reason, "actor_id": actor.id}
    await session.execute(text(rules.REFUNDS), bound | why)
    await db.write(session, text(rules.CANCEL), bound | {"now": clock.now()})
    await audit.record(
        session,
        actor,
        "cancel_charges",
        institution_id=institution_id,
        object_kind=of.object_kind,
        object_id=of.object_id,
        detail={"charges": sums.charges, "refunded_fen": int(sums.due_fen), "cause": of.cause},
    )
    return int(sums.charges)


async def _book(session: AsyncSession, actor: Actor, *, institution_id: UUID, cause: UUID) -> None:
    accounts = await booking.find_accounts(session, actor, institution_id=institution_id)
    values: dict[str, object] = {"institution_id": institution_id}
    await ledger.begin_staging(session)
    await ledger.stage_reversals(session, wishes=rules.ENTRIES, values=values)
    await ledger.stage_reversals(session, wishes=rules.RELIEF_ENTRIES, values=values)
    named = {"kinds": list(accounts), "account_ids": list(accounts.values())}
    await session.execute(text(rules.MONEY), named)
    await ledger.post_staged(session, actor, institution_id=institution_id, cause=cause)
