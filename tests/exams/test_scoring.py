"""What scores come to: every organisation has its own scheme, and ours is computed to the hundredth."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exams import make
from tests.exams.conditions import Part
from tests.exams.desk import Desk


def share(theory: int, practical: int) -> int:
    """Compute 40 % and 60 % of two scores in hundredths, halves rounded up."""
    return int((Fraction(theory * 40 + practical * 60, 100) + Fraction(1, 2)) // 1)


def shown(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


async def test_what_rounds_to_the_pass_mark_passes(desk: Desk) -> None:
    plan = await desk.plan()
    batch = await desk.push(
        plan,
        desk.row(plan, 0, components=make.scores("100.00", "33.33"), total="60.00", passed=True),
        desk.row(plan, 1, components=make.scores("100.00", "33.32"), total="59.99", passed=False),
    )
    assert (batch["accepted"], batch["downstream"]["awards_issued"]) == (2, 1)
    assert len(await desk.awards(0)) == 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_any_two_scores_come_to_their_exact_share(desk: Desk, data: st.DataObject) -> None:
    mark = st.integers(min_value=0, max_value=10_000)
    pairs = data.draw(st.lists(st.tuples(mark, mark), min_size=10, max_size=10))
    plan = await desk.plan()
    rows = [
        desk.row(
            plan,
            index,
            components=make.scores(shown(theory), shown(practical)),
            total=shown(share(theory, practical)),
            passed=share(theory, practical) >= 6_000,
        )
        for index, (theory, practical) in enumerate(pairs)
    ]
    batch = await desk.push(plan, *rows)
    assert batch["codes"] == {}
    assert batch["accepted"] == len(pairs)


async def test_a_half_made_of_thirds_and_twelfths_still_rounds_up(desk: Desk) -> None:
    # 1/12 + 1/12 + 1/3 is one half; each part alone has no end, and cut short they fall below it.
    scheme_id = await desk.scheme(Part("a", 25, 1_200), Part("b", 25, 1_200), Part("c", 50, 300), pass_mark=38)
    plan = await desk.plan(scheme_id=scheme_id)
    row = desk.row(plan, components={"a": "0.01", "b": "0.01", "c": "0.02"}, total=None)
    assert Fraction(1 * 25 * 100, 1_200) * 2 + Fraction(2 * 50 * 100, 300) == Fraction(75, 2)
    assert await desk.code(plan, row | {"total": "0.38", "passed": True}) is None


async def test_a_full_mark_other_than_a_hundred_is_scaled(desk: Desk) -> None:
    scheme_id = await desk.scheme(Part("theory", 30, 15_000), Part("practical", 70, 5_000), pass_mark=8_000)
    plan = await desk.plan(scheme_id=scheme_id)
    found = await desk.outcomes(
        plan,
        desk.row(plan, 0, components=make.scores("150", "35.71"), total="79.99", passed=False),
        desk.row(plan, 1, components=make.scores("149.99", "50"), total="100.00", passed=True),
        desk.row(plan, 2, components=make.scores("150.01", "50"), total=None, passed=None),
        desk.row(plan, 3, components=make.scores("0", "50.01"), total=None, passed=None),
    )
    assert [row["code"] for row in found] == [None, None, "score_out_of_range", "score_out_of_range"]
    assert found[2]["detail"] == "成绩项 theory 为 150.01，应在 0 至 150.00 之间。"
    assert found[3]["detail"] == "成绩项 practical 为 50.01，应在 0 至 50.00 之间。"
    assert [len(await desk.awards(index)) for index in (0, 1)] == [0, 1]


async def test_where_every_component_must_be_passed_no_total_makes_up_for_one(desk: Desk) -> None:
    parts = (Part("theory", 40, pass_mark=6_000), Part("practical", 60, pass_mark=7_000))
    scheme_id = await desk.scheme(*parts, combination="every_component", pass_mark=None)
    plan = await desk.plan(scheme_id=scheme_id)
    batch = await desk.push(
        plan,
        desk.row(plan, 0, components=make.scores("60", "70"), total="66", passed=True),
        desk.row(plan, 1, components=make.scores("59.99", "100"), total="84", passed=False),
        desk.row(plan, 2, components=make.scores("100", "69.99"), total="81.99", passed=False),
    )
    assert (batch["accepted"], batch["downstream"]["awards_issued"]) == (3, 1)
    assert len(await desk.awards(0)) == 1


async def test_a_component_of_a_sum_may_have_a_mark_to_reach_too(desk: Desk) -> None:
    scheme_id = await desk.scheme(Part("theory", 40, pass_mark=3_000), Part("practical", 60))
    plan = await desk.plan(scheme_id=scheme_id)
    found = await desk.outcomes(
        plan,
        desk.row(plan, 0, components=make.scores("30", "100"), total="72", passed=True),
        desk.row(plan, 1, components=make.scores("29.99", "100"), total="72", passed=False),
    )
    assert [row["code"] for row in found] == [None, None]


async def test_a_plan_keeps_the_scheme_it_was_announced_with(desk: Desk) -> None:
    plan = await desk.plan()
    await desk.scheme(Part("theory", 40), Part("practical", 60), pass_mark=9_000)
    batch = await desk.push(plan, desk.row(plan))
    assert batch["downstream"]["awards_issued"] == 1


@pytest.mark.parametrize("zero", ["0", "0.00", "-0", "-0.00"])
async def test_zero_is_a_score(desk: Desk, zero: str) -> None:
    plan = await desk.plan(candidates=1)
    row = desk.row(plan, components=make.scores(zero, "0"), total="0", passed=False)
    assert (await desk.outcome(plan, row))["outcome"] == "accepted"
