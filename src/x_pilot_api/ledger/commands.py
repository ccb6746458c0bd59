"""Writing in the book: transfers are staged, and then posted together, many as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, SmallInteger, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, db, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.ledger import rules
from x_pilot_api.ledger.errors import BalanceTooLow, TransferResolved
from x_pilot_api.ledger.models import LedgerAccount, Unit

STAGED: Table = staging.staging_table(
    "staged_transfers",
    Column("transfer_id", Uuid),
    Column("entry_id", Uuid),
    Column("kind", Text),
    Column("source_kind", Text),
    Column("source_id", Uuid),
    Column("occasion", SmallInteger),
    Column("reverses_id", Uuid),
    Column("phase", Text),
    Column("unit", Text),
    Column("debit_account_id", Uuid),
    Column("credit_account_id", Uuid),
    Column("amount", BigInteger),
    Column("resolves_id", Uuid),
    Column("times_out_at", DateTime(timezone=True)),
)

_LOCK = text("""
SELECT count(*) FILTER (WHERE is_debit) AS debited,
    EXISTS (SELECT FROM staged_transfers WHERE resolves_id IS NOT NULL) AS resolves,
    EXISTS (SELECT FROM staged_transfers WHERE times_out_at IS NOT NULL) AS times_out
FROM (
    SELECT balance.account_id, EXISTS (
        SELECT FROM staged_transfers AS staged WHERE staged.debit_account_id = balance.account_id) AS is_debit
    FROM ledger_balances AS balance
    WHERE balance.institution_id = :institution_id AND balance.account_id IN (
        SELECT debit_account_id FROM staged_transfers UNION SELECT credit_account_id FROM staged_transfers)
    ORDER BY balance.account_id FOR NO KEY UPDATE) AS locked
""")

_LEGS = f"""
legs AS MATERIALIZED (
    SELECT side.transfer_id, side.side, side.account_id, side.amount,
        effect.posted, effect.pending_in, effect.held_out
    FROM (
        SELECT transfer_id, 'debit' AS side, debit_account_id AS account_id, phase, amount FROM staged_transfers
        UNION ALL
        SELECT transfer_id, 'credit', credit_account_id, phase, amount FROM staged_transfers
    ) AS side JOIN {rules.effects_table()} USING (side, phase)
), numbered AS MATERIALIZED (
    SELECT legs.transfer_id, legs.side, legs.account_id,
        balance.seq + row_number() OVER by_account AS seq,
        balance.posted - balance.held_out
            + sum(legs.amount * (legs.posted - legs.held_out)) OVER by_account AS available
    FROM legs JOIN ledger_balances AS balance
        ON balance.institution_id = :institution_id AND balance.account_id = legs.account_id
    WINDOW by_account AS (PARTITION BY legs.account_id ORDER BY legs.transfer_id ROWS UNBOUNDED PRECEDING)
)
"""

_SHORTFALL = text(f"WITH {_LEGS} SELECT account_id, -available AS missing FROM numbered ORDER BY available LIMIT 1")

# Asked in a statement of its own: it sees what was committed while this one waited for the accounts.
_RESOLVED = text("""
SELECT ended.resolves_id, ended.phase, ended.recorded_at
FROM transfers AS ended JOIN staged_transfers AS staged ON staged.resolves_id = ended.resolves_id
WHERE ended.institution_id = :institution_id ORDER BY ended.resolves_id LIMIT 1
""")

_TIME_OUTS = text("""
INSERT INTO transfer_time_outs (institution_id, id, times_out_at)
SELECT :institution_id, transfer_id, times_out_at FROM staged_transfers
WHERE times_out_at IS NOT NULL ORDER BY transfer_id
""")

_ENTRIES = text("""
INSERT INTO journal_entries (institution_id, id, kind, source_kind, source_id, occasion, reverses_id, actor_id)
SELECT DISTINCT ON (entry_id) :institution_id, entry_id, kind, source_kind, source_id, occasion, reverses_id, :actor_id
FROM staged_transfers ORDER BY entry_id
""")

_TRANSFERS = text(f"""
WITH {_LEGS}
INSERT INTO transfers (institution_id, id, entry_id, phase, unit, debit_account_id, credit_account_id, amount,
    resolves_id, debit_seq, debit_available, credit_seq, credit_available)
SELECT :institution_id, staged.transfer_id, staged.entry_id, staged.phase, staged.unit, staged.debit_account_id,
    staged.credit_account_id, staged.amount, staged.resolves_id, debit.seq, debit.available, credit.seq,
    credit.available
FROM staged_transfers AS staged
LEFT JOIN numbered AS debit ON debit.transfer_id = staged.transfer_id AND debit.side = 'debit'
LEFT JOIN numbered AS credit ON credit.transfer_id = staged.transfer_id AND credit.side = 'credit'
ORDER BY staged.transfer_id
""")

_BALANCES = text(f"""
WITH {_LEGS}
UPDATE ledger_balances AS balance
SET posted = balance.posted + change.posted, pending_in = balance.pending_in + change.pending_in,
    held_out = balance.held_out + change.held_out, seq = balance.seq + change.rows
