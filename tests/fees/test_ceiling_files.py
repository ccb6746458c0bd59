"""Ceilings from a file: whole or not at all, with every wrong cell named, and previewed by the same code."""

from collections.abc import Callable
from datetime import date

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from tests.fees.make import store_ceiling, store_standard
from tests.world import World
from x_pilot_api.core.tables import writing
from x_pilot_api.fees.rules import CEILING_COLUMNS

SignIn = Callable[[str], dict[str, str]]
HEADERS = [column.header for column in CEILING_COLUMNS]
PLACE = "/v1/fee-ceilings:file"


def _row(form: str, amount: object, begin: str, end: str | None = None, **more: str) -> list[object]:
    level, category = more.get("level"), more.get("category")
    return [form, level, category, amount, "教财〔2026〕1号", "省教育厅", begin, end]


async def test_a_file_of_ceilings_is_taken_whole_and_suspends_what_is_above(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    old = await store_ceiling(session, effective_to=date(2026, 6, 1))
    standard_id = await store_standard(session, world, ceiling_id=old, effective_to=date(2026, 5, 1))
    rows = [
        _row("机考", 40_000, "2026-03-01", level="中级"),
        _row("纸笔考试", 20_000, "2026-01-01", "2027-01-01"),
        _row("纸笔考试", 21_000, "2027-01-01"),
    ]
    file = writing.table("上限", HEADERS, rows)
    headers = sign_in("operator")
    preview = await client.post(f"{PLACE}?validate_only=true", content=file, headers=headers)
    assert preview.status_code == 200, preview.text
    listed = await client.get("/v1/fee-ceilings", headers=headers)
    assert len(listed.json()["items"]) == 1
    taken = await client.post(PLACE, content=file, headers=headers)
    for answer in (preview.json(), taken.json()):
        assert [each["amount_fen"] for each in answer["ceilings"]] == [40_000, 20_000, 21_000]
        assert [each["id"] for each in answer["suspended_standards"]] == [str(standard_id)]
    again = await client.post(PLACE, content=file, headers=headers)
    assert {fault["code"] for fault in again.json()["errors"]} == {"row_overlaps_ceiling"}


async def test_every_wrong_row_of_a_file_is_named_and_nothing_is_taken(
    client: httpx.AsyncClient, sign_in: SignIn, session: AsyncSession
) -> None:
    await store_ceiling(session)
    rows = [
        _row("口试", 40_000, "2026-03-01"),
        _row("纸笔考试", "-1", "2026-01-01", "2027-01-01"),
        _row("纸笔考试", "503.5", "2026-01-01", "2027-01-01"),
        _row("纸笔考试", 10**12, "2026-01-01", "2027-01-01"),
        _row("纸笔考试", 1, "2026-02-30"),
        _row("纸笔考试", 1, "2026-02-01", "2026-02-01"),
        _row("纸笔考试", 1, "2026-01-01", category="财经"),
        _row("机考", 1, "2030-01-01"),
        _row("特殊实操", 1, "2026-01-01"),
        _row("特殊实操", 2, "2029-01-01"),
    ]
    refused = await client.post(PLACE, content=writing.table("上限", HEADERS, rows), headers=sign_in("operator"))
    assert (refused.status_code, refused.json()["code"]) == (422, "fee_file_refused")
    assert refused.json()["figures"] == {"rows": 10, "refused": 9}
    assert [(each["row"], each["column"], each["code"]) for each in refused.json()["errors"]] == [
        (2, "考核形式", "choice_unknown"),
        (3, "上限金额（分）", "number_out_of_range"),
        (4, "上限金额（分）", "not_a_number"),
        (5, "上限金额（分）", "not_a_number"),
        (6, "起始日", "not_a_date"),
        (7, "截止日", "period_empty"),
        (8, "类别", "category_without_level"),
        (9, "起始日", "row_overlaps_ceiling"),
        (11, "起始日", "row_overlaps_row"),
    ]
    assert len((await client.get("/v1/fee-ceilings", headers=sign_in("operator"))).json()["items"]) == 1


async def test_the_template_can_be_filled_in(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    template = await client.get("/v1/fee-ceiling-template", headers=sign_in("operator"))
    assert (template.status_code, template.content[:2]) == (200, b"PK")
    refused = await client.post(PLACE, content=template.content, headers=sign_in("operator"))
    assert refused.json()["code"] == "table_empty"
