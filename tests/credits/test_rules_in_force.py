"""Which rule a certificate's credits come from, and what limits leave of them."""

from datetime import date

from tests.exams import make
from tests.exams.desk import Desk


async def test_without_a_published_rule_the_certificate_is_recognised_and_brings_nothing(desk: Desk) -> None:
    plan = await desk.plan()
    await desk.open_accounts(0)
    batch = await desk.push(plan, desk.row(plan))
    assert batch["downstream"]["outcomes"] == {"no_published_mapping": 1}
    account = await desk.account()
    assert account["accumulated"] == "0.00"
    (outcome,) = account["outcomes"]
    assert (outcome["state"], outcome["reason"], outcome["mapping_id"]) == ("recognised", "no_published_mapping", None)
    assert outcome["explanation"] == "考试当日没有适用于该专业和年级的已发布转换规则，未存入学分。"


async def test_a_rule_that_is_not_published_or_not_for_this_student_brings_nothing(desk: Desk) -> None:
    for version, state in enumerate(("draft", "agreed", "approved", "filed", "withdrawn"), start=1):
        await desk.rule(version=version, state=state)
    await desk.rule(version=6, entry_years=(2025, 2025))
    await desk.rule(level="1")
    await desk.rule(organisation=1)
    await desk.rule(school=1)
    plan = await desk.plan()
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan))
    assert await desk.reasons() == {"2": "no_published_mapping"}


async def test_the_rule_of_the_day_of_the_exam_counts(desk: Desk) -> None:
    until = make.EXAM_ON
    first = await desk.rule(version=1, credit=100, effective_to=until, state="superseded")
    second = await desk.rule(
        version=2, credit=200, effective_from=until, effective_to=date(2026, 7, 1), state="superseded"
    )
    await desk.rule(version=3, credit=300, effective_from=date(2026, 7, 1))
    before, on_the_day = await desk.plan(exam_on=date(2026, 6, 19)), await desk.plan()
    await desk.open_accounts(0, 1)
    await desk.push(before, desk.row(before, 0))
    await desk.push(on_the_day, desk.row(on_the_day, 1))
    found = [(await desk.account(index))["outcomes"][0] for index in (0, 1)]
    assert [(outcome["mapping_id"], outcome["mapping_version"], outcome["credit"]) for outcome in found] == [
        (str(first), 1, "1.00"),
        (str(second), 2, "2.00"),
    ]
    assert found[1]["explanation"] == "按规则第 2 版存入 2.00 学分（规则 2.00 学分）。"


async def test_a_rule_that_takes_effect_after_the_exam_does_not_count(desk: Desk) -> None:
    await desk.rule(effective_from=date(2026, 6, 21))
    plan = await desk.plan()
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan))
    assert await desk.reasons() == {"2": "no_published_mapping"}


async def test_a_limit_cuts_the_deposit_and_the_account_tells_both_figures(desk: Desk) -> None:
    await desk.rule(credit=300)
    await desk.limit(credit=250)
    plan = await desk.plan()
    await desk.open_accounts(0)
    batch = await desk.push(plan, desk.row(plan))
    assert batch["downstream"]["credit_deposited"] == "2.50"
    account = await desk.account()
    assert account["accumulated"] == "2.50"
    (outcome,) = account["outcomes"]
    assert (outcome["reason"], outcome["rule_credit"], outcome["credit"]) == ("deposited", "3.00", "2.50")
    assert outcome["explanation"] == "按规则第 1 版存入 2.50 学分（规则 3.00 学分）。"


async def test_a_limit_of_nothing_leaves_nothing_and_says_so(desk: Desk) -> None:
    await desk.rule(credit=300)
    await desk.limit(credit=0, level="2")
    plan = await desk.plan()
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan))
    account = await desk.account()
    assert account["accumulated"] == "0.00"
    (outcome,) = account["outcomes"]
    assert (outcome["state"], outcome["reason"]) == ("recognised", "limit_leaves_nothing")
    assert outcome["explanation"] == "规则给 3.00 学分，但当日适用的上限为 0，未存入学分。"
    assert await desk.entries() == []


async def test_the_levels_own_limit_goes_before_the_general_one_and_of_two_kinds_the_lower_counts(desk: Desk) -> None:
    await desk.rule(credit=300)
    await desk.rule(credit=300, level="1")
    await desk.limit(credit=100)
    await desk.limit(credit=280, level="2")
    await desk.limit(credit=260, code="credit_bank")
    plans = [await desk.plan(levels=("2",)), await desk.plan(levels=("1",))]
    await desk.open_accounts(0, 1)
    for index, plan in enumerate(plans):
        await desk.push(plan, desk.row(plan, index))
    assert [(await desk.account(index))["accumulated"] for index in (0, 1)] == ["2.60", "1.00"]


async def test_a_limit_of_another_day_or_level_cuts_nothing(desk: Desk) -> None:
    await desk.rule(credit=300)
    await desk.limit(credit=1, effective_from=date(2026, 6, 21))
    await desk.limit(credit=2, effective_to=make.EXAM_ON)
    await desk.limit(credit=3, level="1")
    plan = await desk.plan()
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan))
    assert (await desk.account())["accumulated"] == "3.00"
