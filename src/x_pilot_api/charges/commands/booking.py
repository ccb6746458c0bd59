"""Writing money in the book: the institution's accounts, and transfers between them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges.rules import books
from x_pilot_api.core.actors import Actor
from x_pilot_api.ledger import commands as ledger
from x_pilot_api.ledger.models import Unit

_KNOWN = text("""
SELECT kind, id FROM ledger_accounts
WHERE institution_id = :institution_id AND unit = 'cny' AND NOT is_limited AND kind = ANY(CAST(:kinds AS text[]))
""")

_STAGE = text("""
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount)
VALUES (uuidv7(), :entry_id, :kind, :source_kind, :source_id, 1, 'single', 'cny', :debit, :credit, :amount)
""")


async def find_accounts(session: AsyncSession, actor: Actor, *, institution_id: UUID) -> Mapping[str, UUID]:
    """Find the institution's accounts of money by their kinds, opening what is missing."""
    found = await session.execute(_KNOWN, {"institution_id": institution_id, "kinds": list(books.KINDS)})
    accounts = {row.kind: row.id for row in found.all()}
    for kind in books.KINDS:
        if kind not in accounts:
            accounts[kind] = await ledger.ensure_institution_account(
                session, actor, institution_id=institution_id, unit=Unit.CNY, kind=kind
            )
    return accounts


async def book(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    kind: str,
    source: tuple[str, UUID],
    entry_id: UUID,
    debit: str,
    credit: str,
    amount_fen: int,
) -> None:
    """Move one amount between two of the institution's accounts, as one entry that rests on one row."""
    accounts = await find_accounts(session, actor, institution_id=institution_id)
    await ledger.begin_staging(session)
    values = {
        "entry_id": entry_id,
        "kind": kind,
        "source_kind": source[0],
        "source_id": source[1],
        "debit": accounts[debit],
        "credit": accounts[credit],
        "amount": amount_fen,
    }
    await session.execute(_STAGE, values)
    await ledger.post_staged(session, actor, institution_id=institution_id, cause=source[1])
