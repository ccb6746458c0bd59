"""Supervision at once, with real commits: one scheme, one year, one submission, and no ranking that does not hold."""

import asyncio
from collections import Counter

import pytest

from tests.exams.desk import Desk
from tests.supervision.make import YEAR, Chamber, scheme

TIMES = 6


@pytest.fixture
async def chamber(desk: Desk) -> Chamber:
    return Chamber(desk)


async def test_of_versions_drawn_up_at_once_one_is_and_it_comes_into_force_once(chamber: Chamber) -> None:
    answers = await asyncio.gather(*(chamber.send("/college-schemes", scheme()) for _ in range(TIMES)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: TIMES - 1}
    (drafted,) = (await chamber.desk.get("/v1/college-schemes"))["items"]
    answers = await asyncio.gather(*(chamber.enact(drafted) for _ in range(TIMES)))
    assert Counter(answer.status_code for answer in answers).keys() <= {200, 409, 412}
    assert sum(answer.status_code == 200 for answer in answers) == 1
    assert [each["state"] for each in (await chamber.desk.get("/v1/college-schemes"))["items"]] == ["in_force"]


async def test_a_year_opened_and_an_assessment_submitted_many_times_at_once_is_there_once(chamber: Chamber) -> None:
    await chamber.in_force()
    opened = await asyncio.gather(*(chamber.open() for _ in range(TIMES)))
    assert sum(each["opened"] for each in opened) == 2
    assert len((await chamber.desk.get("/v1/college-assessments"))["items"]) == 2
    found = await chamber.assessment()
    assert (await chamber.fill(found)).status_code == 200
    tag = await chamber.tag(f"/college-assessments/{found['id']}", who="coordinator")
    answers = await asyncio.gather(*(chamber.submit(found, tag=tag) for _ in range(TIMES)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: TIMES - 1}
    assert (await chamber.assessment())["submissions"] == 1
    tag = await chamber.tag(f"/college-assessments/{found['id']}", who="registrar")
    answers = await asyncio.gather(*(chamber.review(found, tag=tag) for _ in range(TIMES)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: TIMES - 1}
    history = await chamber.desk.get(f"/v1/college-assessments/{found['id']}/history")
    assert (len(history["submissions"]), len(history["decisions"])) == (1, 1)


async def test_a_ranking_published_while_an_assessment_is_sent_back_rests_on_reviewed_ones(chamber: Chamber) -> None:
    first, _ = await chamber.reviewed_year(9, 6)
    path = f"/assessment-years/{YEAR}/ranking"
    published, back = await asyncio.gather(
        chamber.send(f"{path}:publish"),
        chamber.send(f"/college-assessments/{first['id']}:send-back", {"comment": "x"}),
    )
    assert sorted((published.status_code, back.status_code)) == [200, 409]


async def test_opening_a_year_and_following_its_scheme_at_once_leave_one_scheme_for_it(chamber: Chamber) -> None:
    await chamber.in_force()
    drafted = await chamber.draft(name="更正")
    enacted, opened = await asyncio.gather(chamber.enact(drafted), chamber.send("/assessment-years", {"year": YEAR}))
    assert opened.status_code == 200, opened.text
    number = 2 if enacted.status_code == 200 else 1
    assert (await chamber.assessment())["scheme_number"] == number
    assert enacted.status_code in {200, 409}
