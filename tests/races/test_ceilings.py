"""A lower ceiling and a fee above it, set at the same moment by two transactions that really commit."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.conftest import make_service
from tests.fees.make import ceiling_in, standard_in
from tests.world import World, build_world
from x_pilot_api.core import provision
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings
from x_pilot_api.fees import commands
from x_pilot_api.fees.errors import CeilingExceeded
from x_pilot_api.fees.models import FeeStandard
from x_pilot_api.fees.schemas import FeeCeilingIn, FeeCeilingIssuedOut, FeeStandardIn

HIGH, LOW, FEE = 50_000, 40_000, 45_000
OPERATOR = Actor(id=uuid4(), kind=ActorKind.PERSON, name="operator", permissions=frozenset())

# The ceiling of a level is more specific than the one every fee here rests on.
ABOVE = text("""
SELECT count(*) FROM fee_standards AS standard JOIN certificate_levels AS priced
    ON priced.id = standard.certificate_level_id
JOIN fee_ceilings AS ceiling ON ceiling.level = priced.level AND ceiling.exam_form = standard.exam_form
    AND daterange(ceiling.effective_from, ceiling.effective_to)
        && daterange(standard.effective_from, standard.effective_to)
WHERE standard.state <> 'suspended' AND standard.fee_fen > ceiling.amount_fen
""")
WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")


@dataclass(frozen=True)
class Ground:
    """A database of its own with one world in it and a ceiling that every fee of the test stays under."""

    database: Database
    world: World

    async def issue(self, begin: date) -> FeeCeilingIssuedOut:
        """Issue the lower ceiling for the week."""
        async with self.database.transaction() as session:
            return await commands.issue_fee_ceiling(session, OPERATOR, wish=_lower(begin))

    async def propose(self, begin: date) -> FeeStandard:
        """Propose a fee between the two ceilings for the week."""
        async with self.database.transaction() as session:
            return await commands.propose_fee_standard(session, self.registrar, wish=self.fee(begin))

    def fee(self, begin: date) -> FeeStandardIn:
        """Wish for a fee between the two ceilings."""
        return standard_in(
            self.world, fee_fen=FEE, effective_from=begin.isoformat(), effective_to=_end(begin).isoformat()
        )

    @property
    def registrar(self) -> Actor:
        """Act for the first institution."""
        return Actor(
            id=uuid4(),
            kind=ActorKind.PERSON,
            name="registrar",
            permissions=frozenset(),
            institution_id=self.world.schools[0].id,
        )

    async def until_somebody_waits(self) -> None:
        """Come back when a transaction waits for the advisory lock."""
        async with asyncio.timeout(10):
            while True:
                async with self.database.transaction(read_only=True) as session:
                    if (await session.execute(WAITING)).scalar_one():
                        return
                await asyncio.sleep(0.005)

    async def above(self) -> int:
        """Count the standards in force that are above a ceiling."""
        own = self.world.schools[0].id
        async with self.database.transaction(read_only=True, institution_id=own) as session:
            return (await session.execute(ABOVE)).scalar_one()


def _end(begin: date) -> date:
    return begin + timedelta(days=7)


def _lower(begin: date) -> FeeCeilingIn:
    return ceiling_in(level="2", amount_fen=LOW, effective_from=begin.isoformat(), effective_to=_end(begin).isoformat())


@pytest.fixture
async def ground(own_urls: provision.Urls, settings: Settings) -> AsyncIterator[Ground]:
    database = Database(own_urls.service, settings)
    sealer = make_service(database, settings).sealer
    async with database.transaction() as session:
        world = await build_world(session, sealer)
        await commands.issue_fee_ceiling(session, OPERATOR, wish=ceiling_in(amount_fen=HIGH))
    yield Ground(database, world)
    await database.close()


async def test_a_fee_proposed_while_a_lower_ceiling_is_being_issued_is_refused(ground: Ground) -> None:
    begin = date(2026, 1, 5)
    async with ground.database.transaction() as session:
        await commands.issue_fee_ceiling(session, OPERATOR, wish=_lower(begin))
        proposing = asyncio.create_task(ground.propose(begin))
        await ground.until_somebody_waits()
        assert not proposing.done()
    with pytest.raises(CeilingExceeded) as refused:
        await proposing
    assert refused.value.figures["ceiling_fen"] == LOW
    assert await ground.above() == 0


async def test_a_lower_ceiling_issued_while_a_fee_is_being_proposed_suspends_it(ground: Ground) -> None:
    begin = date(2026, 1, 5)
    async with ground.database.transaction() as session:
        proposed = await commands.propose_fee_standard(session, ground.registrar, wish=ground.fee(begin))
        issuing = asyncio.create_task(ground.issue(begin))
        await ground.until_somebody_waits()
        assert not issuing.done()
    issued = await issuing
    assert [standard.id for standard in issued.suspended_standards] == [proposed.id]
    assert await ground.above() == 0


async def test_however_they_meet_no_fee_stands_above_a_ceiling(ground: Ground) -> None:
    weeks = [date(2026, 1, 5) + timedelta(weeks=number) for number in range(30)]
    deeds = [deed for week in weeks for deed in (ground.issue(week), ground.propose(week))]
    answers = await asyncio.gather(*deeds, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert {type(answer) for answer in refused} <= {CeilingExceeded}
    issued = [answer for answer in answers if isinstance(answer, FeeCeilingIssuedOut)]
    assert len(issued) == len(weeks)
    assert sum(len(answer.suspended_standards) for answer in issued) + len(refused) == len(weeks)
    assert await ground.above() == 0
