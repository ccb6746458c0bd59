"""The same hours verified and reversed several times at once, and the last place of a class, with real commits."""

import asyncio
from collections import Counter
from uuid import uuid4

import pytest

from tests.exams.desk import Desk, set_clock
from tests.social_training.make import IN_MAY, Academy

AT_ONCE = 6


@pytest.fixture
async def academy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Academy:
    set_clock(monkeypatch, IN_MAY)
    academy = Academy(desk)
    await academy.hire()
    return academy


async def test_the_same_hours_are_posted_once_and_reversed_once(academy: Academy) -> None:
    running = await academy.running()
    await academy.load()
    record = await academy.log(running)
    answers = await asyncio.gather(*(academy.verify(record, key=uuid4().hex) for _ in range(AT_ONCE)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: AT_ONCE - 1}
    stated = await academy.statement()
    assert (len(stated["lines"]), stated["account_workload"]) == (1, "4.20")
    answers = await asyncio.gather(*(academy.reverse(record) for _ in range(AT_ONCE)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: AT_ONCE - 1}
    stated = await academy.statement()
    assert (len(stated["lines"]), stated["account_workload"]) == (2, "0.00")


async def test_a_teacher_gets_one_account_however_many_verify_their_first_hours(academy: Academy) -> None:
    running = await academy.running()
    await academy.load()
    records = [await academy.log(running, day=day) for day in range(AT_ONCE)]
    answers = await asyncio.gather(*(academy.verify(record) for record in records))
    assert {answer.status_code for answer in answers} == {201}
    stated = await academy.statement()
    assert ([line["seq"] for line in stated["lines"]], stated["account_workload"]) == ([1, 2, 3, 4, 5, 6], "25.20")
    summary = await academy.desk.summary("workload")
    assert {kind["kind"]: kind["accounts"] for kind in summary["kinds"]} == {"workload": 1, "workload_recognised": 1}


async def test_the_last_place_of_a_class_is_given_once(academy: Academy) -> None:
    opened = await academy.opened(places=1)
    answers = await asyncio.gather(*(academy.enrol(opened, academy.person(serial)) for serial in range(AT_ONCE)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: AT_ONCE - 1}
    assert ((await academy.read(opened))["taken"], len(await academy.people(opened))) == (1, 1)


async def test_a_day_is_logged_once_and_never_converted_by_a_ratio_that_has_ended(academy: Academy) -> None:
    running = await academy.running()
    await academy.load("1.2")
    body = {"social_class_id": running["id"], "worked_on": "2026-04-10", "hours_tenths": 10, "what": "授课"}
    answers = await asyncio.gather(*(academy.post("/workload-records", body, who="teacher") for _ in range(AT_ONCE)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: AT_ONCE - 1}
    record = next(answer.json() for answer in answers if answer.status_code == 201)
    verified, loaded = await asyncio.gather(academy.verify(record), academy.load("2", first="2026-04-01"))
    told = await academy.record(record)
    # Whoever came first is the one by whose ratio the day was converted; the other saw it.
    assert verified.status_code == 201
    assert told["workload"] == ("2.00" if loaded.status_code == 201 else "1.20")
