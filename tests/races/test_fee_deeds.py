"""A lower ceiling, and the steps of fees above it, by transactions that really commit at the same moment."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.conftest import make_service
from tests.fees.make import ceiling_in, standard_in
from tests.fees.persons import OPERATOR, coordinator, org_staff, registrar
from tests.world import World, build_world
from x_pilot_api.core import provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.workflow import DeedNotAllowed
from x_pilot_api.fees import commands, queries
from x_pilot_api.fees.errors import CeilingExceeded

HIGH, LOW, FEE = 50_000, 40_000, 45_000
FIRST = date(2027, 1, 4)
STEPS = ("agree", "approve", "publish")

# What is in force, or on its way to it, above a ceiling of its level on a day that both rule.
ABOVE = text("""
SELECT count(*) FROM fee_standards AS standard
JOIN certificate_levels AS priced ON priced.id = standard.certificate_level_id
JOIN fee_ceilings AS ceiling ON ceiling.level = priced.level AND ceiling.exam_form = standard.exam_form
    AND daterange(ceiling.effective_from, ceiling.effective_to)
        && daterange(standard.effective_from, least(standard.effective_to, standard.ended_on))
WHERE standard.fee_fen > ceiling.amount_fen
    AND (standard.published_at IS NOT NULL OR standard.state IN ('proposed', 'agreed', 'approved'))
""")


@dataclass(frozen=True)
class Ground:
    """A database of its own with one world in it and a ceiling that every fee of the test stays under."""

    database: Database
    world: World

    @property
    def own(self) -> UUID:
        """Name the institution whose fees are set."""
        return self.world.schools[0].id

    async def propose(self, session: AsyncSession, week: date) -> UUID:
        """Propose a fee between the two ceilings for a week."""
        days = {"effective_from": str(week), "effective_to": str(week + timedelta(days=7))}
        wish = standard_in(self.world, fee_fen=FEE, institution_id=str(self.own), **days)
        return (await commands.propose_fee_standard(session, org_staff(self.world), wish=wish)).id

    async def step(self, name: str, standard_id: UUID) -> None:
        """Bring a fee one step further, in a transaction of its own."""
        async with self.database.transaction(institution_id=self.own) as session:
            actor = coordinator(self.world) if name == "agree" else registrar(self.world)
            standard = await queries.take_fee_standard(session, actor, standard_id)
            if name == "agree":
                await commands.agree_fee_standard(session, actor, standard=standard)
            elif name == "approve":
                await commands.approve_fee_standard(session, actor, standard=standard)
            else:
                await commands.publish_fee_standard(session, actor, standard=standard, today=date(2026, 1, 1))

    async def brought_to(self, step: str, week: date) -> UUID:
        """Propose a fee and bring it to where a step is next."""
        async with self.database.transaction() as session:
            standard_id = await self.propose(session, week)
        for name in STEPS[: STEPS.index(step)]:
            await self.step(name, standard_id)
        return standard_id

    async def issue(self, week: date) -> None:
        """Issue the lower ceiling for a week, in a transaction of its own."""
        async with self.database.transaction() as session:
            days = {"effective_from": str(week), "effective_to": str(week + timedelta(days=7))}
            await commands.issue_fee_ceiling(session, OPERATOR, wish=ceiling_in(level="2", amount_fen=LOW, **days))

    async def above(self) -> int:
        """Count the fees above a ceiling."""
        async with self.database.transaction(read_only=True, institution_id=self.own) as session:
            return (await session.execute(ABOVE)).scalar_one()


@pytest.fixture
async def ground(own_urls: provision.Urls, settings: Settings) -> AsyncIterator[Ground]:
    database = Database(own_urls.service, settings)
    try:
        sealer = make_service(database, settings).sealer
        async with database.transaction() as session:
            world = await build_world(session, sealer)
            await commands.issue_fee_ceiling(session, OPERATOR, wish=ceiling_in(amount_fen=HIGH))
        yield Ground(database, world)
    finally:
        await database.close()


async def _together(*deeds: Callable[[], Awaitable[None]]) -> list[BaseException]:
    """Let deeds begin at the same moment; give what they were refused for."""
    barrier = asyncio.Barrier(len(deeds))

    async def begun(deed: Callable[[], Awaitable[None]]) -> None:
        await barrier.wait()
        await deed()

    answers = await asyncio.gather(*(begun(deed) for deed in deeds), return_exceptions=True)
    return [answer for answer in answers if isinstance(answer, BaseException)]


async def test_no_fee_above_its_ceiling_survives_any_step_beside_a_lower_ceiling(ground: Ground) -> None:
    for serial, step in enumerate(STEPS * 4):
        week = FIRST + timedelta(weeks=serial)
        standard_id = await ground.brought_to(step, week)
        deeds: list[Callable[[], Awaitable[None]]] = [
            lambda step=step, standard_id=standard_id: ground.step(step, standard_id),
            lambda week=week: ground.issue(week),
        ]
        refused = await _together(*(deeds if serial % 2 else reversed(deeds)))
        assert {type(each) for each in refused} <= {DeedNotAllowed, CeilingExceeded}
        assert await ground.above() == 0, step


async def test_many_publish_one_fee_and_it_is_published_once(ground: Ground) -> None:
    standard_id = await ground.brought_to("publish", FIRST)
    refused = await _together(*[lambda: ground.step("publish", standard_id)] * 4)
    assert [type(each) for each in refused] == [DeedNotAllowed] * 3


async def test_without_the_lock_a_fee_proposed_beside_a_lower_ceiling_would_survive(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(_: AsyncSession) -> None:
        """Take no lock."""

    monkeypatch.setattr(queries, "lock_fees", nothing)
    async with ground.database.transaction() as session:
        await ground.propose(session, FIRST)
        await ground.issue(FIRST)
    assert await ground.above() == 1
