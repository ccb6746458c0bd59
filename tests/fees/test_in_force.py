"""Which fee is in force on a day, one by one and for many rows at once."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from tests.fees.make import store_ceiling, store_standard
from tests.world import World
from x_pilot_api.core import db
from x_pilot_api.fees import queries

JUNE = date(2026, 6, 1)
Y26, Y27 = date(2026, 1, 1), date(2027, 1, 1)
DAYS = (date(2025, 12, 31), Y26, date(2026, 5, 31), JUNE, date(2026, 12, 31), Y27)

MANY = f"""
SELECT asked.day, standard.fee_fen FROM unnest(CAST(:days AS date[])) AS asked (day)
{
    queries.join_standard(
        institution_id=":institution_id", certificate_level_id=":level_id", exam_form="'computer'", day="asked.day"
    )
} ORDER BY asked.day
"""


async def _fees(session: AsyncSession, world: World) -> list[int | None]:
    """Ask for the fee of each day one by one, and see that asking for all at once says the same."""
    where = {"institution_id": world.schools[0].id, "certificate_level_id": world.organisations[0].levels["2"]}
    found = [await queries.find_standard_in_force(session, **where, exam_form="computer", on=day) for day in DAYS]
    fees = [standard.fee_fen if standard else None for standard in found]
    bound = {"institution_id": world.schools[0].id, "level_id": world.organisations[0].levels["2"], "days": list(DAYS)}
    rows = (await session.execute(text(MANY), bound)).all()
    assert [row.fee_fen for row in rows] == fees
    return fees


async def test_a_fee_is_in_force_once_published_from_its_first_day_until_before_its_end(
    session: AsyncSession, world: World
) -> None:
    ceiling_id = await store_ceiling(session)
    await store_standard(session, world, ceiling_id=ceiling_id)
    assert await _fees(session, world) == [None] * 6
    await store_standard(session, world, ceiling_id=ceiling_id, state="published", fee_fen=40_000)
    assert await _fees(session, world) == [None, *[40_000] * 4, None]


async def test_what_was_superseded_or_suspended_stays_true_of_the_days_before(
    session: AsyncSession, world: World
) -> None:
    ceiling_id = await store_ceiling(session)
    before = {"fee_fen": 40_000, "state": "superseded", "ended_on": JUNE, "effective_to": None}
    await store_standard(session, world, ceiling_id=ceiling_id, **before)  # pyright: ignore[reportArgumentType]
    await store_standard(session, world, ceiling_id=ceiling_id, state="published", fee_fen=39_000, effective_from=JUNE)
    assert await _fees(session, world) == [None, 40_000, 40_000, 39_000, 39_000, None]
    on = await queries.list_standards_in_force(session, institution_id=world.schools[0].id, on=JUNE)
    assert [standard.fee_fen for standard in on] == [39_000]


async def test_two_fees_are_never_in_force_on_one_day(session: AsyncSession, world: World) -> None:
    ceiling_id = await store_ceiling(session)
    await store_standard(session, world, ceiling_id=ceiling_id, state="superseded", ended_on=JUNE)
    with pytest.raises(IntegrityError) as refused:
        async with db.attempt(session):
            await store_standard(
                session, world, ceiling_id=ceiling_id, state="published", effective_from=date(2026, 5, 31)
            )
    assert db.refused_by(refused.value)[0] == "fee_standards_no_overlap_excl"
    await store_standard(session, world, ceiling_id=ceiling_id, state="published", effective_from=JUNE)


async def test_the_ceilings_of_a_day_are_listed(session: AsyncSession) -> None:
    first = await store_ceiling(session, effective_to=Y27)
    second = await store_ceiling(session, effective_from=Y27)
    for day, expected in ((date(2025, 12, 31), []), (Y26, [first]), (Y27, [second])):
        assert [ceiling.id for ceiling in await queries.list_ceilings_in_force(session, on=day)] == expected
