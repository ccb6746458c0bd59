"""Many who move amounts between the same few accounts at once: no total is ever wrong, no account ever below zero."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams.desk import SYSTEM
from tests.ledger.purse import Purse, open_purse
from tests.races.arena import Arena
from tests.sizes import sized
from x_pilot_api.ledger import commands
from x_pilot_api.ledger.commands import STAGED
from x_pilot_api.ledger.errors import BalanceTooLow, TransferResolved
from x_pilot_api.oversight import queries

WORKERS, ACCOUNTS, PUT_IN = 8, 6, 100
DEEDS = sized(40, 2_500)
DEEDS_OF_A_MUTANT = 40

_IN_ALL = text("""
SELECT sum(posted)::bigint AS in_all, min(posted - held_out)::bigint AS least
FROM ledger_balances WHERE institution_id = :institution_id
""")

# Counted from the transfers alone, over the order in which they were recorded.
_PREFIXES_BELOW_ZERO = text("""
WITH legs AS (
    SELECT debit_account_id AS account_id, coalesce(debit_seq, 0) AS seq, id, -amount AS amount FROM transfers
    WHERE phase IN ('single', 'post')
    UNION ALL SELECT credit_account_id, coalesce(credit_seq, 0), id, amount FROM transfers
    WHERE phase IN ('single', 'post')
), running AS (
    SELECT account_id, amount, sum(amount) OVER (PARTITION BY account_id ORDER BY seq, id) AS balance FROM legs
)
SELECT count(*) FROM running JOIN ledger_accounts AS account ON account.id = running.account_id
WHERE account.is_limited AND balance < 0 AND amount < 0
""")


@dataclass
class Bank:
    """Six limited accounts, and amounts that move between them and nowhere else."""

    arena: Arena
    accounts: Sequence[UUID]
    institution_id: UUID
    refused: int = 0
    moved: int = 0

    async def move(self, giver: UUID, taker: UUID, amount: int, *, phase: str = "single") -> UUID | None:
        """Move an amount if there is enough of it."""
        entry_id = uuid4()
        row: dict[str, object] = {
            "transfer_id": text("uuidv7()"),
            "entry_id": entry_id,
            "kind": "test",
            "source_kind": "institution",
            "source_id": entry_id,
            "occasion": 1,
            "phase": phase,
            "unit": "credit",
            "debit_account_id": giver,
            "credit_account_id": taker,
            "amount": amount,
        }
        try:
            async with self.arena.service.database.transaction() as session:
                await commands.begin_staging(session)
                await session.execute(insert(STAGED).values(row))
                await commands.post_staged(session, SYSTEM, institution_id=self.institution_id, cause=entry_id)
        except BalanceTooLow:
            self.refused += 1
            return None
        self.moved += 1
        return entry_id

    async def work(self, seed: int, deeds: int) -> None:
        """Move by chance, holding first and posting or voiding then in a third of the cases."""
        chance = random.Random(seed)  # noqa: S311 - a test, repeated by its seed
        for _ in range(deeds):
            giver, taker = chance.sample(list(self.accounts), 2)
            is_held = chance.random() < 1 / 3
            entry_id = await self.move(giver, taker, chance.randint(1, 60), phase="pending" if is_held else "single")
            if is_held and entry_id is not None:
                purse = Purse(self.arena, giver, taker)
                await chance.choice((purse.post, purse.reverse))(entry_id)

    async def watch(self, done: asyncio.Event) -> list[tuple[int, int]]:
        """Sum all accounts in one snapshot again and again, and tell what was wrong."""
        wrong: list[tuple[int, int]] = []
        while not done.is_set():
            async with self.arena.service.database.transaction(read_only=True) as session:
                found = (await session.execute(_IN_ALL, {"institution_id": self.institution_id})).one()
            if found.in_all != ACCOUNTS * PUT_IN or found.least < 0:
                wrong.append((found.in_all, found.least))
        return wrong

    async def prefixes_below_zero(self) -> int:
        """Count the moments at which an account was below zero."""
        async with self.arena.service.database.transaction(read_only=True) as session:
            return (await session.execute(_PREFIXES_BELOW_ZERO)).scalar_one()


async def opened_bank(arena: Arena) -> Bank:
    """Open the accounts and put something into each."""
    purses = [await open_purse(arena) for _ in range(ACCOUNTS)]
    for purse in purses:
        await purse.move(("in", PUT_IN), source_kind="institution")
    return Bank(arena, [purse.account_id for purse in purses], purses[0].institution_id)


async def test_nothing_is_lost_or_overdrawn_while_eight_move_amounts_between_six_accounts(arena: Arena) -> None:
    bank = await opened_bank(arena)
    done = asyncio.Event()
    watching = asyncio.create_task(bank.watch(done))
    try:
        await asyncio.gather(*(bank.work(seed, DEEDS) for seed in range(WORKERS)))
    finally:
        done.set()
    assert await watching == []
    assert bank.moved > WORKERS * DEEDS // 4
    assert bank.refused > 0
    assert await bank.prefixes_below_zero() == 0
    async with arena.service.database.transaction(read_only=True, institution_id=bank.institution_id) as session:
        found = (await queries.verify_book(session, bank.institution_id)).findings
    # What these moves rest on is nothing that is kept.
    assert [str(it) for it in found if not it.check.startswith("source")] == []


async def _post_naively(session: AsyncSession, _actor: object, *, institution_id: UUID, cause: UUID) -> int:
    """Look whether there is enough, then write: with no lock, in the way of the textbook."""
    rows = text("SELECT debit_account_id, amount FROM staged_transfers")
    giver, amount = (await session.execute(rows)).one()
    has = text(
        "SELECT coalesce(sum(CASE WHEN credit_account_id = :a THEN amount ELSE -amount END), 0) FROM transfers"
        " WHERE :a IN (credit_account_id, debit_account_id)"
    )
    found = (await session.execute(has, {"a": giver})).scalar_one()
    if found < amount:
        raise BalanceTooLow(account_id=str(giver), missing=int(amount - found))
    write = text(
        "WITH entry AS (INSERT INTO journal_entries (institution_id, id, kind, source_kind, source_id, occasion,"
        " actor_id) SELECT :i, entry_id, kind, source_kind, source_id, occasion, :i FROM staged_transfers)"
        " INSERT INTO transfers (institution_id, id, entry_id, phase, unit, debit_account_id, credit_account_id,"
        " amount) SELECT :i, transfer_id, entry_id, 'single', unit, debit_account_id, credit_account_id, amount"
        " FROM staged_transfers"
    )
    await session.execute(write, {"i": institution_id})
    return len(str(cause))


async def test_the_running_check_finds_a_posting_that_looks_and_then_writes(
    arena: Arena, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = await opened_bank(arena)
    monkeypatch.setattr(commands, "post_staged", _post_naively)

    async def work(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - a test, repeated by its seed
        for _ in range(DEEDS_OF_A_MUTANT):
            giver, taker = chance.sample(list(bank.accounts), 2)
            await bank.move(giver, taker, chance.randint(20, 90))

    await asyncio.gather(*(work(seed) for seed in range(WORKERS)))
    assert await bank.prefixes_below_zero() > 0


async def test_of_a_posting_and_a_time_out_that_meet_one_has_its_way(arena: Arena) -> None:
    bank = await opened_bank(arena)
    purse = Purse(arena, bank.accounts[0], bank.accounts[1])
    posted = timed_out = 0
    for turn in range(sized(12, 200)):
        before = await purse.balance()
        entry_id = await purse.move(("out", 1), phase="pending", times_out_at=text("now() - interval '1 hour'"))

        async def post(entry_id: UUID = entry_id) -> int:
            try:
                return await purse.post(entry_id)
            except TransferResolved:
                return 0

        async def run_out() -> int:
            async with arena.service.database.transaction() as session:
                now = (await session.execute(text("SELECT clock_timestamp()"))).scalar_one()
                return await commands.time_out_due(
                    session, SYSTEM, institution_id=bank.institution_id, now=now, cause=uuid4()
                )

        deeds = [post(), run_out(), run_out()]
        if turn % 2:
            deeds.reverse()
        done = await asyncio.gather(*deeds)
        assert sum(done) == 1
        after = await purse.balance()
        by_post = after[0] == before[0] - 1
        assert (after[1], after[2]) == (0, 0)
        posted, timed_out = posted + by_post, timed_out + (not by_post)
    assert posted + timed_out == sized(12, 200)
    assert await bank.prefixes_below_zero() == 0
