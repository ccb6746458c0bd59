"""Cost sheets on their way: versions, two persons, breaches, last year, files, and who sees which."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from tests.fees.make import standard_in, store_ceiling
from tests.fees.persons import org_staff, registrar
from tests.fees.sheets import drawn_up, line, sheet_body
from tests.world import World
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.tables import writing
from x_pilot_api.fees import commands, queries
from x_pilot_api.fees.errors import CostSheetBreaches, CostSheetOpen, CostSheetSecondPersonNeeded, CostSheetUnfit
from x_pilot_api.fees.models import CostSheet
from x_pilot_api.fees.rules import SHEET_COLUMNS
from x_pilot_api.fees.schemas import CostChangeLimitIn, CostSheetIn

SignIn = Callable[[str], dict[str, str]]
TODAY = date(2026, 3, 1)
HEADERS = [column.header for column in SHEET_COLUMNS]


async def _accepted(session: AsyncSession, world: World, **changes: object) -> CostSheet:
    sheet = await drawn_up(session, world, **changes)
    await commands.submit_cost_sheet(session, registrar(world), sheet=sheet, today=TODAY)
    await commands.accept_cost_sheet(session, registrar(world), sheet=sheet)
    return sheet


async def test_a_sheet_says_what_is_paid_and_apart_from_it_what_is_contributed(
    session: AsyncSession, world: World
) -> None:
    sheet = await drawn_up(session, world)
    assert (sheet.cash_fen, sheet.in_kind_fen, sheet.state, sheet.version) == (400, 500, "draft", 1)
    told = await queries.describe_sheet(session, registrar(world), sheet, today=TODAY)
    assert [(each.amount_fen, each.share_fen) for each in told.lines] == [(40_000, 400), (50_000, 500)]
    assert [finding.code for finding in told.findings] == ["no_ceiling"]


async def test_one_version_is_open_and_accepting_the_next_supersedes_the_one_before(
    session: AsyncSession, world: World
) -> None:
    first = await drawn_up(session, world)
    with pytest.raises(CostSheetOpen):
        await drawn_up(session, world)
    await commands.submit_cost_sheet(session, registrar(world), sheet=first, today=TODAY)
    await commands.accept_cost_sheet(session, registrar(world), sheet=first)
    second = await _accepted(session, world, lines=[line(unit_cost_fen=10_000)])
    assert (first.state, second.state, second.version) == ("superseded", "accepted", 2)
    where: dict[str, Any] = {"institution_id": world.schools[0].id, "college_id": world.schools[0].colleges[0]}
    level_id = world.organisations[0].levels["2"]
    latest = await queries.find_latest_cost(session, **where, certificate_level_id=level_id, exam_form="computer")
    assert latest is not None
    assert (latest.id, latest.cash_fen) == (second.id, 200)
    costs = await queries.list_latest_costs(session, institution_id=world.schools[0].id)
    assert [cost.id for cost in costs] == [second.id]


async def test_who_submits_a_sheet_does_not_decide_on_it(session: AsyncSession, world: World) -> None:
    office, sheet = registrar(world), await drawn_up(session, world)
    await commands.submit_cost_sheet(session, office, sheet=sheet, today=TODAY)
    with pytest.raises(CostSheetSecondPersonNeeded):
        await commands.accept_cost_sheet(session, office, sheet=sheet)
    await commands.return_cost_sheet(session, registrar(world), sheet=sheet, reason="单价无依据")
    assert (sheet.state, sheet.reason) == ("returned", "单价无依据")


async def test_what_goes_against_a_published_rule_is_not_submitted(session: AsyncSession, world: World) -> None:
    sheet = await drawn_up(session, world, lines=[line(), line(element="printing"), line(element="question_bank")])
    with pytest.raises(CostSheetBreaches) as refused:
        await commands.submit_cost_sheet(session, registrar(world), sheet=sheet, today=TODAY)
    found = [(fault.get("pointer"), fault.get("code")) for fault in refused.value.faults]
    assert found == [("/lines/1", "printing_cost_not_zero"), ("/lines/2", "question_bank_spread_thin")]
    assert all("教职所〔2020〕22号" in fault.get("detail", "") for fault in refused.value.faults)


async def test_a_change_against_last_year_is_judged_once_an_office_has_loaded_a_limit(
    session: AsyncSession, world: World
) -> None:
    await store_ceiling(session)
    await _accepted(session, world, year=2025)
    sheet = await drawn_up(session, world, lines=[line(unit_cost_fen=30_000)])
    office = registrar(world)
    told = await queries.describe_sheet(session, office, sheet, today=TODAY)
    assert [(each.element, each.last_fen, each.now_fen, each.change_percent) for each in told.against_last_year] == [
        ("assessors", 400, 600, 5_000),
        ("total", 400, 600, 5_000),
    ]
    assert told.findings == []
    wish = CostChangeLimitIn(percent=49, document_number="校财〔2026〕1号", effective_from=date(2026, 1, 1))
    await commands.load_cost_change_limit(session, office, institution_id=world.schools[0].id, wish=wish)
    told = await queries.describe_sheet(session, office, sheet, today=TODAY)
    assert [finding.code for finding in told.findings] == ["cost_changed_much"] * 2


async def test_a_fee_rests_on_an_accepted_sheet_for_the_same_exam(session: AsyncSession, world: World) -> None:
    await store_ceiling(session)
    draft = await drawn_up(session, world, year=2027)
    sheet = await _accepted(session, world)
    other = await _accepted(session, world, certificate_level_id=str(world.organisations[0].levels["1"]))
    own = {"institution_id": str(world.schools[0].id)}
    for unfit in (draft, other):
        wish = standard_in(world, cost_sheet_id=str(unfit.id), **own)
        with pytest.raises(CostSheetUnfit):
            await commands.propose_fee_standard(session, org_staff(world), wish=wish)
    wish = standard_in(world, cost_sheet_id=str(sheet.id), **own)
    standard = await commands.propose_fee_standard(session, org_staff(world), wish=wish)
    assert (standard.cost_sheet_id, standard.cost_fen) == (sheet.id, 400)


async def test_colleges_see_their_own_sheets_and_organisations_what_was_settled(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    mine = await drawn_up(session, world)
    others = await _accepted(session, world, college_id=str(world.schools[0].colleges[1]))
    expected: dict[str, set[UUID]] = {
        "registrar": {mine.id, others.id},
        "auditor": {mine.id, others.id},
        "coordinator": {mine.id},
        "sibling_coordinator": {others.id},
        "org_staff": {others.id},
        "org_staff_2": set(),
        "registrar_2": set(),
    }
    for who, seen in expected.items():
        answer = await client.get("/v1/cost-sheets", headers=sign_in(who))
        assert {item["id"] for item in answer.json()["items"]} == {str(each) for each in seen}, who
        read = await client.get(f"/v1/cost-sheets/{mine.id}", headers=sign_in(who))
        assert read.status_code == (200 if mine.id in seen else 404), who


async def test_colleges_are_compared_with_each_other_the_ceiling_and_the_year_before(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    await store_ceiling(session)
    await _accepted(session, world, year=2025)
    await _accepted(session, world, lines=[line(unit_cost_fen=30_000)])
    await _accepted(session, world, college_id=str(world.schools[0].colleges[1]))
    await act_within(session, institution_id=world.schools[0].id)
    answer = await client.get("/v1/cost-comparisons?year=2026", headers=sign_in("registrar"))
    told = [
        (row["cash_fen"], row["lowest_fen"], row["highest_fen"], row["colleges"], row["last_year_fen"])
        for row in answer.json()["items"]
    ]
    assert told == [(600, 400, 600, 2, 400), (400, 400, 600, 2, None)]
    assert {row["ceiling_fen"] for row in answer.json()["items"]} == {50_000}
    refused = await client.get("/v1/cost-comparisons?year=2026", headers=sign_in("coordinator"))
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"candidates": 0},
        {"year": 2018},
        {"exam_form": "oral"},
        {"lines": [line(unit_cost_fen=-1)]},
        {"lines": [line(unit_cost_fen=1.5)]},
        {"lines": [line(unit_cost_fen=10**9)]},
        {"lines": [line(quantity="1.005")]},
        {"lines": [line(quantity="-1.00")]},
        {"lines": [line(spread_over=0)]},
        {"lines": [line(in_kind="staff", payer="student")]},
    ],
    ids=str,
)
async def test_impossible_figures_are_refused(world: World, wrong: dict[str, object]) -> None:
    CostSheetIn.model_validate(sheet_body(world))
    with pytest.raises(ValidationError):
        CostSheetIn.model_validate(sheet_body(world, **wrong))


async def test_lines_are_loaded_from_a_file_whole_or_not_at_all(
    client: httpx.AsyncClient, world: World, sign_in: SignIn
) -> None:
    headers = sign_in("coordinator")
    made = await client.post("/v1/cost-sheets", json=sheet_body(world), headers=headers)
    place = f"{made.headers['location']}/lines:file"
    wrong = writing.table(
        "明细",
        HEADERS,
        [
            ["考评人员", None, None, "2.5", "20000", None, "合同"],
            ["考评", "学生", None, "x", "-1", None, "合同"],
            ["场地", "学生", "场地", "1", "1.5", None, None],
            ["场地", "学生", "场地", "1", "1", None, "合同"],
        ],
    )
    refused = await client.post(place, content=wrong, headers=headers | {"If-Match": "*"})
    assert (refused.status_code, refused.json()["code"]) == (422, "fee_file_refused")
    assert [(each["row"], each["column"], each["code"]) for each in refused.json()["errors"]] == [
        (3, "成本项目", "choice_unknown"),
        (3, "数量", "not_a_number"),
        (3, "单价（分）", "number_out_of_range"),
        (4, "单价（分）", "not_a_number"),
        (4, "依据", "cell_missing"),
        (5, "承担方", "in_kind_not_own"),
    ]
    right = writing.table("明细", HEADERS, [["考评人员", None, None, "2.5", "20000", None, "合同"]])
    preview = await client.post(f"{place}?validate_only=true", content=right, headers=headers | {"If-Match": "*"})
    assert preview.json()["sheet"]["cash_fen"] == 500
    read = await client.get(made.headers["location"], headers=headers)
    assert read.json()["cash_fen"] == 400
    loaded = await client.post(place, content=right, headers=headers | {"If-Match": read.headers["etag"]})
    assert (loaded.status_code, loaded.json()["sheet"]["cash_fen"]) == (200, 500)
    stale = await client.post(place, content=right, headers=headers | {"If-Match": read.headers["etag"]})
    assert stale.status_code == 412
    template = await client.get("/v1/cost-sheet-template", headers=headers)
    assert template.content.startswith(b"PK")
