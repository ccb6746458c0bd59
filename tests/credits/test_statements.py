"""Statements as of any instant: what was shown then is what is stated later, and now is what is stored."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.credits.make import deeds
from tests.exams import make
from tests.exams.desk import Desk, Json
from tests.ledger.purse import Purse, open_purse, purse_of
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.credits import queries
from x_pilot_api.credits.models import CreditAccount
from x_pilot_api.credits.schemas import StatementOut

_WHOLE = PageWish(size=1_000, after=None)
_STEPS = st.lists(
    st.tuples(st.sampled_from(["in", "out", "coming", "hold", "post", "undo"]), st.integers(1, 40)),
    min_size=1,
    max_size=10,
)


async def stated(desk: Desk, index: int = 0, **query: Any) -> Json:  # noqa: ANN401 - handed on as a query
    """Read a student's statement."""
    account = await desk.account(index)
    found: Json = await desk.get(f"/v1/credit-accounts/{account['id']}/statement", **query)
    return found


async def test_a_statement_says_what_each_movement_rests_on(desk: Desk) -> None:
    rule = await desk.rule()
    plan = await desk.plan()
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan))
    [award] = await desk.awards()
    statement = await stated(desk)
    [entry] = statement["entries"]
    evidence = entry["evidence"]
    assert (evidence["award_number"], evidence["mapping_id"], evidence["level"]) == (award["number"], str(rule), "2")
    assert evidence["result_id"] is not None
    assert award["number"] in entry["says"]["zh-CN"]
    assert award["number"] in entry["says"]["en"]
    assert "规则第" in entry["says"]["zh-CN"]
    assert (entry["posted_change"], entry["accumulated_after"]) == ("3.00", "3.00")


async def test_the_statement_of_now_is_what_is_stored_and_that_of_before_is_what_was(desk: Desk) -> None:
    await desk.rule()
    plan = await desk.plan()
    await desk.open_accounts(0)
    shown: list[Json] = []
    for revision in range(1, 5):
        change = {} if revision % 2 else make.FAILED
        await desk.push(plan, desk.row(plan, revision=revision, **change))
        now = await stated(desk)
        account = await desk.account()
        assert {part: now[part] for part in ("accumulated", "pending", "held", "available")} == {
            part: account[part] for part in ("accumulated", "pending", "held", "available")
        }
        shown.append(now)
    assert [it["accumulated"] for it in shown] == ["3.00", "0.00", "3.00", "0.00"]
    for before in shown:
        again = await stated(desk, as_of=before["as_of"])
        assert again == before
        exact = await stated(desk, as_of=before["as_of_last_movement"])
        assert exact["entries"] == before["entries"]
    opened_at = datetime.fromisoformat((await desk.account())["opened_at"])
    empty = await stated(desk, as_of=(opened_at - timedelta(days=1)).isoformat())
    assert (empty["accumulated"], empty["entries"], empty["movements"]) == ("0.00", [], 0)


async def test_pages_keep_to_one_instant_while_the_account_goes_on(desk: Desk) -> None:
    await desk.open_accounts(0)
    await open_purse(desk)
    purse = await purse_of(desk, 0)
    for amount in (100, 200, 300):
        await purse.move(("in", amount))
    first = await stated(desk, page_size=2)
    await purse.move(("in", 400))
    second = await stated(desk, page_size=2, page_token=first["next_page_token"])
    assert [entry["seq"] for entry in first["entries"] + second["entries"]] == [1, 2, 3]
    assert (second["accumulated"], second["as_of"], second["next_page_token"]) == ("6.00", first["as_of"], None)
    assert (await stated(desk))["accumulated"] == "10.00"
    account = await desk.account()
    for query in ("as_of=2026-01-01T00:00:00", "page_token=bm8"):
        answer = await desk.client.get(
            f"/v1/credit-accounts/{account['id']}/statement?{query}", headers=desk.sign_in("registrar")
        )
        assert answer.status_code in {400, 422}


async def test_a_statement_of_an_instant_to_come_is_that_of_now(desk: Desk) -> None:
    await desk.open_accounts(0)
    statement = await stated(desk, as_of="2999-01-01T00:00:00Z")
    assert datetime.fromisoformat(statement["as_of"]) <= datetime.now(UTC)


async def _show(purse: Purse, as_of: datetime | None = None) -> StatementOut:
    account = CreditAccount(
        institution_id=purse.institution_id,
        id=purse.account_id,
        student_id=purse.account_id,
        ledger_account_id=purse.account_id,
        opened_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    async with purse.desk.service.database.transaction(read_only=True) as session:
        return await queries.state_account(session, account, as_of=as_of, wish=_WHOLE)


async def _step(purse: Purse, way: str, amount: int) -> None:
    posted, _, held = await purse.balance()
    if way in {"out", "hold"} and posted - held < amount:
        return
    phase = "pending" if way in {"coming", "hold"} else "single"
    entry_id = await purse.move(("out" if way in {"out", "hold"} else "in", amount), phase=phase)
    if way == "post":
        await purse.post(await purse.move(("in", amount), phase="pending"))
    elif way == "undo":
        await purse.reverse(entry_id)


@given(steps=_STEPS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_statement_as_of_an_instant_is_what_was_shown_then(desk: Desk, steps: list[tuple[str, int]]) -> None:
    purse = await open_purse(desk)
    shown: list[StatementOut] = []
    for way, amount in steps:
        await _step(purse, way, amount)
        statement = await _show(purse)
        assert (statement.accumulated, statement.pending, statement.held) == await purse.balance()
        shown.append(statement)
    for before in shown:
        assert await _show(purse, before.as_of) == before


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "认定存入"), ("en", "Deposited")])
async def test_a_statement_is_exported_as_a_workbook(desk: Desk, language: str, said: str) -> None:
    await desk.rule()
    plan = await desk.plan()
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan))
    account = await desk.account()
    answer = await desk.client.get(
        f"/v1/credit-accounts/{account['id']}/statement:export",
        headers=desk.sign_in("registrar") | {"Accept-Language": language},
    )
    assert answer.status_code == 200, answer.text
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    summary, rows = (book.get_sheet_by_index(number).to_python() for number in range(2))
    assert [row[1] for row in summary][2:] == [3, 0, 0, 3]
    [_, movement] = rows
    assert movement[0] == 1
    assert str(movement[2]).startswith(said)
    assert [detail["movements"] for detail in await deeds(desk, "export_statement")] == [1]
