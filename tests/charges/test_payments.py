"""Payments: vouchers that take two persons, and a gateway whose callbacks count once and are never lost."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from tests.charges.money import FEE, Money
from tests.exams.desk import Json
from x_pilot_api.charges.commands import paying

KEY = "what the gateway and we agreed on, for tests"


@pytest.fixture
async def charge_id(money: Money) -> UUID:
    """Owe a fee as a student, at an installation with a gateway."""
    await money.publish()
    plan = await money.till.hall.plan()
    (made,) = await money.till.hall.registered(plan, 0)
    await money.till.lock(plan)
    return (await money.charge_of(made)).id


def voucher(amount_fen: object, number: str = "收据1", paid_on: str = "2026-05-20") -> Json:
    return {"amount_fen": amount_fen, "document_number": number, "paid_on": paid_on}


async def callback(money: Money, *, key: str = KEY, **said: Any) -> httpx.Response:  # noqa: ANN401
    """Say something as the gateway."""
    body = json.dumps({"event_id": uuid4().hex, "amount_fen": FEE, "currency": "CNY", "status": "paid"} | said)
    signature = paying.signature_of(key.encode(), body.encode())
    return await money.till.hall.desk.client.post(
        f"/v1/institutions/{money.till.school_id}/payment-callbacks",
        content=body,
        headers={"Content-Type": "application/json", "X-Pay-Signature": signature},
    )


async def test_a_voucher_counts_once_another_person_has_confirmed_it(money: Money, charge_id: UUID) -> None:
    hall = money.till.hall
    part = await hall.done(f"/charges/{charge_id}/payments", voucher(20_000), who="coordinator")
    assert (part["state"], part["allowed_deeds"]) == ("waiting", [])
    waiting = await hall.desk.get("/v1/charges", has_waiting_voucher="true")
    assert [it["id"] for it in waiting["items"]] == [str(charge_id)]
    own = await hall.done(f"/charges/{charge_id}/payments", voucher(21_500, "收据2"), who="registrar")
    refused = await hall.post(f"/payments/{own['id']}:confirm", who="registrar")
    assert (refused.status_code, refused.json()["code"]) == (409, "payment_second_person")
    done = await hall.done(f"/payments/{part['id']}:confirm", who="registrar")
    assert done["state"] == "settled"
    assert (await hall.post(f"/payments/{part['id']}:confirm", who="registrar")).json()["code"] == "deed_not_allowed"
    others = (await hall.desk.get("/v1/charges", has_waiting_voucher="false"))["items"]
    assert str(charge_id) not in {it["id"] for it in others}
    charge = await hall.desk.get(f"/v1/charges/{charge_id}")
    assert (charge["state"], charge["paid_fen"], charge["open_fen"]) == ("open", 20_000, FEE - 20_000)
    await money.drift()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (voucher(-1), 422, "body_invalid"),
        (voucher(0), 422, "body_invalid"),
        (voucher(1.5), 422, "body_invalid"),
        (voucher("100"), 422, "body_invalid"),
        (voucher(10**30), 422, "body_invalid"),
        (voucher(FEE + 1), 409, "beyond_what_is_owed"),
        (voucher(1, paid_on="2027-01-01"), 409, "paid_in_the_future"),
    ],
)
async def test_a_voucher_that_cannot_be_is_refused_exactly(
    money: Money, charge_id: UUID, body: Json, status: int, code: str
) -> None:
    answer = await money.till.hall.post(f"/charges/{charge_id}/payments", body, who="coordinator")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await money.till.count("SELECT count(*) FROM payments") == 0


async def test_a_document_counts_once_unless_it_was_rejected(money: Money, charge_id: UUID) -> None:
    hall = money.till.hall
    made = await hall.done(f"/charges/{charge_id}/payments", voucher(100), who="coordinator")
    again = await hall.post(f"/charges/{charge_id}/payments", voucher(200), who="coordinator")
    assert (again.status_code, again.json()["code"]) == (409, "voucher_known")
    rejected = await hall.done(f"/payments/{made['id']}:reject", {"reason": "凭证不符"}, who="registrar")
    assert (rejected["state"], rejected["reason"]) == ("rejected", "凭证不符")
    await hall.done(f"/charges/{charge_id}/payments", voucher(200), who="coordinator")
    await money.drift()


async def test_a_refund_never_exceeds_what_was_paid(money: Money, charge_id: UUID) -> None:
    hall = money.till.hall
    made = await hall.done(f"/charges/{charge_id}/payments", voucher(30_000), who="coordinator")
    await hall.done(f"/payments/{made['id']}:confirm", who="registrar")
    body = {"cause": "overcharge", "amount_fen": 20_000, "document_number": "退1", "reason": "多收"}
    told = await hall.done(f"/charges/{charge_id}:refund", body, who="registrar")
    assert (told["refunded_fen"], len(told["refunds"])) == (20_000, 1)
    refused = await hall.post(f"/charges/{charge_id}:refund", body, who="registrar")
    assert (refused.status_code, refused.json()["code"]) == (409, "refund_beyond_what_was_paid")
    relief = {"kind": "waiver", "amount_fen": 11_500, "document_number": "免1", "reason": "困难"}
    settled = await hall.done(f"/charges/{charge_id}:relieve", relief, who="registrar")
    assert (settled["state"], settled["open_fen"], settled["waived_fen"]) == ("settled", 0, 11_500)
    over = await hall.post(f"/charges/{charge_id}:relieve", relief, who="registrar")
    assert over.json()["code"] == "deed_not_allowed"
    await money.drift()
    accounts = await money.accounts()
    assert (accounts["fee_received"], accounts["fee_refunded"]) == (-10_000, -20_000)


async def test_a_callback_settles_its_order_once_however_often_it_is_said(money: Money, charge_id: UUID) -> None:
    order = await start(money, charge_id)
    assert (await start(money, charge_id))["id"] == order["id"]
    event = uuid4().hex
    for _ in range(2):
        answer = await callback(money, order_id=order["id"], event_id=event)
        assert (answer.status_code, answer.json()["outcome"]) == (200, "applied"), answer.text
    late = await callback(money, order_id=order["id"])
    assert (late.json()["outcome"], late.json()["reason"]) == ("kept", "order_paid_before")
    charge = await money.till.hall.desk.get(f"/v1/charges/{charge_id}")
    assert (charge["state"], charge["paid_fen"]) == ("settled", FEE)
    await money.drift()


async def start(money: Money, charge_id: UUID) -> Json:
    return await money.till.hall.done(f"/charges/{charge_id}/payments:start", who="student")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"amount_fen": FEE - 1}, "amount_differs"),
        ({"currency": "USD"}, "currency_differs"),
        ({"order_id": str(uuid4())}, "order_unknown"),
        ({"order_id": "no order of ours"}, "order_unknown"),
    ],
)
async def test_what_cannot_be_applied_is_kept_for_the_desk(
    money: Money, charge_id: UUID, said: Json, reason: str
) -> None:
    order = await start(money, charge_id)
    answer = await callback(money, **({"order_id": order["id"]} | said))
    assert (answer.json()["outcome"], answer.json()["reason"]) == ("kept", reason)
    waiting = (await money.till.hall.desk.get("/v1/payment-callbacks", is_waiting="true"))["items"]
    assert [each["reason"] for each in waiting] == [reason]
    settled = await money.till.hall.done(
        f"/payment-callbacks/{waiting[0]['id']}:settle", {"settlement": "退回网关"}, who="registrar"
    )
    assert settled["settlement"] == "退回网关"
    again = await money.till.hall.post(
        f"/payment-callbacks/{waiting[0]['id']}:settle", {"settlement": "-"}, who="registrar"
    )
    assert again.json()["code"] == "payment_callback_settled"
    assert await money.accounts() == {"fee_income": FEE, "fee_owed_institution": -FEE}


async def test_a_callback_after_the_plan_was_cancelled_is_kept(money: Money, charge_id: UUID) -> None:
    order = await start(money, charge_id)
    plan_id = await money.till.count("SELECT exam_plan_id FROM charges")
    await money.till.hall.done(f"/exam-plans/{plan_id}:cancel", {"reason": "疫情"}, who="org_staff")
    answer = await callback(money, order_id=order["id"])
    assert (answer.json()["outcome"], answer.json()["reason"]) == ("kept", "charge_cancelled")
    assert await money.accounts() == {}


async def test_a_forged_callback_has_no_effect(money: Money, charge_id: UUID) -> None:
    order = await start(money, charge_id)
    forged = await callback(money, key="x" * 40, order_id=order["id"])
    assert (forged.status_code, forged.json()["code"]) == (401, "payment_callback_unsigned")
    assert await money.till.count("SELECT count(*) FROM payment_callbacks") == 0


async def test_without_a_key_there_is_no_gateway(money: Money, charge_id: UUID, app: FastAPI) -> None:
    settings = app.state.service.settings.model_copy(update={"payment_gateway_key": None})
    app.state.service = replace(app.state.service, settings=settings)
    refused = await money.till.hall.post(f"/charges/{charge_id}/payments:start", who="student")
    assert (refused.status_code, refused.json()["code"]) == (409, "payment_gateway_off")
    assert (await callback(money, order_id="1")).json()["code"] == "payment_gateway_off"
