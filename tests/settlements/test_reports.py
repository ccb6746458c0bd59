"""Reports on fees: what is counted, as of when, and the rows behind each number."""

import csv
import io
from decimal import Decimal

from tests.settlements import make
from tests.settlements.make import FEE, Desk
from x_pilot_api.core import clock
from x_pilot_api.settlements.queries import reports


async def test_spending_adds_up_by_college_certificate_and_payer(desk: Desk) -> None:
    it = await desk.exam()
    for index, payer in enumerate(("institution", "college", "student")):
        await desk.change(it, make.charge, index, payer=payer)
    await desk.change(it, make.relieve, 2, kind="subsidy", amount=10_000)
    await desk.change(it, make.pay, 1, amount=FEE)
    before = clock.now().isoformat()
    await desk.change(it, make.refund, 1, amount=FEE)
    told = await desk.get("/v1/fee-reports/spending", year=2026)
    assert {row["payer"]: (row["college_id"], row["candidates"], row["due_fen"]) for row in told["rows"]} == {
        "institution": (str(it.colleges[0]), 1, FEE),
        "student": (str(it.colleges[0]), 1, FEE - 10_000),
        "subsidy": (str(it.colleges[0]), 1, 10_000),
        "college": (str(it.colleges[1]), 1, 0),
    }
    assert told["due_fen"] == sum(row["due_fen"] for row in told["rows"]) == 2 * FEE
    assert (await desk.get("/v1/fee-reports/spending", year=2025))["rows"] == []
    # As of before the sitting was cancelled its charge still stands.
    assert (await desk.get("/v1/fee-reports/spending", year=2026, as_of=before))["due_fen"] == 3 * FEE
    own = await desk.get("/v1/fee-reports/spending", year=2026, who="sibling_coordinator")
    assert [row["payer"] for row in own["rows"]] == ["college"]
    path = "/v1/fee-reports/spending:export"
    answer = await desk.client.get(path, params={"year": 2026, "format": "csv"}, headers=desk.sign_in("registrar"))
    lines = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert sum(Decimal(line["应结（元）"]) for line in lines) * 100 == told["due_fen"]
    assert {line["准考证号"] for line in lines} == {it.number(index) for index in range(3)}


async def test_without_a_loaded_budget_that_is_said_and_nothing_else(desk: Desk) -> None:
    it = await desk.exam()
    await desk.change(it, make.charge, 0)
    told = await desk.get("/v1/fee-reports/budget", year=2026)
    assert (told["is_loaded"], told["budget_fen"], told["remaining_fen"], told["spent_fen"]) == (False, None, None, FEE)
    for amount in (1, 1_000_000):
        body = {"year": 2026, "amount_fen": amount, "document_number": "财〔2026〕3号"}
        assert (await desk.ask("/v1/fee-budgets", body)).status_code == 201
    told = await desk.get("/v1/fee-reports/budget", year=2026)
    assert (told["budget_fen"], told["remaining_fen"], told["document_number"]) == (
        *(1_000_000, 1_000_000 - FEE),
        "财〔2026〕3号",
    )
    kept = await desk.get("/v1/fee-budgets")
    assert [(it["revision"], it["amount_fen"]) for it in kept["items"]] == [(1, 1), (2, 1_000_000)]
    for wrong in ({"amount_fen": -1}, {"amount_fen": 1.5}, {"year": 99}):
        body = {"year": 2026, "amount_fen": 1, "document_number": "财1号"} | wrong
        assert (await desk.ask("/v1/fee-budgets", body)).status_code == 422


async def test_coverage_has_numerator_denominator_and_what_they_are(desk: Desk) -> None:
    assert (await desk.get("/v1/fee-reports/guarantee-coverage"))["rate_percent"] is None
    it = await desk.exam()
    before = clock.now().isoformat()
    await desk.change(it, make.use_guarantee, 0)
    told = await desk.get("/v1/fee-reports/guarantee-coverage")
    assert (told["numerator"], told["denominator"], told["rate_percent"]) == (1, 1, "100.00")
    assert told["definition"]["en"] == reports.COVERED.en
    earlier = await desk.get("/v1/fee-reports/guarantee-coverage", as_of=before)
    assert (earlier["denominator"], earlier["rate_percent"]) == (0, None)
    assert (await desk.get("/v1/fee-reports/guarantee-coverage", who="sibling_coordinator"))["rows"] == []
    answer = await desk.client.get(
        "/v1/fee-reports/guarantee-coverage:export", params={"format": "csv"}, headers=desk.sign_in("registrar")
    )
    assert [line["保障考核机会"] for line in csv.DictReader(io.StringIO(answer.text))] == ["已使用"]


def test_a_rate_is_rounded_half_up_and_of_nobody_there_is_none() -> None:
    assert [reports.percent(*pair) for pair in ((1, 3), (2, 3), (1, 8), (0, 5), (0, 0))] == [
        *("33.33", "66.67", "12.50", "0.00"),
        None,
    ]
