"""Postings to one institution-side account from many connections, against insert-only postings in raw SQL.

An institution's own account has no balance row, so that nobody waits for anybody at it. Measured in turns in one run on
one database: the house's posting; raw SQL that only inserts entry and transfer; and the same raw SQL with a balance row
for the institution's account, which is what the house avoids.

Run by hand: `python -m benchmarks.ledger --connections 16 --postings 1600 --rounds 5`
"""

import argparse
import asyncio
import itertools
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from sqlalchemy import text

from benchmarks import setting as settings_
from benchmarks.setting import Setting
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.db import SERVICE_ROLE, Database
from x_pilot_api.ledger import commands

_AMOUNT = 100
_SYSTEM = Actor(id=UUID(int=0), kind=ActorKind.SYSTEM, name="system", permissions=frozenset())

_STAGE = text("""
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount)
VALUES (uuidv7(), :entry_id, 'bench', 'institution', :entry_id, 1, 'single', 'credit', :till, :account, :amount)
""")

_RAW = """
WITH entry AS (
    INSERT INTO journal_entries (institution_id, id, kind, source_kind, source_id, occasion, actor_id)
    VALUES ($1, $2, 'bench', 'institution', $2, 1, $1))
INSERT INTO transfers (institution_id, entry_id, phase, unit, debit_account_id, credit_account_id, amount)
VALUES ($1, $2, 'single', 'credit', $3, $4, $5)
"""
_HOT = "UPDATE bench_hot SET posted = posted - $1, seq = seq + 1 WHERE account_id = $2"


async def _accounts(setting: Setting, students: int) -> tuple[UUID, list[UUID]]:
    """Find the institution's account, and those of the students."""
    connection: Any = await asyncpg.connect(setting.admin_url)
    try:
        await connection.execute("CREATE TABLE bench_hot (account_id uuid PRIMARY KEY, posted bigint, seq bigint)")
        await connection.execute(f"GRANT SELECT, UPDATE ON bench_hot TO {SERVICE_ROLE}")
        await connection.execute("INSERT INTO bench_hot SELECT id, 0, 0 FROM ledger_accounts WHERE NOT is_limited")
        till = await connection.fetchval("SELECT id FROM ledger_accounts WHERE NOT is_limited")
        rows = await connection.fetch("SELECT id FROM ledger_accounts WHERE is_limited ORDER BY id LIMIT $1", students)
    finally:
        await connection.close()
    return till, [row["id"] for row in rows]


async def _timed(post: Callable[[int, UUID], Awaitable[None]], accounts: list[UUID], connections: int) -> float:
    """Post once to each account, so many at a time, and tell the postings a second."""
    shares = [accounts[first::connections] for first in range(connections)]

    async def work(number: int, share: list[UUID]) -> None:
        for account in share:
            await post(number, account)

    begun = time.perf_counter()
    await asyncio.gather(*(work(number, share) for number, share in enumerate(shares)))
    return len(accounts) / (time.perf_counter() - begun)


async def measure(setting: Setting, *, connections: int, postings: int, rounds: int) -> None:
    """Print the postings a second of each way, and the ratios."""
    await settings_.seed(setting, [], students=postings)
    till, accounts = await _accounts(setting, postings)
    own = setting.ids.institution
    database = Database(setting.urls.service, setting.settings.model_copy(update={"pool_size": connections}))
    raw: list[Any] = [
        await asyncpg.connect(setting.urls.service, server_settings={"role": SERVICE_ROLE}) for _ in range(connections)
    ]

    async def by_the_house(_number: int, account: UUID) -> None:
        entry_id = uuid4()
        async with database.transaction() as session:
            await commands.begin_staging(session)
            values = {"entry_id": entry_id, "till": till, "account": account, "amount": _AMOUNT}
            await session.execute(_STAGE, values)
            await commands.post_staged(session, _SYSTEM, institution_id=own, cause=entry_id)

    async def raw_inserts(number: int, account: UUID) -> None:
        async with raw[number].transaction():
            await raw[number].execute(_RAW, own, uuid4(), till, account, _AMOUNT)

    async def raw_with_a_hot_row(number: int, account: UUID) -> None:
        async with raw[number].transaction():
            await raw[number].execute(_RAW, own, uuid4(), till, account, _AMOUNT)
            await raw[number].execute(_HOT, _AMOUNT, till)

    ways = (by_the_house, raw_inserts, raw_with_a_hot_row)
    speeds: dict[tuple[str, int], list[float]] = {}
    try:
        for turn, at_once, way in itertools.product(range(rounds + 1), (1, connections), ways):
            speed = await _timed(way, accounts, at_once)
            if turn:
                speeds.setdefault((way.__name__, at_once), []).append(speed)
    finally:
        await database.close()
        for connection in raw:
            await connection.close()
    print(f"{postings} postings to one institution-side account, {rounds} rounds; postings a second, medians")
    for (name, at_once), found in speeds.items():
        limit = statistics.median(speeds["raw_inserts", at_once])
        alone = statistics.median(speeds[name, 1])
        speed = statistics.median(found)
        print(
            f"{name:20} {at_once:3} connections {speed:8.0f}   of raw inserts {speed / limit:5.2f}"
            f"   of one connection {speed / alone:5.2f}"
        )


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--postings", type=int, default=1_600)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with settings_.running() as setting:
        asyncio.run(measure(setting, connections=options.connections, postings=options.postings, rounds=options.rounds))


if __name__ == "__main__":
    main()
