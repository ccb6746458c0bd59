"""A desk where everything is committed, at which pushes meet other deeds."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from sqlalchemy import text

from tests.exams import make
from tests.exams.desk import SYSTEM, Desk, Json
from tests.ledger import invariants
from tests.races import desks
from x_pilot_api.core import provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.settings import Settings
from x_pilot_api.tallies import commands as tallies
from x_pilot_api.tallies import queries as sums

_WAITING_BESIDE_AN_ACCOUNT = text("""
SELECT count(*) FROM learning_outcomes AS outcome
JOIN credit_accounts AS account ON account.institution_id = outcome.institution_id
    AND account.student_id = outcome.student_id AND account.state = 'active'
WHERE outcome.state = 'verified'
""")
_CLOSE = text("UPDATE credit_accounts SET state = 'closed', closed_at = now() WHERE state <> 'closed'")


@dataclass
class Arena(Desk):
    """A desk in a database of its own, where everything is committed."""

    async def at_once(self, plan: make.Plan, *batches: list[Json], key: str | None = None) -> list[httpx.Response]:
        """Push batches all at the same time."""
        how = {"key": key} if key else {}
        return await asyncio.gather(*(self.send(plan, *rows, **how) for rows in batches))

    async def hold_true(self) -> None:
        """See that the book is whole and nobody waits beside an open account."""
        async with self.service.database.transaction(read_only=True) as session:
            for school in self.world.schools:
                assert await invariants.breaches(session, school.id) == []
                await act_within(session, institution_id=school.id)
                assert (await sums.verify_tallies(session, institution_id=school.id)).findings == []
            assert (await session.execute(_WAITING_BESIDE_AN_ACCOUNT)).scalar_one() == 0

    async def close_accounts(self) -> None:
        """Close every account."""
        async with self.service.database.transaction() as session:
            await session.execute(_CLOSE)
        await self.count_anew()

    async def count_anew(self) -> None:
        """Let the sums be what was written by no deed."""
        for school in self.world.schools:
            async with self.service.database.transaction(institution_id=school.id) as session:
                await tallies.rebuild(session, SYSTEM, institution_id=school.id)

    async def accumulated(self) -> list[str]:
        """Tell what each of the first school's students has."""
        return [(await self.account(index))["accumulated"] for index in range(10)]


@asynccontextmanager
async def opened(urls: provision.Urls, settings: Settings, *, counts: bool = True) -> AsyncGenerator[Arena]:
    database = Database(urls.service, settings)
    try:
        async with desks.opened(Arena, database, settings) as arena:
            if counts:
                await arena.count_anew()
            yield arena
    finally:
        await database.close()


def taken(answers: Sequence[httpx.Response]) -> list[Json]:
    """Read batches that were all taken in."""
    assert [answer.status_code for answer in answers] == [201] * len(answers), [answer.text for answer in answers]
    return [answer.json() for answer in answers]
