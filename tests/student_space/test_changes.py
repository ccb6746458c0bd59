"""A device that syncs holds what the screens tell: changes, what is gone, pages, instants, and nobody else's things."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Row, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams import make
from tests.exams.desk import set_clock
from tests.student_space.conftest import Campus
from tests.student_space.phone import Phone
from x_pilot_api.core import clock
from x_pilot_api.exams.models import Registration
from x_pilot_api.inbox.models import Message
from x_pilot_api.student_space import commands, tasks
from x_pilot_api.student_space.models import ChangeMark
from x_pilot_api.student_space.queries import changes, standing
from x_pilot_api.student_space.queries.standing import Cursor, Place


async def _registration(campus: Campus, plan: make.Plan, **values: object) -> str:
    """Change the first student's registration, and name it."""
    changed = update(Registration).where(Registration.admission_number == plan.admission_numbers[0]).values(**values)
    async with campus.service.database.transaction(institution_id=plan.institution_id) as session:
        return str((await session.execute(changed.returning(Registration.id))).scalar_one())


async def test_a_device_holds_what_the_screens_tell_page_by_page(campus: Campus) -> None:
    desk, phones = campus.desk, [campus.phone(page_size=size) for size in (1, 3, 100)]
    for phone in phones:
        assert [it["kind"] for it in await phone.sync()] == ["student"]
    await desk.rule()
    await desk.open_accounts()
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan), desk.row(plan, 1))
    for phone in phones:
        await phone.sync()
        await phone.holds_the_truth()
        assert {kind for kind, _ in phone.things} == {
            "student", "registration", "result", "award", "learning_outcome", "credit_account", "message",
        }  # fmt: skip
    stranger = campus.phone("student_2")
    await stranger.sync()
    assert {kind for kind, _ in stranger.things} == {"student"}


async def test_what_is_withdrawn_is_gone_from_a_device_that_had_it_and_never_told_to_a_new_one(campus: Campus) -> None:
    plan = await campus.desk.plan()
    phone = campus.phone()
    await phone.sync()
    registration_id = await _registration(campus, plan, state="withdrawn")
    await phone.sync()
    assert ("registration", registration_id, "withdrawn") in phone.gone
    await phone.holds_the_truth()
    new = campus.phone()
    await new.sync()
    assert new.gone == []


async def test_a_result_that_may_not_be_seen_yet_leaves_no_trace_in_the_feed(campus: Campus) -> None:
    desk, phone = campus.desk, campus.phone()
    plan = await desk.plan()
    await phone.sync()
    await phone.sync()
    await desk.push(plan, desk.row(plan, grading="provisional"))
    assert (await desk.outcome(plan, desk.row(plan, revision=2, passed=False)))["outcome"] == "quarantined"
    came = [it for it in await phone.sync() if it["kind"] == "result"]
    assert [it["object"] for it in came] in ([], [None]), "at most that there is none, as before"
    before = phone.things.copy()
    await desk.push(plan, desk.row(plan, revision=3))
    await phone.sync()
    assert phone.things.keys() - before.keys() >= {("result", key) for key in phone.held("registration")}
    await phone.holds_the_truth()


