"""Owners are told once of what is due tomorrow, and once that it is overdue."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from tests.exams.desk import set_clock
from tests.guidance.make import Guide
from x_pilot_api.core.jobs import Job
from x_pilot_api.guidance import tasks
from x_pilot_api.guidance.commands import telling
from x_pilot_api.worker import SCHEDULES, TASKS


async def remind(guide: Guide, day: date) -> int:
    own = guide.desk.world.schools[0].id
    async with guide.desk.service.database.transaction(institution_id=own) as session:
        return await telling.remind_owners(session, institution_id=own, today=day)


async def test_each_is_told_once_before_and_once_after_the_day(guide: Guide) -> None:
    await guide.assigned(owner="registrar", due_on="2026-05-12")
    await guide.follow_up(await guide.consult(), owner="registrar", due_on="2026-05-12", who="coordinator")
    party = await guide.party()
    await guide.done("/correspondence", guide.letter_wish(party, answer_due_on="2026-05-12"), who="registrar")
    before = await guide.told("registrar")
    assert await remind(guide, date(2026, 5, 10)) == 0
    assert await remind(guide, date(2026, 5, 11)) == 3
    assert await remind(guide, date(2026, 5, 11)) == 0
    assert await remind(guide, date(2026, 5, 12)) == 0
    assert await remind(guide, date(2026, 5, 13)) == 3
    assert await remind(guide, date(2026, 5, 20)) == 0
    told = (await guide.told("registrar"))[len(before) :]
    titles = {"机房掉线", "回函确认企业需求", "关于联合调查的函"}
    assert {title for kind, title in told if kind == "guidance.due_tomorrow"} == titles
    assert {title for kind, title in told if kind == "guidance.overdue"} == titles
    assert len(told) == 6


async def test_another_owner_or_another_day_is_told_anew(guide: Guide) -> None:
    problem = await guide.assigned(owner="registrar", due_on="2026-05-11")
    assert await remind(guide, date(2026, 5, 10)) == 1
    wish = {"owner_id": guide.person("teacher"), "due_on": "2026-05-11"}
    await guide.done(f"/pilot-problems/{problem['id']}:assign", wish, who="registrar")
    assert await remind(guide, date(2026, 5, 10)) == 1
    assert await remind(guide, date(2026, 5, 12)) == 1
    wish["due_on"] = "2026-05-20"
    await guide.done(f"/pilot-problems/{problem['id']}:assign", wish, who="registrar")
    assert await remind(guide, date(2026, 5, 19)) == 1


async def test_what_is_done_reminds_nobody(guide: Guide) -> None:
    problem = await guide.assigned(owner="registrar", due_on="2026-05-11")
    await guide.done(f"/pilot-problems/{problem['id']}:resolve", {"resolution": "好了"}, who="registrar")
    agreed = await guide.follow_up(await guide.consult(), due_on="2026-05-11")
    await guide.done(f"/follow-ups/{agreed['id']}:finish", {"result": "好了"})
    assert await remind(guide, date(2026, 5, 12)) == 0


async def test_the_task_reminds_in_every_institution(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "remind_owners" in TASKS
    assert "remind_owners" in SCHEDULES
    await guide.assigned(owner="registrar", due_on="2026-05-11")
    moved: list[tuple[int, int]] = []

    async def advance(_: object, __: object, *, done: int, total: int) -> None:
        moved.append((done, total))

    monkeypatch.setattr(tasks.attempts, "advance", advance)
    # The evening before by UTC is the day before by the calendar of the institution.
    set_clock(monkeypatch, datetime(2026, 5, 9, 23, 30, tzinfo=UTC))
    await tasks.remind_owners(guide.desk.service, Job(id=uuid4(), kind="remind_owners", attempt=1))
    assert moved == [(1, 2), (2, 2)]
    assert ("guidance.due_tomorrow", "机房掉线") in await guide.told("registrar")
