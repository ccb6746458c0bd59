"""Reports at once, with real commits: each college has one of a period, and one submission wins."""

import asyncio
from collections import Counter

import pytest

from tests.exams.desk import Desk
from tests.reports.make import Bureau

TIMES = 6


@pytest.fixture
async def bureau(desk: Desk) -> Bureau:
    return Bureau(desk)


async def test_a_period_opened_and_a_report_submitted_many_times_at_once_is_there_once(bureau: Bureau) -> None:
    type_ = await bureau.define()
    opened = await asyncio.gather(*(bureau.open(type_) for _ in range(TIMES)))
    assert sum(each["opened"] for each in opened) == 2
    assert len((await bureau.desk.get("/v1/reports"))["items"]) == 2
    report = await bureau.report()
    assert (await bureau.fill(report)).status_code == 200
    tag = await bureau.tag(f"/reports/{report['id']}")
    answers = await asyncio.gather(*(bureau.submit(report, tag=tag) for _ in range(TIMES)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: TIMES - 1}
    assert (await bureau.report())["submissions"] == 1
    answers = await asyncio.gather(*(bureau.answer(report, "accept") for _ in range(TIMES)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: TIMES - 1}
    history = await bureau.desk.get(f"/v1/reports/{report['id']}/history")
    assert len(history["submissions"]) == 1
