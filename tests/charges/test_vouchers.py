"""Vouchers for many charges at once: as rows or as a file, all or none, each judged, and what a document is of."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from python_calamine import CalamineWorkbook

from tests.charges.money import FEE, Money
from tests.exams.desk import Json
from tests.imports.files import xlsx
from x_pilot_api.charges.errors import vouchers as errors
from x_pilot_api.charges.rules import vouchers as rules
from x_pilot_api.charges.rules.vouchers import Line, Owing

PAID_ON = date(2026, 5, 20)


@pytest.fixture
async def charges(money: Money) -> list[str]:
    """Let three charges be owed."""
    await money.publish()
    plan = await money.till.hall.plan()
    made = await money.till.hall.registered(plan, 0, 1, 2)
    await money.till.lock(plan)
    return [str((await money.charge_of(each)).id) for each in made]


def row(charge_id: str, amount_fen: int = FEE, number: str = "收1", total_fen: int = 2 * FEE, **more: Any) -> Json:  # noqa: ANN401
    said = {"amount_fen": amount_fen, "document_number": number, "document_fen": total_fen}
    return {"charge_id": charge_id, "paid_on": PAID_ON.isoformat()} | said | more


async def send(
    money: Money, *rows: Json, who: str = "coordinator", key: str | None = None, **query: str
) -> httpx.Response:
    desk = money.till.hall.desk
    headers = desk.sign_in(who) | {"Idempotency-Key": key or uuid4().hex}
    return await desk.client.post("/v1/vouchers", json={"rows": rows}, params=query, headers=headers)


async def send_file(money: Money, *rows: tuple[object, ...], **query: str) -> httpx.Response:
    content = xlsx([column.header for column in rules.COLUMNS], *rows)
    headers = money.till.hall.desk.sign_in("coordinator") | {"Content-Type": "application/octet-stream"}
    return await money.till.hall.desk.client.post("/v1/vouchers:file", content=content, params=query, headers=headers)


async def payments(money: Money) -> int:
    return int(await money.till.count("SELECT count(*) FROM payments"))


async def test_one_document_pays_several_charges_and_another_person_confirms(money: Money, charges: list[str]) -> None:
    rows = [row(charges[0]), row(charges[1]), row(charges[2], 500, "收2", 500)]
    shown = await send(money, *rows, validate_only="true")
    assert (shown.status_code, shown.json()["recorded"], await payments(money)) == (200, 3, 0)
    made = await send(money, *rows, key="once")
    assert made.status_code == 201, made.text
    assert made.json() == {
        "validate_only": False,
        "rows": 3,
        "recorded": 3,
        "documents": 2,
        "amount_fen": 2 * FEE + 500,
        "refused": [],
    }
    again = await send(money, *rows, key="once")
    assert (again.status_code, again.headers["Idempotency-Hit"], await payments(money)) == (201, "true", 3)
    hall = money.till.hall
    (payment,) = (await hall.desk.get(f"/v1/charges/{charges[0]}/payments"))["items"]
    assert (payment["state"], payment["amount_fen"], payment["document_number"]) == ("waiting", FEE, "收1")
    assert (await hall.post(f"/payments/{payment['id']}:confirm", who="coordinator")).status_code == 403
    assert (await hall.done(f"/payments/{payment['id']}:confirm", who="registrar"))["state"] == "settled"
    assert await money.till.count("SELECT count(*) FROM audit_events WHERE deed = 'record_voucher'") == 3
    await money.drift()


async def test_a_list_is_refused_whole_with_every_row_that_is_wrong(money: Money, charges: list[str]) -> None:
    unknown = str(uuid4())
    rows = [
        row(charges[0], 100, "收1", 300),
        row(charges[0], 100, "收1", 300),
        row(charges[1], 100, "收1", 400),
        row(unknown, 1, "收2", 1),
        row(charges[2], FEE + 1, "收3", FEE + 1),
        row(charges[2], 5, "收4", 6),
        row(charges[1], 5, "收5", 5, paid_on="2027-01-01"),
    ]
    answer = await send(money, *rows)
    assert (answer.status_code, answer.json()["code"], answer.json()["figures"]["rows"]) == (409, "vouchers_refused", 7)
    assert [(fault["row"], fault["column"], fault["code"]) for fault in answer.json()["errors"]] == [
        (2, "document_number", "voucher_document_known"),
        (3, "document_fen", "voucher_totals_differ"),
        (4, "charge_id", "voucher_charge_unknown"),
        (5, "amount_fen", "voucher_beyond_what_is_owed"),
        (6, "amount_fen", "voucher_beyond_what_is_owed"),
        (6, "document_fen", "voucher_does_not_add_up"),
        (7, "paid_on", "voucher_paid_later"),
    ]
    assert answer.json()["errors"][0]["pointer"] == "/rows/1/document_number"
    assert await payments(money) == 0
    shown = await send(money, *rows, row(charges[1], 7, "收6", 7), validate_only="true")
    assert (shown.status_code, shown.json()["recorded"], len(shown.json()["refused"])) == (200, 2, 7)


async def test_what_a_document_paid_before_counts_into_its_total(money: Money, charges: list[str]) -> None:
    body = {"amount_fen": 300, "document_number": "收1", "paid_on": PAID_ON.isoformat()}
    first = await money.till.hall.done(f"/charges/{charges[0]}/payments", body)
    short = await send(money, row(charges[1], 600, "收1", 1_000))
    assert [fault["code"] for fault in short.json()["errors"]] == ["voucher_does_not_add_up"]
    assert "900" in short.json()["errors"][0]["detail"]
    assert (await send(money, row(charges[1], 700, "收1", 1_000))).status_code == 201
    await money.till.hall.done(f"/payments/{first['id']}:reject", {"reason": "凭证不符"}, who="registrar")
    assert (await send(money, row(charges[2], 300, "收1", 1_000))).status_code == 201


async def test_a_file_is_taken_whole_and_a_second_time_not_at_all(money: Money, charges: list[str]) -> None:
    rows = [(charges[0], "415.00", "收1", "830", "2026-05-20"), (charges[1], 415, "收1", "830.00", "2026-05-20")]
    wrong = await send_file(
        money, *rows, ("不是编号", "1.005", "收2", "1", "2026-05-20"), ("0", "1", "收3", "1", "2026-05-20")
    )
    assert wrong.status_code == 409, wrong.text
    assert [(fault["row"], fault["column"]) for fault in wrong.json()["errors"]] == [(4, "金额（元）"), (5, "收费编号")]
    made = await send_file(money, *rows)
    assert (made.status_code, made.json()["amount_fen"]) == (201, 2 * FEE), made.text
    again = await send_file(money, *rows)
    assert (again.status_code, await payments(money)) == (409, 2)
    template = await money.till.hall.desk.client.get(
        "/v1/voucher-template", headers=money.till.hall.desk.sign_in("registrar")
    )
    sheet = CalamineWorkbook.from_filelike(BytesIO(template.content)).get_sheet_by_index(0).to_python()
    assert [str(cell).rstrip("*") for cell in sheet[0]] == [column.header for column in rules.COLUMNS]


def judged(*lines: Line, open_fen: int = 100) -> list[tuple[int, str]]:
    """Judge lines about charges that all owe as much."""
    owing = {line.charge_id: Owing("open", open_fen) for line in lines if line.charge_id is not None}
    wrongs = rules.judge(lines, owing=owing, recorded={}, today=PAID_ON)
    return [(wrong.number, wrong.item.code) for wrong in wrongs]


def test_rows_of_one_charge_together_do_not_pay_more_than_it_owes() -> None:
    one = UUID(int=1)
    lines = [Line(number, one, 60, f"收{number}", 60, PAID_ON) for number in (1, 2)]
    assert judged(*lines) == [(2, errors.BEYOND.code)]
    assert judged(*lines, open_fen=120) == []


def test_a_document_comes_to_its_total_over_all_its_rows() -> None:
    lines = [Line(number, UUID(int=number), 40, "收", 100, PAID_ON) for number in (1, 2)]
    assert judged(*lines) == [(1, errors.DOES_NOT_ADD_UP.code)]
    assert judged(*lines, Line(3, UUID(int=3), 20, "收", 100, PAID_ON)) == []
