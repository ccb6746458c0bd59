"""What must be so in every book at every moment, counted anew from its transfers."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.ledger.rules import effects_table

_BROKEN = text(f"""
WITH sides AS (
    SELECT debit_account_id AS account_id, 'debit' AS side, phase, amount, debit_seq AS seq,
        debit_available AS available
    FROM transfers WHERE institution_id = :institution_id
    UNION ALL
    SELECT credit_account_id, 'credit', phase, amount, credit_seq, credit_available
    FROM transfers WHERE institution_id = :institution_id
), moved AS (
    SELECT sides.account_id, seq, available,
        row_number() OVER so_far AS nth,
        sum(amount * (posted - held_out)) OVER so_far AS running,
        amount * posted AS posted, amount * pending_in AS pending_in, amount * held_out AS held_out
    FROM sides JOIN {effects_table()} USING (side, phase)
    JOIN ledger_accounts AS account ON account.institution_id = :institution_id AND account.id = sides.account_id
    WHERE account.is_limited
    WINDOW so_far AS (PARTITION BY sides.account_id ORDER BY seq ROWS UNBOUNDED PRECEDING)
), totals AS (
    SELECT account_id, count(*) AS seq, sum(posted) AS posted, sum(pending_in) AS pending_in, sum(held_out) AS held_out
    FROM moved GROUP BY account_id
)
SELECT 'sequence' AS what, account_id FROM moved WHERE seq <> nth
UNION ALL SELECT 'running balance', account_id FROM moved WHERE available <> running
UNION ALL SELECT 'below zero', account_id FROM moved WHERE available < 0
UNION ALL
SELECT 'stored balance', balance.account_id FROM ledger_balances AS balance LEFT JOIN totals USING (account_id)
WHERE balance.institution_id = :institution_id
    AND (balance.seq, balance.posted, balance.pending_in, balance.held_out) IS DISTINCT FROM
        (coalesce(totals.seq, 0), coalesce(totals.posted, 0), coalesce(totals.pending_in, 0),
         coalesce(totals.held_out, 0))
UNION ALL
SELECT 'resolved otherwise than it was', resolving.id FROM transfers AS resolving
JOIN transfers AS pending ON pending.institution_id = :institution_id AND pending.id = resolving.resolves_id
WHERE resolving.institution_id = :institution_id
    AND (pending.phase, pending.amount, pending.debit_account_id, pending.credit_account_id)
        <> ('pending', resolving.amount, resolving.debit_account_id, resolving.credit_account_id)
UNION ALL
SELECT 'posted outcome without its credits', outcome.id FROM learning_outcomes AS outcome
JOIN transfers AS moved ON moved.institution_id = :institution_id AND moved.entry_id = outcome.entry_id
LEFT JOIN transfers AS resolution ON resolution.institution_id = :institution_id AND resolution.resolves_id = moved.id
WHERE outcome.institution_id = :institution_id AND outcome.credit_hundredths > 0
    AND (moved.amount <> outcome.credit_hundredths
        OR (outcome.reason = 'deposit_pending') <> (moved.phase = 'pending' AND resolution.id IS NULL))
""")


async def breaches(session: AsyncSession, institution_id: UUID) -> list[tuple[str, UUID]]:
    """List what is broken in an institution's book; nothing ever is."""
    rows = await session.execute(_BROKEN, {"institution_id": institution_id})
    return [(row.what, row.account_id) for row in rows.all()]