async def test_what_time_shows_comes_though_nothing_was_written(
    campus: Campus, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, now = campus.phone(), clock.now()
    await campus.box.send_later("student", now + timedelta(minutes=5))
    await campus.box.send("student")
    assert len([it for it in await phone.sync() if it["kind"] == "message"]) == 1
    for _ in range(60):
        # The floor passes what is written; then only time is left to tell of it.
        await campus.box.send("registrar")
    await phone.sync()
    set_clock(monkeypatch, now + timedelta(minutes=6))
    assert len(phone.held("message")) == 1
    await phone.sync()
    assert len(phone.held("message")) == 2
    monkeypatch.undo()


async def test_reading_a_message_on_one_device_shows_on_the_other(campus: Campus) -> None:
    first, second = campus.phone(), campus.phone()
    await campus.box.send("student")
    await first.sync()
    await second.sync()
    await campus.box.mark(message_ids=list(first.held("message")))
    await second.sync()
    assert all(it["read_at"] for it in second.held("message").values())
    await second.holds_the_truth()


async def test_an_instant_stands_at_the_last_mark_before_it_and_misses_nothing(
    campus: Campus, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await campus.desk.plan()
    async with campus.service.database.transaction() as session:
        await commands.mark_instant(session)
    registration_id = await _registration(campus, plan, state="locked")
    set_clock(monkeypatch, clock.now() + timedelta(minutes=2))
    phone = campus.phone()
    phone.since = clock.now().isoformat()
    kinds = {it["kind"]: it for it in await phone.sync()}
    assert kinds.keys() == {"registration", "result"}, "the student themself was written before the mark"
    assert kinds["registration"]["id"] == registration_id
    before = campus.phone()
    before.since = "2020-01-01T00:00:00Z"
    assert "student" in {it["kind"] for it in await before.sync()}, "from before every mark all is told"
    monkeypatch.undo()


async def test_when_a_thing_changed_is_told_by_the_marks(campus: Campus) -> None:
    phone = campus.phone()
    async with campus.service.database.transaction() as session:
        await commands.mark_instant(session)
        (mark,) = await session.scalars(select(ChangeMark.marked_at))
    (student,) = await phone.sync()
    assert datetime.fromisoformat(student["changed_at"]) == mark
    await campus.box.send("student")
    (message,) = [it for it in await phone.sync() if it["kind"] == "message"]
    assert datetime.fromisoformat(message["changed_at"]) > mark


async def test_marks_are_made_and_forgotten_by_the_clock(campus: Campus, monkeypatch: pytest.MonkeyPatch) -> None:
    database = campus.service.database
    for days, left in ((0, 1), (1, 2), (100, 1)):
        set_clock(monkeypatch, datetime.now(UTC) + timedelta(days=days))
        await tasks.mark_changes(campus.service, None)  # pyright: ignore[reportArgumentType] - it asks nothing of the job
        async with database.transaction() as session:
            counted = (await session.execute(select(func.count()).select_from(ChangeMark))).scalar_one()
        assert counted <= left + 1
    monkeypatch.undo()


@pytest.mark.parametrize(
    "since", ["yesterday", "2026-01-01", "2026-01-01T00:00:00", "WyJhIl0", "W10", "%00", "a" * 499]
)
async def test_what_is_neither_token_nor_instant_is_refused(phone: Phone, since: str) -> None:
    headers = phone.sign_in("student")
    answer = await phone.client.get("/v1/me/changes", params={"modified_since": since}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


async def test_a_token_of_another_database_or_of_the_future_asks_to_begin_anew(campus: Campus) -> None:
    phone = campus.phone()
    await phone.sync()
    assert phone.since is not None
    own = standing.read_since(phone.since)
    assert isinstance(own, Cursor)
    for wrong in (
        Cursor(own.lineage + 1, own.floor, own.at),
        Cursor(own.lineage, own.floor + 1_000_000, own.at),
    ):
        asked = {"modified_since": wrong.written()}
        answer = await campus.client.get("/v1/me/changes", params=asked, headers=campus.sign_in("student"))
        assert (answer.status_code, answer.json()["code"]) == (410, "changes_forgotten")


def test_a_cursor_comes_back_as_it_was_carried() -> None:
    at = datetime(2026, 11, 28, 9, 30, 0, 123_456, tzinfo=UTC)
    for cursor in (
        Cursor(7_000_000_000_000_000_001, 5, at),
        Cursor(1, 5, at, next_floor=9, next_at=at + timedelta(days=1), place=Place(7, "award", uuid4())),
    ):
        assert standing.read_since(cursor.written()) == cursor
    head = 2**33
    assert standing.is_forgotten(Cursor(1, head - 2**31 - 1, at), lineage=1, head=head)
    assert not standing.is_forgotten(Cursor(1, head - 2**31, at), lineage=1, head=head)
    assert not standing.is_forgotten(Cursor(1, 0, at), lineage=1, head=head)


@pytest.mark.parametrize(
    ("newest", "lower", "whole"),
    [
        (1_000, 999, 999),
        (1_000, 1_001, 1_001),
        (2**32 + 10, 9, 2**32 + 9),
        (2**32 + 10, 2**32 - 1, 2**32 - 1),
        (5 * 2**32 + 3, 4, 5 * 2**32 + 4),
    ],
)
async def test_a_rows_transaction_is_numbered_whole(session: AsyncSession, newest: int, lower: int, whole: int) -> None:
    number = changes._written("written")  # pyright: ignore[reportPrivateUsage] - the arithmetic that all rests on
    statement = text(
        f"WITH frame AS (SELECT CAST(:newest AS bigint) + 1048576 AS ahead) SELECT {number} AS xid"
        " FROM frame, (SELECT CAST(:lower AS text) AS xmin) AS written"
    )
    row: Row[int] = (await session.execute(statement, {"newest": newest, "lower": str(lower)})).one()
    assert row.xid == whole


async def test_forgotten_messages_are_named_by_the_day_they_are_kept_from(campus: Campus) -> None:
    told = await campus.phone().page()
    kept = datetime.fromisoformat(told["generated_at"]) - datetime.fromisoformat(told["messages_kept_since"])
    assert kept == timedelta(days=campus.service.settings.messages_kept_days)
    async with campus.service.database.transaction() as session:
        assert (await session.scalars(select(Message))).all() == []
