"""Reports on costs beside ceilings and fees: what is beside what, from whose sheets, and the rows behind it."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import python_calamine
from sqlalchemy import insert

from tests.fees import make as fees
from tests.settlements import make
from tests.settlements.make import FEE, Desk, Json
from x_pilot_api.core import clock
from x_pilot_api.fees.models import CostSheet
from x_pilot_api.settlements.queries import costs

CEILING = 50_000
PATHS = {"ceiling": "/v1/fee-reports/cost-against-ceiling", "cost": "/v1/fee-reports/fee-against-cost"}


async def _accepted(desk: Desk, cash_fen: int, *, college: int = 0, version: int = 1, **more: object) -> None:
    """Have a college's sheet accepted."""
    school = desk.world.schools[0]
    values: Json = {
        "institution_id": school.id,
        "college_id": school.colleges[college],
        "organisation_id": desk.world.organisations[0].id,
        "certificate_level_id": desk.world.organisations[0].levels["2"],
        "exam_form": "computer",
        "year": 2026,
        "version": version,
        "machine_marked": True,
        "candidates": 100,
        "cash_fen": cash_fen,
        "in_kind_fen": 700,
        "state": "accepted",
        "drawn_up_by": uuid4(),
        "submitted_by": uuid4(),
        "submitted_at": clock.now(),
        "decided_by": uuid4(),
        "decided_at": clock.now(),
    }
    async with desk.service.database.transaction(institution_id=school.id) as session:
        await session.execute(insert(CostSheet).values(values | more))


async def _set(desk: Desk, *, fee_fen: int = FEE) -> None:
    """Have a ceiling of 500 yuan and a fee in force."""
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        ceiling = await fees.store_ceiling(session, effective_from=date(2026, 1, 1))
        await fees.store_standard(session, desk.world, ceiling_id=ceiling, fee_fen=fee_fen, state="published")


async def _told(desk: Desk, which: str, *, who: str = "registrar", **query: str | int) -> Json:
    """Read the one row of a report."""
    (row,) = (await desk.get(PATHS[which], who=who, **{"year": 2026} | query))["rows"]
    return row


async def _lines(desk: Desk, path: str) -> list[dict[str, str]]:
    answer = await desk.client.get(
        f"{path}:export", params={"year": 2026, "format": "csv"}, headers=desk.sign_in("registrar")
    )
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


async def test_costs_stand_beside_the_ceiling_by_the_latest_accepted_sheet_of_each_college(desk: Desk) -> None:
    await _set(desk)
    before = clock.now().isoformat()
    await _accepted(desk, 30_000, year=2025)
    await _accepted(desk, 99_000, version=1, state="superseded")
    await _accepted(desk, 40_000, version=2)
    await _accepted(desk, 60_000, college=1, year=2025)
    await _accepted(desk, 1, college=1, state="draft", decided_by=None, decided_at=None)
    row = await _told(desk, "ceiling")
    assert (row["colleges"], row["lowest_cost_fen"], row["highest_cost_fen"]) == (2, 40_000, 60_000)
    assert (row["ceiling_fen"], row["difference_fen"], row["above_ceiling"]) == (CEILING, -10_000, 1)
    assert row["ceiling_document"] == fees.DOCUMENT_NUMBER
    assert (await _told(desk, "ceiling", year=2025))["lowest_cost_fen"] == 30_000
    assert (await _told(desk, "ceiling", who="sibling_coordinator"))["lowest_cost_fen"] == 60_000
    assert (await desk.get(PATHS["ceiling"], year=2026, as_of=before))["rows"] == []
    lines = await _lines(desk, PATHS["ceiling"])
    assert sorted((int(each["核算年度"]), Decimal(each["差额（元）"]) * 100) for each in lines) == [
        (2025, -10_000),
        (2026, 10_000),
    ]
    assert {each["考核形式"] for each in lines} == {"机考"}


async def test_a_fee_stands_beside_the_costs_and_is_told_though_no_sheet_is_there(desk: Desk) -> None:
    await _set(desk)
    row = await _told(desk, "cost")
    assert (row["fee_fen"], row["colleges"], row["over_highest_fen"], row["above_fee"]) == (FEE, 0, None, 0)
    assert [each["学院"] for each in await _lines(desk, PATHS["cost"])] == [""]
    await _accepted(desk, FEE - 500)
    await _accepted(desk, FEE + 300, college=1)
    row = await _told(desk, "cost")
    assert (row["over_lowest_fen"], row["over_highest_fen"], row["above_fee"]) == (500, -300, 1)
    own = await _told(desk, "cost", who="sibling_coordinator")
    assert (own["over_lowest_fen"], own["over_highest_fen"]) == (-300, -300)
    lines = await _lines(desk, PATHS["cost"])
    assert sorted(Decimal(each["差额（元）"]) for each in lines) == [Decimal(-3), Decimal(5)]


async def test_without_a_ceiling_or_a_fee_no_difference_is_made_up(desk: Desk) -> None:
    await _accepted(desk, 40_000)
    row = await _told(desk, "ceiling")
    assert (row["ceiling_fen"], row["difference_fen"], row["above_ceiling"]) == (None, None, 0)
    row = await _told(desk, "cost")
    assert (row["fee_fen"], row["over_lowest_fen"], row["over_highest_fen"]) == (None, None, None)
    assert (await desk.get(PATHS["cost"], year=2026, who="registrar_2"))["rows"] == []


async def test_the_budgets_file_holds_what_is_left_and_every_candidate_it_pays_for(desk: Desk) -> None:
    it = await desk.exam()
    await desk.change(it, make.charge, 0)
    await desk.change(it, make.charge, 1, payer="student")
    body = {"year": 2026, "amount_fen": 1_000_000, "document_number": "财〔2026〕3号"}
    assert (await desk.ask("/v1/fee-budgets", body)).status_code == 201
    answer = await desk.client.get(
        "/v1/fee-reports/budget:export", params={"year": 2026}, headers=desk.sign_in("registrar")
    )
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = {name: book.get_sheet_by_name(name).to_python()[1:] for name in book.sheet_names}
    assert [Decimal(str(cell)) * 100 for cell in rows["预算"][0][2:]] == [1_000_000, FEE, 1_000_000 - FEE]
    assert [row[1] for row in rows["明细"]] == [it.number(0)]


def test_a_years_figures_are_measured_by_the_years_nearest_day() -> None:
    late = datetime(2026, 12, 31, 17, tzinfo=UTC)
    assert [costs.day_within(year, late, timezone="Asia/Shanghai") for year in (2026, 2027, 2028)] == [
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2028, 1, 1),
    ]