FROM (
    SELECT account_id, sum(amount * posted) AS posted, sum(amount * pending_in) AS pending_in,
        sum(amount * held_out) AS held_out, count(*) AS rows
    FROM legs GROUP BY account_id
) AS change
WHERE balance.institution_id = :institution_id AND balance.account_id = change.account_id
""")

_STAGE_REVERSALS = """
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, reverses_id, phase, unit,
    debit_account_id, credit_account_id, amount, resolves_id)
SELECT uuidv7(), wish.entry_id, wish.kind, entry.source_kind, entry.source_id, entry.occasion, entry.id,
    CASE WHEN is_open THEN 'void' ELSE 'single' END, moved.unit,
    CASE WHEN is_open THEN moved.debit_account_id ELSE moved.credit_account_id END,
    CASE WHEN is_open THEN moved.credit_account_id ELSE moved.debit_account_id END,
    moved.amount, CASE WHEN is_open THEN moved.id END
FROM ({wishes}) AS wish (reverses_id, entry_id, kind)
JOIN journal_entries AS entry ON entry.institution_id = :institution_id AND entry.id = wish.reverses_id
JOIN transfers AS moved ON moved.institution_id = :institution_id AND moved.entry_id = entry.id
    AND moved.phase IN ('single', 'pending')
LEFT JOIN transfers AS resolution
    ON resolution.institution_id = :institution_id AND resolution.resolves_id = moved.id
CROSS JOIN LATERAL (SELECT moved.phase = 'pending' AND resolution.id IS NULL AS is_open) AS moment
WHERE resolution.phase IS NULL OR resolution.phase = 'post'
"""

_STAGE_POSTINGS = """
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount, resolves_id)
SELECT uuidv7(), wish.entry_id, wish.kind, entry.source_kind, entry.source_id, entry.occasion, 'post', moved.unit,
    moved.debit_account_id, moved.credit_account_id, moved.amount, moved.id
FROM ({wishes}) AS wish (pending_entry_id, entry_id, kind)
JOIN journal_entries AS entry ON entry.institution_id = :institution_id AND entry.id = wish.pending_entry_id
JOIN transfers AS moved ON moved.institution_id = :institution_id AND moved.entry_id = entry.id
    AND moved.phase = 'pending'
"""


async def begin_staging(session: AsyncSession) -> None:
    """Make room for the transfers of one deed; its transfers are inserted into STAGED, then posted together."""
    await staging.empty(session, STAGED)


async def stage_reversals(session: AsyncSession, *, wishes: str, values: Mapping[str, object]) -> None:
    """Stage the undoing of entries: a pending transfer is voided, any other is moved back.

    `wishes` is a query of (entry to reverse, id of the new entry, kind of the new entry); `values` binds its
    parameters, the institution among them.
    """
    await session.execute(text(_STAGE_REVERSALS.format(wishes=wishes)), values)


async def stage_postings(session: AsyncSession, *, wishes: str, values: Mapping[str, object]) -> None:
    """Stage the posting of pending entries; `wishes` is a query of (pending entry, new entry, kind)."""
    await session.execute(text(_STAGE_POSTINGS.format(wishes=wishes)), values)


async def post_staged(session: AsyncSession, actor: Actor, *, institution_id: UUID, cause: UUID) -> int:
    """Write all staged transfers, or none; the limited accounts are locked in one order first."""
    values = {"institution_id": institution_id}
    locked = (await session.execute(_LOCK, values)).one()
    if locked.resolves:
        ended = (await session.execute(_RESOLVED, values)).one_or_none()
        if ended is not None:
            raise TransferResolved(
                transfer_id=str(ended.resolves_id), phase=ended.phase, ended_at=ended.recorded_at.isoformat()
            )
    if locked.debited:
        short = (await session.execute(_SHORTFALL, values)).one()
        if short.missing > 0:
            raise BalanceTooLow(account_id=str(short.account_id), missing=int(short.missing))
    entries = await db.write(session, _ENTRIES, values | {"actor_id": actor.id})
    if not entries:
        return 0
    await session.execute(_TRANSFERS, values)
    if locked.times_out:
        await session.execute(_TIME_OUTS, values)
    await session.execute(_BALANCES, values)
    await audit.record(
        session,
        actor,
        "post_transfers",
        institution_id=institution_id,
        object_kind="journal",
        object_id=cause,
        detail={"entries": entries},
    )
    return entries


_DUE = """
SELECT DISTINCT pending.entry_id
FROM transfer_time_outs AS due
JOIN transfers AS pending ON pending.institution_id = due.institution_id AND pending.id = due.id
WHERE due.institution_id = :institution_id AND due.times_out_at <= :now
    AND NOT EXISTS (
        SELECT FROM transfers AS ended
        WHERE ended.institution_id = due.institution_id AND ended.resolves_id = due.id)
