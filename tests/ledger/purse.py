"""One student's purse: its account in the book, moved by the book's own commands."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text

from tests.exams.desk import SYSTEM, Desk
from tests.ledger import invariants
from x_pilot_api.credits.models import CreditAccount
from x_pilot_api.ledger import commands, queries
from x_pilot_api.ledger.commands import STAGED
from x_pilot_api.ledger.models import LedgerAccount, LedgerBalance, Unit


@dataclass(frozen=True)
class Purse:
    """A limited account, and the institution's own to move to and from."""

    desk: Desk
    account_id: UUID
    till_id: UUID

    @property
    def institution_id(self) -> UUID:
        """Whose book it is."""
        return self.desk.world.schools[0].id

    async def move(self, *steps: tuple[str, int], phase: str = "single", changes: str = "", **columns: object) -> UUID:
        """Put in and take out, all in one posting as one entry each; tell the last entry.

        `changes` is SQL that spoils what was staged; `columns` stand for what would be made up.
        """
        entry_id = uuid4()
        async with self.desk.service.database.transaction() as session:
            await commands.begin_staging(session)
            for way, amount in steps:
                entry_id = uuid4()
                giver, taker = (self.till_id, self.account_id) if way == "in" else (self.account_id, self.till_id)
                await session.execute(
                    insert(STAGED).values(
                        {
                            "transfer_id": text("uuidv7()"),
                            "entry_id": entry_id,
                            "kind": "test",
                            "source_kind": "test",
                            "source_id": uuid4(),
                            "occasion": 1,
                            "phase": phase,
                            "unit": "credit",
                            "debit_account_id": giver,
                            "credit_account_id": taker,
                            "amount": amount,
                        }
                        | columns
                    )
                )
            if changes:
                await session.execute(text(f"UPDATE {STAGED.name} SET {changes}"))
            await commands.post_staged(session, SYSTEM, institution_id=self.institution_id, cause=uuid4())
        return entry_id

    async def reverse(self, entry_id: UUID) -> int:
        """Undo an entry: void it while it is pending, else move it back."""
        async with self.desk.service.database.transaction() as session:
            await commands.begin_staging(session)
            await commands.stage_reversals(
                session,
                wishes="SELECT CAST(:entry_id AS uuid), uuidv7(), 'undo'",
                values={"institution_id": self.institution_id, "entry_id": entry_id},
            )
            return await commands.post_staged(session, SYSTEM, institution_id=self.institution_id, cause=uuid4())

    async def post(self, entry_id: UUID) -> int:
        """Post a pending entry."""
        async with self.desk.service.database.transaction() as session:
            await commands.begin_staging(session)
            await commands.stage_postings(
                session,
                wishes="SELECT CAST(:entry_id AS uuid), uuidv7(), 'use'",
                values={"institution_id": self.institution_id, "entry_id": entry_id},
            )
            return await commands.post_staged(session, SYSTEM, institution_id=self.institution_id, cause=uuid4())

    async def balance(self) -> tuple[int, int, int]:
        """Tell what is posted, what is coming in and what is held."""
        async with self.desk.service.database.transaction(read_only=True) as session:
            found: LedgerBalance = await queries.get_balance(
                session, institution_id=self.institution_id, account_id=self.account_id
            )
            return found.posted, found.pending_in, found.held_out

    async def breaches(self) -> list[tuple[str, UUID]]:
        """List what is broken in the book."""
        async with self.desk.service.database.transaction(read_only=True) as session:
            return await invariants.breaches(session, self.institution_id)


async def open_purse(desk: Desk) -> Purse:
    """Open an account nobody used."""
    account_id = uuid4()
    institution_id = desk.world.schools[0].id
    async with desk.service.database.transaction() as session:
        await commands.open_limited_accounts(
            session,
            SYSTEM,
            institution_id=institution_id,
            unit=Unit.CREDIT,
            kind="test",
            wishes=f"SELECT CAST('{account_id}' AS uuid) AS account_id",
            cause=uuid4(),
        )
        till_id = await commands.ensure_institution_account(
            session, SYSTEM, institution_id=institution_id, unit=Unit.CREDIT, kind="recognition"
        )
    return Purse(desk, account_id, till_id)


async def purse_of(desk: Desk, index: int) -> Purse:
    """Find the purse of one of the first school's students."""
    school = desk.world.schools[0]
    async with desk.service.database.transaction(read_only=True) as session:
        found = await session.execute(
            select(CreditAccount.ledger_account_id, LedgerAccount.id)
            .join(LedgerAccount, LedgerAccount.institution_id == CreditAccount.institution_id)
            .where(
                CreditAccount.institution_id == school.id,
                CreditAccount.student_id == school.students[index],
                LedgerAccount.kind == "recognition",
            )
        )
        account_id, till_id = found.one()
    return Purse(desk, account_id, till_id)
