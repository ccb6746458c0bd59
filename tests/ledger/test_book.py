"""The book itself: no account below zero, nothing resolved or reversed twice, no row ever changed."""

from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from tests.exams import make
from tests.exams.desk import Desk
from tests.ledger.purse import Purse, open_purse, purse_of
from x_pilot_api.ledger.errors import BalanceTooLow, TransferResolved

Step = tuple[str, int]


@pytest.fixture
async def purse(desk: Desk) -> Purse:
    return await open_purse(desk)


async def test_no_more_can_be_taken_than_is_there(purse: Purse) -> None:
    await purse.move(("in", 300))
    with pytest.raises(BalanceTooLow) as refused:
        await purse.move(("out", 301))
    assert refused.value.figures == {"account_id": str(purse.account_id), "missing": 1}
    assert await purse.balance() == (300, 0, 0)
    await purse.move(("out", 300))
    assert await purse.balance() == (0, 0, 0)
    with pytest.raises(BalanceTooLow):
        await purse.move(("out", 1))
    assert await purse.breaches() == []


async def test_not_even_between_two_transfers_of_one_posting_is_an_account_below_zero(purse: Purse) -> None:
    with pytest.raises(BalanceTooLow):
        await purse.move(("out", 100), ("in", 100))
    await purse.move(("in", 100), ("out", 100), ("in", 50))
    assert await purse.balance() == (50, 0, 0)
    assert await purse.breaches() == []


async def test_what_is_coming_in_cannot_be_used_yet(purse: Purse) -> None:
    deposit = await purse.move(("in", 300), phase="pending")
    assert await purse.balance() == (0, 300, 0)
    with pytest.raises(BalanceTooLow):
        await purse.move(("out", 1))
    await purse.post(deposit)
    assert await purse.balance() == (300, 0, 0)
    await purse.move(("out", 300))


async def test_what_is_held_is_there_and_cannot_be_taken_twice(purse: Purse) -> None:
    await purse.move(("in", 300))
    hold = await purse.move(("out", 200), phase="pending")
    assert await purse.balance() == (300, 0, 200)
    for phase in ("single", "pending"):
        with pytest.raises(BalanceTooLow) as refused:
            await purse.move(("out", 101), phase=phase)
        assert refused.value.figures["missing"] == 1
    await purse.post(hold)
    assert await purse.balance() == (100, 0, 0)
    other = await purse.move(("out", 100), phase="pending")
    await purse.reverse(other)
    assert await purse.balance() == (100, 0, 0)
    assert await purse.breaches() == []


async def test_a_deposit_that_is_held_cannot_be_taken_back(purse: Purse) -> None:
    deposit = await purse.move(("in", 300))
    await purse.move(("out", 1), phase="pending")
    with pytest.raises(BalanceTooLow) as refused:
        await purse.reverse(deposit)
    assert refused.value.figures["missing"] == 1
    assert await purse.balance() == (300, 0, 1)


async def test_what_was_pending_is_posted_or_voided_and_only_once(purse: Purse) -> None:
    posted, voided = [await purse.move(("in", 100), phase="pending") for _ in range(2)]
    assert (await purse.post(posted), await purse.reverse(voided)) == (1, 1)
    for entry_id in (posted, voided):
        with pytest.raises(TransferResolved):
            await purse.post(entry_id)
    assert await purse.reverse(voided) == 0
    assert await purse.balance() == (100, 0, 0)
    assert await purse.reverse(posted) == 1
    assert await purse.balance() == (0, 0, 0)
    assert await purse.breaches() == []


