"""Sums beside each other's folding, mending, pushes and students who move, with real commits; and folds that die."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams import make
from tests.exams.desk import SYSTEM
from tests.races.arena import Arena, taken
from x_pilot_api.tallies import commands, rules

_TOTAL = text(f"SELECT sum(amount)::bigint FROM ({rules.KEPT}) AS kept WHERE measure = 'results_passed'")
_LEFT = text("SELECT count(*) FROM tally_deltas WHERE institution_id = :institution_id")


async def fold(arena: Arena) -> int:
    async with arena.service.database.transaction() as session:
        return await commands.fold(session, institution_id=arena.world.schools[0].id)


async def mend(arena: Arena) -> int:
    own = arena.world.schools[0].id
    async with arena.service.database.transaction(institution_id=own) as session:
        return await commands.rebuild(session, SYSTEM, institution_id=own)


async def move(arena: Arena, index: int, programme: int) -> httpx.Response:
    there = arena.world.schools[0]
    return await arena.client.patch(
        f"/v1/students/{there.students[index]}",
        json={"programme_id": str(there.programmes[programme]), "reason": "转专业"},
        headers=arena.sign_in("registrar") | {"If-Match": "*"},
    )


async def asked(arena: Arena, statement: Any) -> int:  # noqa: ANN401
    async with arena.service.database.transaction(read_only=True) as session:
        found: int = (await session.execute(statement, {"institution_id": arena.world.schools[0].id})).scalar_one()
    return found


async def test_pushes_moves_folds_and_mending_at_once_lose_and_double_nothing(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    for revision in range(1, 5):
        change = {} if revision % 2 else make.FAILED
        rows = [arena.row(plan, index, revision=revision, **change) for index in range(10)]
        pushed, moved, _, mended, _, _ = await asyncio.gather(
            arena.at_once(plan, rows[:5], rows[5:]),
            asyncio.gather(*(move(arena, index, revision % 2) for index in (0, 4, 7))),
            fold(arena),
            mend(arena),
            fold(arena),
            mend(arena),
        )
        taken(pushed)
        assert [answer.status_code for answer in moved] == [200] * 3
        # Beside whatever is at work there is never anything to mend.
        assert mended == 0
        await arena.hold_true()
    await fold(arena)
    assert await asked(arena, _LEFT) == 0
    await arena.hold_true()


@pytest.mark.parametrize("is_folded", [False, True])
async def test_a_fold_that_dies_in_the_middle_has_done_nothing(arena: Arena, *, is_folded: bool) -> None:
    plan = await arena.plan()
    await arena.push(plan, *(arena.row(plan, index) for index in range(6)))
    own, before = arena.world.schools[0].id, await asked(arena, _LEFT)
    killed = arena.service.database.sessions()
    async with killed as session:
        await session.begin()
        if is_folded:
            assert await commands.fold(session, institution_id=own) == before
        await _kill(session)
        with pytest.raises((DBAPIError, InterfaceError)):
            await session.execute(text("SELECT 1"))
    assert (await asked(arena, _LEFT), await asked(arena, _TOTAL)) == (before, 6)
    # Its turn ended with it.
    while not await fold(arena):
        await asyncio.sleep(0)
    assert (await asked(arena, _LEFT), await asked(arena, _TOTAL)) == (0, 6)
    await arena.hold_true()


async def _kill(session: AsyncSession) -> None:
    """End a transaction's connection without a word, as a crash of its process would."""
    driver: Any = (await (await session.connection()).get_raw_connection()).driver_connection
    driver.terminate()
