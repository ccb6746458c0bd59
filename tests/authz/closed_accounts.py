"""An earlier, closed account beside each open one, with the statement certified for it, and one frozen a college."""

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.world import World
from x_pilot_api.credits.models import CreditAccount

_ANOTHER = """
WITH opened AS (
    INSERT INTO ledger_accounts (institution_id, unit, kind, is_limited)
    VALUES (:institution_id, 'credit', 'accumulated', true) RETURNING institution_id, id
), balance AS (
    INSERT INTO ledger_balances (institution_id, account_id) SELECT institution_id, id FROM opened
), account AS (
    INSERT INTO credit_accounts (institution_id, student_id, ledger_account_id, state, state_reason, closed_at)
    SELECT institution_id, :student_id, id, {state} FROM opened RETURNING institution_id, id
)
SELECT id FROM account
"""
_CLOSED = text(_ANOTHER.format(state="'closed', :reason, now()"))
_FROZEN = text(_ANOTHER.format(state="'frozen', :reason, NULL"))
_CERTIFIED = text("""
INSERT INTO closing_statements (institution_id, account_id, reason, posted_hundredths, movements, content, content_hash,
    actor_id) VALUES (:institution_id, :account_id, 'left', 0, 0, '{}', 'hash', :institution_id)
""")


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Give everybody with an account an earlier one, and one student of each college a frozen one."""
    whose = {there.id: mark(f"s{number}") for number, there in enumerate(world.schools, start=1)}
    for account in (await session.scalars(select(CreditAccount))).all():
        values = {"institution_id": account.institution_id, "student_id": account.student_id}
        reason = {"reason": f"离校{whose[account.institution_id]}"}
        account_id = (await session.execute(_CLOSED, values | reason)).scalar_one()
        await session.execute(_CERTIFIED, {"institution_id": account.institution_id, "account_id": account_id})
        made.closed_accounts[account.student_id] = account_id
    for number, there in enumerate(world.schools):
        for college, (index, student_id) in enumerate(((3, there.students[3]), (3, made.siblings[number][3]))):
            values = {"institution_id": there.id, "student_id": student_id}
            account_id = (await session.execute(_FROZEN, values | {"reason": f"休学{whose[there.id]}"})).scalar_one()
            made.frozen_accounts[number, college] = account_id
            made.owners[account_id] = f"s{number + 1}p{college}n{index}"
