"""Settlements under contention: real commits, the second deed waiting for the first."""

import asyncio
from collections.abc import AsyncIterator, Callable
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.conftest import make_service
from tests.mappings.make import actor_of
from tests.races.test_mappings import Deed, race
from tests.settlements import make
from tests.settlements.make import Exam
from tests.world import World, build_world
from x_pilot_api.core import provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.row_security import act_for
from x_pilot_api.core.settings import Settings
from x_pilot_api.settlements.commands import settlements as commands
from x_pilot_api.settlements.models import Settlement


@pytest.fixture
async def database(new_database: Callable[[], provision.Urls], settings: Settings) -> AsyncIterator[Database]:
    urls = await asyncio.to_thread(new_database)
    database = Database(urls.service, settings)
    yield database
    await database.close()


@pytest.fixture
async def world(database: Database, settings: Settings) -> World:
    async with database.transaction() as session:
        return await build_world(session, make_service(database, settings).sealer)


@pytest.fixture
async def it(database: Database, world: World, settings: Settings) -> Exam:
    async with database.transaction(institution_id=world.schools[0].id) as session:
        exam = await make.exam(session, world, make_service(database, settings), candidates=2)
        await make.charge(session, exam, 0)
    return exam


def _as(world: World, who: str, deed: Callable[..., object], **how: object) -> Deed:
    async def do(session: AsyncSession) -> object:
        actor = await actor_of(session, world, who)
        await act_for(session, actor, institution_id=world.schools[0].id)
        return await deed(session, actor, **how)  # type: ignore[misc]

    return do


async def _kept(database: Database, it: Exam) -> Settlement:
    async with database.transaction(institution_id=it.day.institution_id) as session:
        return (await session.scalars(select(Settlement))).one()


async def _proposed(database: Database, world: World, it: Exam) -> tuple[UUID, str]:
    async with database.transaction() as session:
        await _as(world, "registrar", commands.draw_up_settlement, plan_id=it.plan_id)(session)
    made = await _kept(database, it)
    async with database.transaction() as session:
        await _as(world, "registrar", commands.propose_settlement, settlement_id=made.id)(session)
    return made.id, made.content_hash


async def test_of_two_settlements_drawn_up_at_once_one_stands(database: Database, world: World, it: Exam) -> None:
    draw = _as(world, "registrar", commands.draw_up_settlement, plan_id=it.plan_id)
    assert await race(database, draw, draw) == "settlement_open"
    assert (await _kept(database, it)).number == 1


async def test_nobody_agrees_to_what_was_computed_anew_meanwhile(database: Database, world: World, it: Exam) -> None:
    settlement_id, seen = await _proposed(database, world, it)
    anew = _as(world, "registrar", commands.recompute_settlement, settlement_id=settlement_id)
    agree = {"settlement_id": settlement_id, "content_hash": seen}
    assert await race(database, anew, _as(world, "org_staff", commands.agree_settlement, **agree)) == "not_found"
    assert await race(database, anew, _as(world, "registrar", commands.agree_settlement, **agree)) == (
        "settlement_changed"
    )
    kept = await _kept(database, it)
    assert (kept.state, kept.edition, kept.institution_agreed_hash, kept.organisation_agreed_hash) == (
        *("draft", 3),
        *(None, None),
    )


async def test_a_recomputation_takes_back_an_agreement_it_waited_for(
    database: Database, world: World, it: Exam
) -> None:
    settlement_id, seen = await _proposed(database, world, it)
    agree = _as(world, "org_staff", commands.agree_settlement, settlement_id=settlement_id, content_hash=seen)
    anew = _as(world, "registrar", commands.recompute_settlement, settlement_id=settlement_id)
    assert await race(database, agree, anew) == "done"
    kept = await _kept(database, it)
    assert (kept.state, kept.organisation_agreed_hash) == ("draft", None)


async def test_both_sides_agreeing_at_once_make_it_agreed_and_then_it_stays(
    database: Database, world: World, it: Exam
) -> None:
    settlement_id, seen = await _proposed(database, world, it)
    agree = {"settlement_id": settlement_id, "content_hash": seen}
    ours, theirs = (_as(world, who, commands.agree_settlement, **agree) for who in ("registrar", "org_staff"))
    assert await race(database, ours, theirs) == "done"
    assert (await _kept(database, it)).state == "agreed"
    anew = _as(world, "registrar", commands.recompute_settlement, settlement_id=settlement_id)
    with pytest.raises(Exception, match="deed_not_allowed"):
        async with database.transaction() as session:
            await anew(session)
