"""What accounts hold, and what moved on them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.ledger import rules
from x_pilot_api.ledger.models import LedgerBalance

# A pending row moves nothing yet and a void one never did: what counts is what was moved at once or posted.
_SUMMARY = text("""
WITH moved AS (
    SELECT unit, debit_account_id, credit_account_id, amount FROM transfers
    WHERE institution_id = :institution_id AND phase IN ('single', 'post')
), sides AS (
    SELECT unit, credit_account_id AS account_id, amount FROM moved
    UNION ALL SELECT unit, debit_account_id, -amount FROM moved
), by_account AS (
    SELECT unit, account_id, sum(amount) AS balance FROM sides GROUP BY unit, account_id
)
SELECT account.unit, account.kind, account.is_limited, count(*) AS accounts,
    coalesce(sum(by_account.balance), 0)::bigint AS balance,
    count(*) FILTER (WHERE account.is_limited AND stored.posted <> coalesce(by_account.balance, 0)) AS disagreeing
FROM ledger_accounts AS account
LEFT JOIN by_account ON by_account.account_id = account.id
LEFT JOIN ledger_balances AS stored
    ON stored.institution_id = account.institution_id AND stored.account_id = account.id
WHERE account.institution_id = :institution_id
GROUP BY account.unit, account.kind, account.is_limited
ORDER BY account.unit, account.kind
""")

_TRANSFER_COUNTS = text("""
SELECT unit, count(*) AS transfers, sum(amount) FILTER (WHERE phase IN ('single', 'post')) AS moved
FROM transfers WHERE institution_id = :institution_id GROUP BY unit ORDER BY unit
""")


async def summarise(
    session: AsyncSession, institution_id: UUID
) -> tuple[Sequence[Row[*tuple[Any, ...]]], Sequence[Row[*tuple[Any, ...]]]]:
    """Add up every transfer of an institution: balances by kind of account, and how much moved per unit."""
    values = {"institution_id": institution_id}
    kinds = (await session.execute(_SUMMARY, values)).all()
    counts = (await session.execute(_TRANSFER_COUNTS, values)).all()
    return kinds, counts


async def get_balance(session: AsyncSession, *, institution_id: UUID, account_id: UUID) -> LedgerBalance:
    """Read the stored balance of a limited account."""
    statement = select(LedgerBalance).where(
        LedgerBalance.institution_id == institution_id, LedgerBalance.account_id == account_id
    )
    return (await session.scalars(statement)).one()


_BALANCES_WRONG = f"""
WITH legs AS (
    SELECT side.account_id, side.amount, effect.posted, effect.pending_in, effect.held_out
    FROM (
        SELECT 'debit' AS side, debit_account_id AS account_id, phase, amount FROM transfers
        WHERE institution_id = :institution_id
        UNION ALL
        SELECT 'credit', credit_account_id, phase, amount FROM transfers WHERE institution_id = :institution_id
    ) AS side JOIN {rules.effects_table()} USING (side, phase)
), due AS (
    SELECT account_id, sum(amount * posted) AS posted, sum(amount * pending_in) AS pending_in,
        sum(amount * held_out) AS held_out, count(*) AS seq
    FROM legs GROUP BY account_id
)
SELECT balance.account_id FROM ledger_balances AS balance
LEFT JOIN due ON due.account_id = balance.account_id
WHERE balance.institution_id = :institution_id
    AND (balance.posted, balance.pending_in, balance.held_out, balance.seq)
        IS DISTINCT FROM (coalesce(due.posted, 0), coalesce(due.pending_in, 0), coalesce(due.held_out, 0),
            coalesce(due.seq, 0))
ORDER BY balance.account_id LIMIT 100
"""


async def list_balances_wrong(session: AsyncSession, institution_id: UUID) -> Sequence[UUID]:
    """List limited accounts whose stored balance is not what their transfers add up to."""
    return (await session.scalars(text(_BALANCES_WRONG), {"institution_id": institution_id})).all()