async def test_an_entry_is_reversed_once(purse: Purse) -> None:
    await purse.move(("in", 500))
    entry_id = await purse.move(("in", 100))
    assert await purse.reverse(entry_id) == 1
    with pytest.raises(IntegrityError, match="journal_entries_institution_id_reverses_id_key"):
        await purse.reverse(entry_id)
    assert await purse.balance() == (500, 0, 0)
    assert await purse.reverse(uuid4()) == 0


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ("amount = 0", "amount_positive"),
        ("amount = -5", "amount_positive"),
        ("credit_account_id = debit_account_id", "two_accounts"),
        ("unit = 'cny'", "unit_fkey"),
        ("phase = 'post'", "resolves_pending"),
        ("phase = 'later'", "phase_known"),
    ],
)
async def test_a_transfer_that_makes_no_sense_is_not_written(purse: Purse, changes: str, constraint: str) -> None:
    # What an amount below zero would make of the balance is refused first.
    with pytest.raises((IntegrityError, BalanceTooLow)) as refused:
        await purse.move(("in", 100), changes=changes)
    assert isinstance(refused.value, BalanceTooLow) or constraint in str(refused.value)
    assert await purse.balance() == (0, 0, 0)


@pytest.mark.parametrize("table", ["transfers", "journal_entries", "ledger_accounts"])
async def test_no_row_of_the_book_is_changed_or_deleted(purse: Purse, table: str) -> None:
    await purse.move(("in", 100))
    for statement in (f"UPDATE {table} SET id = uuidv7()", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with purse.desk.service.database.transaction() as session:
                await session.execute(text(statement))


async def test_when_something_was_written_is_said_by_the_server_alone(purse: Purse) -> None:
    await purse.move(("in", 100))
    for table in ("transfers", "journal_entries"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with purse.desk.service.database.transaction() as session:
                await session.execute(text(f"INSERT INTO {table} (recorded_at) VALUES (now())"))


STEPS = st.lists(
    st.tuples(st.sampled_from(["in", "out", "coming", "hold", "post", "undo"]), st.integers(1, 40)), max_size=14
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_whatever_is_tried_in_whatever_order_the_book_holds(desk: Desk, steps: list[Step]) -> None:
    purse = await open_purse(desk)
    entries: list[UUID] = []
    for deed, amount in steps:
        before = await purse.balance()
        try:
            if deed in {"post", "undo"}:
                entry_id = entries[amount % len(entries)] if entries else uuid4()
                await (purse.post(entry_id) if deed == "post" else purse.reverse(entry_id))
            else:
                way = "in" if deed in {"in", "coming"} else "out"
                phase = "pending" if deed in {"coming", "hold"} else "single"
                entries.append(await purse.move((way, amount), phase=phase))
        except (BalanceTooLow, TransferResolved, IntegrityError):
            assert await purse.balance() == before
        posted, pending_in, held_out = await purse.balance()
        assert posted - held_out >= 0
        assert min(posted, pending_in, held_out) >= 0
    assert await purse.breaches() == []
    assert {unit["sum"] for unit in (await desk.get("/v1/ledger/summary"))["units"]} <= {0}


async def test_a_void_of_credits_that_are_held_is_refused_and_changes_nothing(desk: Desk) -> None:
    await desk.rule()
    plan = await desk.plan()
    await desk.open_accounts(0)
    await desk.push(plan, desk.row(plan))
    purse = await purse_of(desk, 0)
    await purse.move(("out", 1), phase="pending")
    before = await desk.sizes()
    answer = await desk.send(plan, desk.row(plan, revision=2, grading="voided"), desk.row(plan, 1))
    assert (answer.status_code, answer.json()["code"]) == (409, "balance_too_low")
    assert answer.json()["figures"] == {"account_id": str(purse.account_id), "missing": 1}
    assert await desk.sizes() == before
    assert [award["state"] for award in await desk.awards()] == ["valid"]
    account = await desk.account()
    assert (account["accumulated"], account["held"], account["available"]) == ("3.00", "0.01", "2.99")


async def test_the_books_invariants_hold_after_pushes_corrections_and_voids(desk: Desk) -> None:
    await desk.rule()
    await desk.rule(level="1", credit=100)
    plan = await desk.plan(levels=("1", "2"))
    await desk.open_accounts(*range(8))
    for revision in range(1, 5):
        rows = [
            desk.row(plan, index, revision=revision, **(make.FAILED if (index + revision) % 3 == 0 else {}))
            for index in range(20)
        ]
        await desk.push(plan, *rows)
        await desk.summary()
    purse = await open_purse(desk)
    assert await purse.breaches() == []
