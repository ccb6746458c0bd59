"""One charge, one refund, one guaranteed attempt and one callback, wanted twice at once and with real commits."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.charges.money import FEE, Money
from tests.charges.test_payments import callback, voucher
from tests.charges.till import Till
from tests.exams.desk import Desk, set_clock
from tests.exams.hall import CLOSED, IN_MAY, Hall


@pytest.fixture
async def money(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Money:
    set_clock(monkeypatch, IN_MAY)
    return Money(Till(Hall(desk), monkeypatch))


async def at_once(*asked: Any) -> list[int]:  # noqa: ANN401
    """Ask for several things at once, and tell how each was answered."""
    answers = await asyncio.gather(*asked)
    return sorted(answer.status_code for answer in answers)


async def test_one_attempt_is_reserved_by_one_of_two_registrations(money: Money) -> None:
    till = money.till
    first, second = await till.hall.plan(), await till.hall.plan("1")
    level = str(till.hall.level("1"))
    found = await at_once(
        *(
            till.hall.register(plan, 0, **wish)
            for plan, wish in ((first, {}), (second, {"certificate_level_id": level}))
        )
    )
    assert found == [201, 201]
    events = await till.events(0)
    assert sorted(deed for deed, _ in events) == ["grant", "reserve"]


async def test_a_registration_is_charged_once_however_often_it_is_raised(money: Money) -> None:
    await money.publish()
    plan = await money.till.hall.plan()
    await money.till.hall.registered(plan, 0, 1)
    money.till.at(CLOSED)
    lock = f"/exam-plans/{plan['id']}/registrations:lock"
    raise_ = f"/exam-plans/{plan['id']}/charges:raise"
    asked = [money.till.hall.post(lock, who="org_staff") for _ in range(3)]
    asked += [money.till.hall.post(raise_, who="registrar") for _ in range(3)]
    assert await at_once(*asked) == [200] * 6
    assert await money.charges() == [("institution", "open", FEE)] * 2
    await money.drift()


async def paid(money: Money) -> UUID:
    """Let one fee be paid in full."""
    await money.publish()
    plan = await money.till.hall.plan()
    (made,) = await money.till.hall.registered(plan, 0)
    await money.till.lock(plan)
    charge_id = (await money.charge_of(made)).id
    payment = await money.till.hall.done(f"/charges/{charge_id}/payments", voucher(FEE), who="coordinator")
    confirm = f"/payments/{payment['id']}:confirm"
    assert await at_once(*(money.till.hall.post(confirm, who="registrar") for _ in range(4))) == [200, 409, 409, 409]
    return charge_id


async def test_what_was_paid_is_given_back_once(money: Money) -> None:
    charge_id = await paid(money)
    body = {"cause": "overcharge", "amount_fen": FEE, "document_number": "退1", "reason": "多收"}
    refund = f"/charges/{charge_id}:refund"
    assert await at_once(*(money.till.hall.post(refund, body, who="registrar") for _ in range(4))) == [
        201,
        409,
        409,
        409,
    ]
    await money.drift()
    assert "fee_received" not in await money.accounts()


async def test_a_callback_said_many_times_at_once_counts_once(money: Money) -> None:
    await money.publish()
    plan = await money.till.hall.plan()
    (made,) = await money.till.hall.registered(plan, 0)
    await money.till.lock(plan)
    charge_id = (await money.charge_of(made)).id
    order = await money.till.hall.done(f"/charges/{charge_id}/payments:start", who="student")
    event = uuid4().hex
    asked = [callback(money, order_id=order["id"], event_id=event) for _ in range(4)]
    asked += [callback(money, order_id=order["id"]) for _ in range(2)]
    answers = await asyncio.gather(*asked)
    assert [answer.status_code for answer in answers] == [200] * 6
    outcomes = {answer.json()["id"]: answer.json()["outcome"] for answer in answers}
    assert sorted(outcomes.values()) == ["applied", "kept", "kept"]
    assert (await money.charge_of(made)).paid_fen == FEE
    await money.drift()


async def restored_meanwhile(money: Money) -> str:
    """Restore a used attempt by a document while the plan of another exam is locked, and tell who is charged."""
    till = money.till
    await money.publish()
    await money.payer("student")
    first, made = await till.again(0)
    await till.results(first, (made, "present"))
    till.at(IN_MAY)
    plan = await till.hall.plan()
    (mine,) = await till.hall.registered(plan, 0)
    till.at(CLOSED)
    body = {"registration_id": made["id"], "document_number": "诊断1", "reason": "住院"}
    restore = f"/students/{till.student(0)}/guarantee:restore"
    lock = f"/exam-plans/{plan['id']}/registrations:lock"
    assert await at_once(till.hall.post(restore, body, who="registrar"), till.hall.post(lock, who="org_staff")) == [
        200,
        200,
    ]
    charge = await money.charge_of(mine)
    state, _, _ = await till.guarantee(0)
    assert state in {"available", "reserved"}
    return charge.payer


async def test_no_student_is_left_charged_whose_attempt_comes_back_at_that_very_moment(money: Money) -> None:
    assert await restored_meanwhile(money) == "institution"
