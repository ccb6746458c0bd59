"""Of one student's levels of the same certificate only the highest brings credits, whatever came first."""

from dataclasses import dataclass

import pytest

from tests.exams import make
from tests.exams.desk import Desk


@dataclass
class Levels:
    """A plan for each of two levels of one certificate; level 1 brings 1.00, level 2 brings 3.00."""

    lower: make.Plan
    higher: make.Plan


@pytest.fixture
async def levels(desk: Desk) -> Levels:
    await desk.rule(level="1", credit=100)
    await desk.rule(level="2", credit=300)
    await desk.open_accounts(0)
    return Levels(await desk.plan(levels=("1",), candidates=1), await desk.plan(levels=("2",), candidates=1))


async def test_a_higher_level_later_takes_the_lower_ones_credits_back(desk: Desk, levels: Levels) -> None:
    await desk.push(levels.lower, desk.row(levels.lower))
    assert (await desk.account())["accumulated"] == "1.00"
    batch = await desk.push(levels.higher, desk.row(levels.higher))
    told = {name: batch["downstream"][name] for name in ("deposits_posted", "deposits_reversed", "credit_deposited")}
    assert told == {"deposits_posted": 1, "deposits_reversed": 1, "credit_deposited": "3.00"}
    assert (await desk.account())["accumulated"] == "3.00"
    assert await desk.reasons() == {"1": "higher_level_counts", "2": "deposited"}
    moved = [(entry["kind"], entry["amount"], entry["available_after"]) for entry in await desk.entries()]
    assert moved == [("deposit", "1.00", "1.00"), ("give_way", "-1.00", "0.00"), ("deposit", "3.00", "3.00")]
    assert {award["state"] for award in await desk.awards()} == {"valid"}


async def test_a_lower_level_later_brings_nothing(desk: Desk, levels: Levels) -> None:
    await desk.push(levels.higher, desk.row(levels.higher))
    batch = await desk.push(levels.lower, desk.row(levels.lower))
    assert batch["downstream"]["outcomes"] == {"higher_level_counts": 1}
    assert (await desk.account())["accumulated"] == "3.00"
    (outcome,) = (found for found in (await desk.account())["outcomes"] if found["level"] == "1")
    assert outcome["explanation"] == "同一或相近证书以最高等级计，较高等级已存入学分（本级规则 1.00 学分）。"


@pytest.mark.parametrize("lower_first", [True, False], ids=["lower first", "higher first"])
async def test_losing_the_higher_level_brings_the_lower_one_back(
    desk: Desk, levels: Levels, *, lower_first: bool
) -> None:
    order = (levels.lower, levels.higher) if lower_first else (levels.higher, levels.lower)
    for plan in order:
        await desk.push(plan, desk.row(plan))
    batch = await desk.push(levels.higher, desk.row(levels.higher, revision=2, grading="voided"))
    told = {name: batch["downstream"][name] for name in ("deposits_posted", "deposits_reversed", "credit_deposited")}
    assert told == {"deposits_posted": 1, "deposits_reversed": 1, "credit_deposited": "1.00"}
    assert await desk.reasons() == {"1": "deposited", "2": "award_revoked"}
    assert (await desk.account())["accumulated"] == "1.00"
    batch = await desk.push(levels.higher, desk.row(levels.higher, revision=3))
    assert batch["downstream"]["deposits_reversed"] == 1
    assert (await desk.account())["accumulated"] == "3.00"
    reasons = [(found["level"], found["reason"]) for found in (await desk.account())["outcomes"]]
    assert sorted(reasons) == [("1", "higher_level_counts"), ("2", "award_revoked"), ("2", "deposited")]
    await desk.summary()


async def test_losing_the_lower_level_leaves_the_higher_one_alone(desk: Desk, levels: Levels) -> None:
    for plan in (levels.lower, levels.higher):
        await desk.push(plan, desk.row(plan))
    batch = await desk.push(levels.lower, desk.row(levels.lower, revision=2, **make.FAILED))
    assert (batch["downstream"]["awards_revoked"], batch["downstream"]["deposits_reversed"]) == (1, 0)
    assert await desk.reasons() == {"1": "award_revoked", "2": "deposited"}
    await desk.push(levels.higher, desk.row(levels.higher, revision=2, **make.FAILED))
    assert (await desk.account())["accumulated"] == "0.00"


async def test_levels_may_be_won_and_lost_together_in_one_push(desk: Desk) -> None:
    await desk.rule(level="1", credit=100)
    await desk.rule(level="2", credit=300)
    await desk.open_accounts(0)
    plan = await desk.plan(levels=("1", "2"), candidates=1)

    async def push(revision: int, *, lower: bool, higher: bool) -> str:
        document = desk.world.schools[0].documents[0]
        rows = [
            desk.row(plan, at, revision=revision, document_number=document, **({} if wins else make.FAILED))
            for at, wins in enumerate((lower, higher))
        ]
        await desk.push(plan, *rows)
        await desk.summary()
        accumulated: str = (await desk.account())["accumulated"]
        return accumulated

    assert await push(1, lower=True, higher=True) == "3.00"
    assert await push(2, lower=True, higher=False) == "1.00"
    assert await push(3, lower=False, higher=True) == "3.00"
    assert await push(4, lower=True, higher=True) == "3.00"
    assert await push(5, lower=False, higher=False) == "0.00"
    assert await push(6, lower=True, higher=False) == "1.00"


async def test_a_higher_level_that_brings_nothing_takes_nothing_from_the_lower(desk: Desk, levels: Levels) -> None:
    await desk.limit(credit=0, level="2")
    await desk.push(levels.lower, desk.row(levels.lower))
    await desk.push(levels.higher, desk.row(levels.higher))
    assert await desk.reasons() == {"1": "deposited", "2": "limit_leaves_nothing"}
    assert (await desk.account())["accumulated"] == "1.00"


async def test_another_certificates_levels_are_another_matter(desk: Desk, levels: Levels) -> None:
    await desk.rule(level="1", credit=50, organisation=1)
    other = await desk.plan(levels=("1",), organisation=1, candidates=1)
    await desk.push(levels.higher, desk.row(levels.higher))
    answer = await desk.send(other, desk.row(other), who="machine_2")
    assert answer.json()["downstream"]["outcomes"] == {"deposited": 1}
    assert (await desk.account())["accumulated"] == "3.50"
