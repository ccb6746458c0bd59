"""What may change in place, compared with the sealed rows that say how it should stand."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import queries as awards
from x_pilot_api.ledger import queries as ledger


async def list_disagreeing(session: AsyncSession, institution_id: UUID) -> Sequence[tuple[str, UUID, str]]:
    """List what stands otherwise than its changes say: table, row, what is wrong."""
    found = [
        ("awards", award_id, "it does not stand where its last change put it")
        for award_id in await awards.list_standing_wrong(session, institution_id)
    ]
    found += [
        ("ledger_balances", account_id, "it does not hold what its transfers add up to")
        for account_id in await ledger.list_balances_wrong(session, institution_id)
    ]
    return found