"""

_LOCK_DUE = text(f"""
SELECT balance.account_id FROM ledger_balances AS balance
WHERE balance.institution_id = :institution_id AND balance.account_id IN (
    SELECT unnest(ARRAY[moved.debit_account_id, moved.credit_account_id]) FROM transfers AS moved
    WHERE moved.institution_id = :institution_id AND moved.entry_id IN ({_DUE}))
ORDER BY balance.account_id FOR NO KEY UPDATE
""")

_LOCKED_ONLY = """
NOT EXISTS (
    SELECT FROM ledger_balances AS balance
    WHERE balance.institution_id = :institution_id
        AND balance.account_id IN (moved.debit_account_id, moved.credit_account_id)
        AND balance.account_id <> ALL (CAST(:locked AS uuid[])))
"""

# What is linked ends together: an entry one of whose transfers is due ends with all that are still open.
_STAGE_TIME_OUTS = text(f"""
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount, resolves_id)
SELECT uuidv7(), wish.entry_id, 'time_out', entry.source_kind, entry.source_id, entry.occasion, 'timed_out',
    moved.unit, moved.debit_account_id, moved.credit_account_id, moved.amount, moved.id
FROM (SELECT due.entry_id AS pending_entry_id, uuidv7() AS entry_id FROM ({_DUE}) AS due) AS wish
JOIN journal_entries AS entry ON entry.institution_id = :institution_id AND entry.id = wish.pending_entry_id
JOIN transfers AS moved ON moved.institution_id = :institution_id AND moved.entry_id = entry.id
    AND moved.phase = 'pending'
WHERE NOT EXISTS (
    SELECT FROM transfers AS ended WHERE ended.institution_id = :institution_id AND ended.resolves_id = moved.id)
    AND {_LOCKED_ONLY}
""")


async def time_out_due(session: AsyncSession, actor: Actor, *, institution_id: UUID, now: datetime, cause: UUID) -> int:
    """End the pending transfers whose time is over and that nobody posted or voided, each once."""
    due = {"institution_id": institution_id, "now": now}
    # Whoever posts one of them holds its accounts: what it did is seen once they are ours. An entry that becomes due
    # meanwhile is left for the next time, since its accounts are not.
    locked = (await session.scalars(_LOCK_DUE, due)).all()
    await begin_staging(session)
    await session.execute(_STAGE_TIME_OUTS, due | {"locked": list(locked)})
    return await post_staged(session, actor, institution_id=institution_id, cause=cause)


_LOCK_ONE = text("""
SELECT posted, pending_in, held_out, seq FROM ledger_balances
WHERE institution_id = :institution_id AND account_id = :account_id FOR NO KEY UPDATE
""")


@dataclass(frozen=True)
class Held:
    """What a limited account holds while nobody else can move anything on it."""

    posted: int
    pending_in: int
    held_out: int
    seq: int


async def lock_account(session: AsyncSession, *, institution_id: UUID, account_id: UUID) -> Held:
    """Let nobody move anything on a limited account until this transaction ends, and tell what it holds."""
    found = (await session.execute(_LOCK_ONE, {"institution_id": institution_id, "account_id": account_id})).one()
    return Held(posted=found.posted, pending_in=found.pending_in, held_out=found.held_out, seq=found.seq)


_FIND_OWN = text("""
SELECT id FROM ledger_accounts
WHERE institution_id = :institution_id AND unit = :unit AND kind = :kind AND NOT is_limited
""")

_OPEN_LIMITED = """
WITH wish AS ({wishes}), opened AS (
    INSERT INTO ledger_accounts (institution_id, id, unit, kind, is_limited)
    SELECT :institution_id, wish.account_id, :unit, :kind, true FROM wish)
INSERT INTO ledger_balances (institution_id, account_id) SELECT :institution_id, wish.account_id FROM wish
"""


async def open_limited_accounts(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, unit: Unit, kind: str, wishes: str, cause: UUID
) -> None:
    """Open accounts that can never fall below zero; `wishes` is a query of their ids as `account_id`."""
    await session.execute(
        text(_OPEN_LIMITED.format(wishes=wishes)), {"institution_id": institution_id, "unit": unit, "kind": kind}
    )
    await audit.record(
        session, actor, "open_ledger_accounts", institution_id=institution_id, object_kind="journal", object_id=cause
    )


async def ensure_institution_account(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, unit: Unit, kind: str
) -> UUID:
    """Find the institution's own account of a kind, opening it the first time; it has no limit and no balance row."""
    values = {"institution_id": institution_id, "unit": unit, "kind": kind}
    known: UUID | None = (await session.execute(_FIND_OWN, values)).scalar_one_or_none()
    if known is not None:
        return known
    await session.execute(insert(LedgerAccount).values(**values, is_limited=False).on_conflict_do_nothing())
    account_id: UUID = (await session.execute(_FIND_OWN, values)).scalar_one()
    await audit.record(
        session,
        actor,
        "open_institution_account",
        institution_id=institution_id,
        object_kind="ledger_account",
        object_id=account_id,
        detail={"unit": unit, "kind": kind},
    )
    return account_id
