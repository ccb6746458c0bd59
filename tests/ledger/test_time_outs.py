"""Pending transfers that end by themselves, and groups of transfers that are written together or not at all."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from tests.exams.desk import SYSTEM, Desk, set_clock
from tests.ledger.purse import Purse, open_purse
from x_pilot_api import worker
from x_pilot_api.core import working
from x_pilot_api.ledger import commands
from x_pilot_api.ledger.commands import STAGED
from x_pilot_api.ledger.errors import BalanceTooLow, TransferResolved

UNTIL = datetime(2026, 12, 24, 12, tzinfo=UTC)


@pytest.fixture
async def purse(desk: Desk) -> Purse:
    return await open_purse(desk)


async def run_out(purse: Purse, *, now: datetime = UNTIL) -> int:
    """End what is over its time."""
    async with purse.desk.service.database.transaction() as session:
        return await commands.time_out_due(session, SYSTEM, institution_id=purse.institution_id, now=now, cause=uuid4())


async def phases(purse: Purse) -> list[str]:
    """Tell the phases of the purse's movements in their order."""
    asked = text(
        "SELECT phase FROM transfers WHERE :account IN (debit_account_id, credit_account_id)"
        " ORDER BY coalesce(debit_seq, credit_seq)"
    )
    async with purse.desk.service.database.transaction(read_only=True) as session:
        return list((await session.scalars(asked, {"account": purse.account_id})).all())


async def test_a_hold_that_nobody_ends_in_time_is_let_go_of_once(purse: Purse) -> None:
    await purse.move(("in", 300))
    await purse.move(("out", 200), phase="pending", times_out_at=UNTIL)
    assert await run_out(purse, now=UNTIL - timedelta(microseconds=1)) == 0
    assert await purse.balance() == (300, 0, 200)
    assert [await run_out(purse), await run_out(purse)] == [1, 0]
    assert await purse.balance() == (300, 0, 0)
    assert await phases(purse) == ["single", "pending", "timed_out"]
    assert await purse.breaches() == []


async def test_what_was_coming_in_and_timed_out_never_comes(purse: Purse) -> None:
    await purse.move(("in", 300), phase="pending", times_out_at=UNTIL)
    assert await run_out(purse) == 1
    assert await purse.balance() == (0, 0, 0)


async def test_a_pending_transfer_without_a_time_out_waits_for_ever(purse: Purse) -> None:
    await purse.move(("in", 300), phase="pending")
    assert await run_out(purse, now=UNTIL + timedelta(days=10_000)) == 0
    assert await purse.balance() == (0, 300, 0)


@pytest.mark.parametrize("end", ["post", "reverse"])
async def test_what_was_ended_before_its_time_does_not_time_out(purse: Purse, end: str) -> None:
    entry_id = await purse.move(("in", 300), phase="pending", times_out_at=UNTIL)
    assert await getattr(purse, end)(entry_id) == 1
    assert await run_out(purse) == 0
    assert await purse.balance() == (300 if end == "post" else 0, 0, 0)


async def test_what_timed_out_is_neither_posted_nor_voided_any_more(purse: Purse) -> None:
    entry_id = await purse.move(("in", 300), phase="pending", times_out_at=UNTIL)
    assert await run_out(purse) == 1
    with pytest.raises(TransferResolved) as refused:
        await purse.post(entry_id)
    assert refused.value.figures["phase"] == "timed_out"
    assert await purse.reverse(entry_id) == 0
    assert await purse.balance() == (0, 0, 0)


async def test_the_worker_ends_what_is_over_its_time(purse: Purse, monkeypatch: pytest.MonkeyPatch) -> None:
    await purse.move(("in", 300), phase="pending", times_out_at=UNTIL)
    assert worker.SCHEDULES["time_out_transfers"] == "* * * * *"
    for now, left in ((UNTIL - timedelta(seconds=1), 300), (UNTIL, 0)):
        set_clock(monkeypatch, now)
        async with purse.desk.service.database.transaction() as session:
            job_id = await working.jobs.enqueue(session, "time_out_transfers", arguments={})
        await working.attempt(purse.desk.service, worker.TASKS["time_out_transfers"], job_id)
        assert await purse.balance() == (0, left, 0)


async def linked(purse: Purse, *amounts: int, phase: str = "single", **columns: object) -> UUID:
    """Move several amounts out of the purse as one entry: they are linked."""
    entry_id, source_id = uuid4(), uuid4()
    async with purse.desk.service.database.transaction() as session:
        await commands.begin_staging(session)
        for amount in amounts:
            row: dict[str, object] = {
                "transfer_id": text("uuidv7()"),
                "entry_id": entry_id,
                "kind": "linked",
                "source_kind": "test",
                "source_id": source_id,
                "occasion": 1,
                "phase": phase,
                "unit": "credit",
                "debit_account_id": purse.account_id,
                "credit_account_id": purse.till_id,
                "amount": amount,
            }
            await session.execute(insert(STAGED).values(row | columns))
        await commands.post_staged(session, SYSTEM, institution_id=purse.institution_id, cause=uuid4())
    return entry_id


async def test_linked_transfers_are_written_together(purse: Purse) -> None:
    await purse.move(("in", 100))
    await linked(purse, 40, 30, 30)
    assert await purse.balance() == (0, 0, 0)
    assert await phases(purse) == ["single"] * 4


async def test_of_linked_transfers_none_is_written_when_one_cannot_be(purse: Purse) -> None:
    await purse.move(("in", 100))
    with pytest.raises(BalanceTooLow):
        await linked(purse, 40, 30, 31)
    with pytest.raises(IntegrityError):
        await linked(purse, 40, 30, unit="cny")
    assert await purse.balance() == (100, 0, 0)
    assert await phases(purse) == ["single"]


async def test_linked_pending_transfers_time_out_together(purse: Purse) -> None:
    await purse.move(("in", 100))
    await linked(purse, 40, 30, phase="pending", times_out_at=UNTIL)
    assert await purse.balance() == (100, 0, 70)
    assert await run_out(purse) == 1
    assert await purse.balance() == (100, 0, 0)
    assert await phases(purse) == ["single", "pending", "pending", "timed_out", "timed_out"]
