"""From the lock to the settlement, by the real deeds: every figure of it can be had from the book's transfers alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from tests.charges.money import FEE, Money
from tests.charges.till import Till
from tests.exams.desk import Desk, SignIn, set_clock
from tests.exams.hall import IN_MAY, Hall
from tests.world import World
from x_pilot_api.core.service import Service

# What each kind of account was given, less what was taken from it, of money alone.
_NET = """
SELECT account.kind,
    sum(CASE WHEN moved.credit_account_id = account.id THEN moved.amount ELSE -moved.amount END)::bigint AS net
FROM transfers AS moved
JOIN ledger_accounts AS account ON account.institution_id = moved.institution_id
    AND account.id IN (moved.credit_account_id, moved.debit_account_id)
WHERE moved.unit = 'cny' AND moved.phase = 'single' GROUP BY account.kind
"""


@pytest.fixture
def money(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Money:
    set_clock(monkeypatch, IN_MAY)
    return Money(Till(Hall(Desk(client, sign_in, world, service)), monkeypatch))


async def _net(money: Money) -> dict[str, int]:
    database = money.till.hall.desk.service.database
    async with database.transaction(institution_id=money.till.school_id) as session:
        return {row.kind: row.net for row in (await session.execute(text(_NET))).all()}


async def _agrees_with_the_book(money: Money, told: dict[str, Any]) -> None:
    net = await _net(money)
    book = {name: net.get(name, 0) for name in ("fee_income", "fee_waiver", "fee_refunded", "fee_received")}
    assert told["due_fen"] + told["before_fen"] == book["fee_income"] + book["fee_waiver"] + book["fee_refunded"]
    assert told["charged_fen"] - told["cancelled_fen"] == book["fee_income"]
    assert (told["waived_fen"], told["reduced_fen"]) == (-book["fee_waiver"], -book["fee_refunded"])
    fund = sum(line["paid_fen"] for line in told["lines"] if line["payer"] == "subsidy")
    assert fund == -net.get("fee_subsidy", 0)
    assert told["paid_fen"] - fund - told["refunded_fen"] == -book["fee_received"]
    assert told["due_fen"] == sum(line["due_fen"] - line["before_fen"] for line in told["lines"])


async def test_a_settlement_says_what_the_book_says(money: Money) -> None:
    hall = money.till.hall
    await money.publish()
    await money.relief(1, what={"share": 2_500})
    await money.relief(2, kind="subsidy", what={"amount_fen": 10_000})
    plan = await hall.plan()
    made = await hall.registered(plan, 0, 1, 2, 3)
    await money.till.lock(plan)
    for index, amount in ((0, FEE), (1, 10_000)):
        charge = await money.charge_of(made[index])
        body = {"amount_fen": amount, "document_number": f"收{index}", "paid_on": "2026-05-20"}
        paid = await hall.done(f"/charges/{charge.id}/payments", body, who="coordinator")
        await hall.done(f"/payments/{paid['id']}:confirm", who="registrar")
    back = await money.charge_of(made[0])
    wish = {"amount_fen": 1_500, "cause": "overcharge", "reason": "多收", "document_number": "退1号"}
    await hall.done(f"/charges/{back.id}:refund", wish, who="registrar")
    # What is recorded by the server's clock is after May.
    money.till.at(datetime.now(UTC) + timedelta(hours=1))
    first = await hall.done(f"/exam-plans/{plan['id']}/settlements", who="registrar")
    assert (first["candidates"], first["charged_fen"], first["reduced_fen"]) == (4, 4 * FEE, 1_500)
    await _agrees_with_the_book(money, first)
    shown = await hall.done(f"/settlements/{first['id']}:propose", who="registrar")
    for who in ("registrar", "org_staff"):
        await hall.done(f"/settlements/{first['id']}:agree", {"content_hash": shown["content_hash"]}, who=who)

    await hall.done(f"/exam-plans/{plan['id']}:cancel", {"reason": "疫情"}, who="org_staff")
    money.till.at(datetime.now(UTC) + timedelta(hours=2))
    second = await hall.done(f"/exam-plans/{plan['id']}/settlements", who="registrar")
    assert (second["number"], second["due_fen"]) == (2, -first["due_fen"])
    assert second["refunded_fen"] == second["paid_fen"] == FEE + 10_000
    await _agrees_with_the_book(money, second)
