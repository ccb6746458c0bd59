"""Deposits that wait until an objection window has ended."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.exams import make
from tests.exams.desk import Desk, set_clock

UNTIL = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
DURING, AFTER = UNTIL - timedelta(seconds=1), UNTIL


@pytest.fixture
async def plan(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> make.Plan:
    set_clock(monkeypatch, DURING)
    await desk.rule()
    await desk.open_accounts(0, 1)
    return await desk.plan(objections_until=UNTIL)


async def figures(desk: Desk, index: int = 0) -> tuple[str, str, str]:
    account = await desk.account(index)
    return account["accumulated"], account["pending"], account["available"]


async def test_until_the_window_ends_the_credits_are_pending(
    desk: Desk, plan: make.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = await desk.push(plan, desk.row(plan))
    told = {name: batch["downstream"][name] for name in ("deposits_posted", "deposits_pending", "credit_deposited")}
    assert told == {"deposits_posted": 0, "deposits_pending": 1, "credit_deposited": "3.00"}
    assert await figures(desk) == ("0.00", "3.00", "0.00")
    (outcome,) = (await desk.account())["outcomes"]
    assert (outcome["reason"], outcome["credit"]) == ("deposit_pending", "3.00")
    assert "2026-07-01T10:00+00:00" in outcome["explanation"]
    assert await desk.post_due_deposits() == 0
    set_clock(monkeypatch, AFTER)
    assert await desk.post_due_deposits() == 1
    assert await figures(desk) == ("3.00", "0.00", "3.00")
    assert await desk.reasons() == {"2": "deposited"}
    assert await desk.post_due_deposits() == 0
    moved = [(entry["phase"], entry["available_after"]) for entry in await desk.entries()]
    assert moved == [("pending", "0.00"), ("post", "3.00")]
    assert (await desk.summary())["moved"] == 300


async def test_a_certificate_lost_within_the_window_never_brings_its_credits(
    desk: Desk, plan: make.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.push(plan, desk.row(plan))
    batch = await desk.push(plan, desk.row(plan, revision=2, **make.FAILED))
    assert batch["downstream"]["deposits_reversed"] == 1
    assert await figures(desk) == ("0.00", "0.00", "0.00")
    set_clock(monkeypatch, AFTER)
    assert await desk.post_due_deposits() == 0
    assert [entry["phase"] for entry in await desk.entries()] == ["pending", "void"]
    summary = await desk.summary()
    assert (summary["moved"], summary["transfers"]) == (0, 2)


async def test_a_certificate_lost_after_the_window_gives_back_what_was_posted(
    desk: Desk, plan: make.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.push(plan, desk.row(plan))
    set_clock(monkeypatch, AFTER)
    await desk.post_due_deposits()
    await desk.push(plan, desk.row(plan, revision=2, grading="voided"))
    assert await figures(desk) == ("0.00", "0.00", "0.00")
    moved = [(entry["phase"], entry["amount"], entry["available_after"]) for entry in await desk.entries()]
    assert moved == [("pending", "3.00", "0.00"), ("post", "3.00", "3.00"), ("single", "-3.00", "0.00")]
    await desk.summary()


async def test_a_result_pushed_after_the_window_is_posted_at_once(
    desk: Desk, plan: make.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, AFTER)
    batch = await desk.push(plan, desk.row(plan))
    assert (batch["downstream"]["deposits_posted"], batch["downstream"]["deposits_pending"]) == (1, 0)
    assert await figures(desk) == ("3.00", "0.00", "3.00")


async def test_an_account_opened_within_the_window_gets_a_pending_deposit(
    desk: Desk, plan: make.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.push(plan, desk.row(plan, 2))
    opened = await desk.open_accounts(2)
    assert (opened["outcomes_recognised"], opened["credit_posted"]) == (1, "0.00")
    assert await figures(desk, 2) == ("0.00", "3.00", "0.00")
    set_clock(monkeypatch, AFTER)
    assert await desk.post_due_deposits() == 1
    assert await figures(desk, 2) == ("3.00", "0.00", "3.00")


async def test_a_lower_level_gives_way_to_a_pending_higher_one_and_comes_back_when_that_is_lost(
    desk: Desk, plan: make.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.rule(level="1", credit=100)
    lower = await desk.plan(levels=("1",), candidates=1)
    await desk.push(lower, desk.row(lower))
    assert await figures(desk) == ("1.00", "0.00", "1.00")
    await desk.push(plan, desk.row(plan))
    assert await figures(desk) == ("0.00", "3.00", "0.00")
    await desk.push(plan, desk.row(plan, revision=2, **make.FAILED))
    assert await figures(desk) == ("1.00", "0.00", "1.00")
    set_clock(monkeypatch, AFTER)
    assert await desk.post_due_deposits() == 0
    await desk.summary()


async def test_a_pending_lower_level_gives_way_too(
    desk: Desk, plan: make.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.rule(level="1", credit=100)
    lower = await desk.plan(levels=("1",), candidates=1, objections_until=UNTIL)
    await desk.push(lower, desk.row(lower))
    await desk.push(plan, desk.row(plan))
    assert await figures(desk) == ("0.00", "3.00", "0.00")
    set_clock(monkeypatch, AFTER)
    assert await desk.post_due_deposits() == 1
    assert await figures(desk) == ("3.00", "0.00", "3.00")
    await desk.push(plan, desk.row(plan, revision=2, grading="voided"))
    assert await figures(desk) == ("1.00", "0.00", "1.00")
    assert [entry["phase"] for entry in await desk.entries()] == [
        "pending",
        "void",
        "pending",
        "post",
        "single",
        "single",
    ]


async def test_each_institution_posts_its_own(desk: Desk, plan: make.Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1))
    later = await desk.plan(candidates=3, levels=("1",), objections_until=UNTIL + timedelta(days=1))
    await desk.rule(level="1", credit=100)
    await desk.open_accounts(2)
    await desk.push(later, desk.row(later, 2))
    set_clock(monkeypatch, AFTER)
    assert await desk.post_due_deposits() == 2
    assert await figures(desk, 2) == ("0.00", "1.00", "0.00")
