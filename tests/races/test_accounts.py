"""Deeds on credit accounts that meet each other, with real commits: one account each, every credit once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams.desk import set_clock
from tests.races.arena import Arena
from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor

REASON = {"reason": "a race"}
UNTIL = datetime(2026, 7, 1, tzinfo=UTC)


async def do(arena: Arena, deed: str, account_id: str) -> int:
    """Do a deed on an account."""
    answer = await arena.client.post(
        f"/v1/credit-accounts/{account_id}:{deed}", json=REASON, headers=arena.sign_in("registrar")
    )
    return answer.status_code


async def test_of_openings_that_meet_each_student_gets_one_account(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.push(plan, *(arena.row(plan, index) for index in range(10)))
    opened = await asyncio.gather(*(arena.open_accounts() for _ in range(4)))
    assert sorted(it["opened"] for it in opened) == [0, 0, 0, 10]
    assert set(await arena.accumulated()) == {"3.00"}
    assert (await arena.summary())["moved"] == 3_000
    await arena.hold_true()


async def test_a_deposit_that_meets_a_freeze_is_posted_before_it_or_waits(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    accounts = [(await arena.account(index))["id"] for index in range(6)]
    for index, account_id in enumerate(accounts):
        deeds = [arena.push(plan, arena.row(plan, index)), do(arena, "freeze", account_id)]
        if index % 2:
            deeds.reverse()
        await asyncio.gather(*deeds)
        account = await arena.account(index)
        [outcome] = account["outcomes"]
        assert account["state"] == "frozen"
        assert (outcome["reason"], account["accumulated"]) in {("deposited", "3.00"), ("account_not_open", "0.00")}
        assert await do(arena, "unfreeze", account_id) == 200
        assert (await arena.account(index))["accumulated"] == "3.00"
    await arena.hold_true()


async def test_of_two_who_close_an_account_one_does_and_there_is_one_statement(arena: Arena) -> None:
    await arena.open_accounts(0)
    account_id = (await arena.account())["id"]
    assert sorted(await asyncio.gather(*(do(arena, "close", account_id) for _ in range(4)))) == [200, 409, 409, 409]
    assert (await arena.get(f"/v1/credit-accounts/{account_id}/closing-statement"))["movements"] == 0


async def test_posting_due_deposits_that_breaks_off_half_way_neither_doubles_nor_loses(
    arena: Arena, monkeypatch: pytest.MonkeyPatch
) -> None:
    await arena.rule()
    plan = await arena.plan(objections_until=UNTIL)
    await arena.open_accounts()
    set_clock(monkeypatch, UNTIL - timedelta(days=1))
    await arena.push(plan, *(arena.row(plan, index) for index in range(10)))
    set_clock(monkeypatch, UNTIL - timedelta(microseconds=1))
    assert await arena.post_due_deposits() == 0
    set_clock(monkeypatch, UNTIL)
    record = audit.record

    async def break_off(session: AsyncSession, actor: Actor, deed: str, **named: Any) -> None:  # noqa: ANN401
        if deed == "post_due_deposits":
            raise ConnectionError
        await record(session, actor, deed, **named)

    with monkeypatch.context() as broken:
        broken.setattr(audit, "record", break_off)
        with pytest.raises(ConnectionError):
            await arena.post_due_deposits()
    assert set(await arena.accumulated()) == {"0.00"}
    posted = await asyncio.gather(*(arena.post_due_deposits() for _ in range(3)))
    assert sorted(posted) == [0, 0, 10]
    assert set(await arena.accumulated()) == {"3.00"}
    await arena.hold_true()
