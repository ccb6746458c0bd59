"""What is not held costs nothing: what was paid goes back to the fen, attempts come back, and a new seat costs anew."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.charges.money import FEE, Money
from tests.charges.test_charges import pay
from tests.exams.desk import Json
from x_pilot_api.charges.rules import raising


async def cancelled(money: Money) -> tuple[Json, list[Json]]:
    """Let three who are locked, one of whom paid all and one a part, lose the sitting that they had seats in."""
    hall = money.till.hall
    await money.publish()
    await money.relief(2, what={"share": 2_500})
    plan = await hall.plan()
    sitting_id = await hall.sitting(plan, seats=3)
    made = await hall.registered(plan, 0, 1, 2)
    await money.till.lock(plan)
    await pay(money, (await money.charge_of(made[0])).id, FEE)
    await pay(money, (await money.charge_of(made[1])).id, 10_000)
    await hall.done(f"/exam-sittings/{sitting_id}:cancel", {"reason": "停电"}, who="org_staff")
    return plan, made


async def raised(money: Money, plan: Json) -> int:
    """Raise what is not charged yet, and tell how many."""
    told = await money.till.hall.done(f"/exam-plans/{plan['id']}/charges:raise", who="registrar")
    return int(told["charges"])


async def test_a_cancelled_sitting_gives_back_exactly_what_was_paid_and_restores_guarantees(money: Money) -> None:
    await cancelled(money)
    assert await money.charges() == [("institution", "cancelled", FEE)] * 3
    refunds = "SELECT string_agg(amount_fen || ' ' || cause, ', ' ORDER BY amount_fen) FROM charge_refunds"
    assert await money.till.count(refunds) == "10000 sitting_cancelled, 41500 sitting_cancelled"
    assert [await money.till.guarantee(index) for index in range(3)] == [("available", None, 0)] * 3
    assert {(await money.till.events(index))[-1] for index in range(3)} == {("restore", "sitting_cancelled")}
    assert await money.accounts() == {}
    await money.drift()


async def test_whoever_is_seated_again_is_charged_again_with_the_seat_and_nobody_else(money: Money) -> None:
    plan, made = await cancelled(money)
    assert await raised(money, plan) == 0
    await money.till.hall.sitting(plan, seats=2)
    await money.till.hall.look()
    assert await raised(money, plan) == 0
    now = [await money.charge_of(each) for each in made]
    assert [(each.state, each.is_guaranteed, each.paid_fen) for each in now] == [
        ("open", True, 0),
        ("open", True, 0),
        ("cancelled", True, 0),
    ]
    assert [(await money.till.guarantee(index))[0] for index in range(3)] == ["reserved", "reserved", "available"]
    assert await money.accounts() == {"fee_income": 2 * FEE, "fee_owed_institution": -2 * FEE}
    await money.drift()


async def test_whoever_has_no_fee_at_the_new_seat_is_charged_once_there_is_one(money: Money) -> None:
    plan, _ = await cancelled(money)
    await _suspend(money)
    await money.till.hall.sitting(plan, seats=3)
    await money.till.hall.look()
    assert {state for _, state, _ in await money.charges()} == {"cancelled"}
    await _suspend(money, back=True)
    assert await raised(money, plan) == 3


async def _suspend(money: Money, *, back: bool = False) -> None:
    """Take the fee that was published away for a while."""
    states = ("suspended", "published") if back else ("published", "suspended")
    change = "UPDATE fee_standards SET state = :to WHERE state = :of RETURNING 1"
    await money.till.count(change, of=states[0], to=states[1])


async def test_where_nobody_asks_for_a_seat_since_what_was_undone_is_charged_again(
    money: Money, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raising, "UNDONE", "false")
    plan, _ = await cancelled(money)
    assert await raised(money, plan) == 3


async def test_the_export_has_a_row_a_charge_in_yuan_and_is_on_record(money: Money) -> None:
    _, made = await cancelled(money)
    desk = money.till.hall.desk
    answer = await desk.client.get("/v1/charges:export", headers=desk.sign_in("registrar") | {"Accept-Language": "en"})
    assert answer.status_code == 200, answer.text
    rows: list[list[Any]] = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:6] == ["Charge", "Registration", "Exam form", "Payer", "State", "Amount (yuan)"]
    assert [row[1] for row in rows[1:]] == [each["id"] for each in made]
    figures = [[Decimal(str(cell)) for cell in row[5:11]] for row in rows[1:]]
    assert figures == [[415, 0, 0, paid, paid, 0] for paid in (415, 100, 0)]
    only = await desk.client.get("/v1/charges:export", params={"state": "open"}, headers=desk.sign_in("registrar"))
    assert len(CalamineWorkbook.from_filelike(BytesIO(only.content)).get_sheet_by_index(0).to_python()) == 1
    taken = "SELECT count(*) FROM audit_events WHERE deed = 'export_charges'"
    assert await money.till.count(taken) == 2
