"""From a cost sheet to a settlement, by everybody's deeds: a fee in force, an attempt used, sums that agree.

A college reckons and mends, the office accepts, the organisation's fee is agreed to and published; an exam is
registered for and locked, which raises the charges; results use the attempts; both sides agree to the settlement by
its hash and it is paid. The reports say the same as the settlement, and both the same as the book.
"""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.charges.money import Money
from tests.charges.till import Till
from tests.exams.desk import Desk, Json, SignIn, set_clock
from tests.exams.hall import IN_MAY, Hall
from tests.fees.make import ceiling_body, standard_body
from tests.fees.sheets import line, sheet_body
from tests.world import World
from x_pilot_api.core.service import Service

FEE, CEILING, COST = 41_500, 50_000, 40_000
LINES = [line(quantity="200.00"), line(element="venue", in_kind="venue", quantity="1.00", unit_cost_fen=50_000)]


@pytest.fixture
def money(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Money:
    set_clock(monkeypatch, IN_MAY)
    return Money(Till(Hall(Desk(client, sign_in, world, service)), monkeypatch))


class Office:
    """Asks as one person after the other, on the copy each has just read."""

    def __init__(self, money: Money) -> None:
        self.desk = money.till.hall.desk
        self.post, self.done = money.till.hall.post, money.till.hall.done

    async def etag(self, path: str, *, who: str) -> dict[str, str]:
        """Read a thing, and give the headers of who read it."""
        headers = self.desk.sign_in(who)
        read = await self.desk.client.get(f"/v1{path}", headers=headers)
        assert read.status_code == 200, read.text
        return headers | {"If-Match": read.headers["etag"]}

    async def do(self, path: str, deed: str, *, who: str, status: int = 200) -> Json:
        """Do a deed on the copy just read."""
        answer = await self.desk.client.post(f"/v1{path}:{deed}", headers=await self.etag(path, who=who))
        assert answer.status_code == status, answer.text
        told: Json = answer.json()
        return told


async def _reckon(office: Office) -> str:
    """Let a college draw its sheet up, mend what goes against the rules, and the office accept it."""
    wrong = sheet_body(office.desk.world, lines=[*LINES, line(element="printing", unit_cost_fen=100)])
    path = f"/cost-sheets/{(await office.done('/cost-sheets', wrong))['id']}"
    refused = await office.do(path, "submit", who="coordinator", status=409)
    assert [fault["code"] for fault in refused["errors"]] == ["printing_cost_not_zero"]
    mended = {"machine_marked": True, "candidates": 100, "lines": LINES}
    headers = await office.etag(path, who="coordinator")
    changed = await office.desk.client.put(f"/v1{path}", json=mended, headers=headers)
    assert (changed.status_code, changed.json()["cash_fen"]) == (200, COST)
    await office.do(path, "submit", who="coordinator")
    return str((await office.do(path, "accept", who="registrar"))["id"])


async def _publish(office: Office, sheet_id: str) -> None:
    """Bring the organisation's fee into force under a ceiling."""
    await office.done("/fee-ceilings", ceiling_body(), who="operator")
    named = {"institution_id": str(office.desk.world.schools[0].id), "cost_sheet_id": sheet_id}
    wish = standard_body(office.desk.world, effective_from="2026-05-10", effective_to=None, **named)
    proposed = await office.done("/fee-standards", wish, who="org_staff")
    assert (proposed["cost_fen"], proposed["ceiling_fen"]) == (COST, CEILING)
    path = f"/fee-standards/{proposed['id']}"
    for deed, who in (("agree", "coordinator"), ("approve", "registrar"), ("publish", "registrar")):
        await office.do(path, deed, who=who)


async def _examine(money: Money) -> Json:
    """Register three and lock them, let a fund pay a part for one; two come, and one does not."""
    hall = money.till.hall
    await money.relief(1, kind="subsidy", what={"amount_fen": 1_500})
    plan = await hall.plan()
    first, second, third = await hall.registered(plan, 0, 1, 2)
    locked = await money.till.lock(plan)
    assert (locked["charged"]["charges"], locked["charged"]["amount_fen"]) == (3, 3 * FEE)
    assert locked["charged"]["guaranteed"] == 3
    await money.till.results(plan, (first, "present"), (second, "present"), (third, "absent"))
    assert [(await money.till.guarantee(index))[0] for index in range(3)] == ["used", "used", "available"]
    return plan


async def _settle(money: Money, plan: Json) -> Json:
    """Draw the settlement up, let both sides agree to what they see, and pay it."""
    hall = money.till.hall
    drawn = await hall.done(f"/exam-plans/{plan['id']}/settlements", who="registrar")
    path = f"/settlements/{drawn['id']}"
    shown = await hall.done(f"{path}:propose", who="registrar")
    stale = await hall.post(f"{path}:agree", {"content_hash": "0" * 64}, who="org_staff")
    assert (stale.status_code, stale.json()["code"]) == (409, "settlement_changed")
    for who in ("registrar", "org_staff"):
        await hall.done(f"{path}:agree", {"content_hash": shown["content_hash"]}, who=who)
    paid = await hall.done(f"{path}:settle", {"document_number": "付1号", "paid_on": "2026-06-30"}, who="registrar")
    assert (paid["state"], paid["candidates"], paid["guarantees_used"]) == ("settled", 3, 2)
    return paid


async def test_from_a_cost_sheet_to_a_settlement_whose_sums_are_the_books(money: Money) -> None:
    office = Office(money)
    await _publish(office, await _reckon(office))
    plan = await _examine(money)
    # What is recorded by the server's clock is after the exam.
    money.till.at(datetime.now(UTC) + timedelta(hours=1))
    settled = await _settle(money, plan)
    book = await money.accounts()
    assert settled["due_fen"] == settled["charged_fen"] == abs(book["fee_income"]) == 3 * FEE
    await money.drift()

    desk = money.till.hall.desk
    spending = await desk.get("/v1/fee-reports/spending", year=2026)
    assert (spending["due_fen"], {row["payer"]: row["due_fen"] for row in spending["rows"]}) == (
        settled["due_fen"],
        {"institution": 3 * FEE - 1_500, "subsidy": 1_500},
    )
    body = {"year": 2026, "amount_fen": 200_000, "document_number": "财1号"}
    await office.done("/fee-budgets", body, who="registrar")
    budget = await desk.get("/v1/fee-reports/budget", year=2026)
    assert budget["remaining_fen"] == 200_000 - (3 * FEE - 1_500)
    coverage = await desk.get("/v1/fee-reports/guarantee-coverage")
    assert (coverage["numerator"], coverage["denominator"]) == (2, 3)
    (cost,) = (await desk.get("/v1/fee-reports/cost-against-ceiling", year=2026))["rows"]
    assert (cost["highest_cost_fen"], cost["difference_fen"]) == (COST, CEILING - COST)
    (fee,) = (await desk.get("/v1/fee-reports/fee-against-cost", year=2026))["rows"]
    assert (fee["fee_fen"], fee["over_highest_fen"]) == (FEE, FEE - COST)
