"""An earlier, closed account beside each open one, with the statement that was certified for it."""

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.made import Made
from x_pilot_api.credits.models import CreditAccount

_CLOSED = text("""
WITH opened AS (
    INSERT INTO ledger_accounts (institution_id, unit, kind, is_limited)
    VALUES (:institution_id, 'credit', 'accumulated', true) RETURNING institution_id, id
), balance AS (
    INSERT INTO ledger_balances (institution_id, account_id) SELECT institution_id, id FROM opened
), account AS (
    INSERT INTO credit_accounts (institution_id, student_id, ledger_account_id, state, state_reason, closed_at)
    SELECT institution_id, :student_id, id, 'closed', 'left', now() FROM opened RETURNING institution_id, id
)
SELECT id FROM account
""")
_CERTIFIED = text("""
INSERT INTO closing_statements (institution_id, account_id, reason, posted_hundredths, movements, content, content_hash,
    actor_id) VALUES (:institution_id, :account_id, 'left', 0, 0, '{}', 'hash', :institution_id)
""")


async def lay(session: AsyncSession, made: Made) -> None:
    """Give everybody with an account an earlier one."""
    for account in (await session.scalars(select(CreditAccount))).all():
        values = {"institution_id": account.institution_id, "student_id": account.student_id}
        account_id = (await session.execute(_CLOSED, values)).scalar_one()
        await session.execute(_CERTIFIED, {"institution_id": account.institution_id, "account_id": account_id})
        made.closed_accounts[account.student_id] = account_id
