"""Places and cycles under real concurrency, with real commits."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.exams.desk import Desk
from tests.training.make import BEGINS, Academy, Json
from x_pilot_api.registry.models import Teacher

TEACHERS, PLACES = 30, 8


@pytest.fixture
async def academy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Academy:
    academy = Academy(desk, monkeypatch)
    await academy.hire()
    async with desk.service.database.transaction() as session:
        there = desk.world.schools[0]
        more = [
            Teacher(institution_id=there.id, staff_number=f"R{n}", name="教师", college_id=there.colleges[0])
            for n in range(TEACHERS - len(academy.teachers))
        ]
        session.add_all(more)
        await session.flush()
        academy.teachers += [str(each.id) for each in more]
    academy.on("2026-05-10")
    return academy


async def held(academy: Academy, project: Json) -> tuple[list[str], int]:
    """Tell the states in the order of the line, and what the project says is taken."""
    page = await academy.desk.get("/v1/training-enrolments", project_id=project["id"], page_size=100)
    return [it["state"] for it in page["items"]], (await academy.project(project))["taken"]


async def test_of_thirty_who_enrol_at_once_eight_get_the_places_and_the_others_wait_in_order(academy: Academy) -> None:
    project = await academy.publish(places=PLACES)
    told = await asyncio.gather(*(academy.enrol(project, index) for index in range(TEACHERS)))
    assert Counter(it["state"] for (it,) in told) == {"enrolled": PLACES, "waiting": TEACHERS - PLACES}
    assert sorted(it["number"] for (it,) in told) == list(range(1, TEACHERS + 1))
    states, taken = await held(academy, project)
    assert (states, taken) == (["enrolled"] * PLACES + ["waiting"] * (TEACHERS - PLACES), PLACES)


async def test_places_given_up_at_once_go_to_the_first_who_wait_while_others_enrol(academy: Academy) -> None:
    project = await academy.publish(places=PLACES)
    first = await academy.enrol(project, *range(PLACES + 6))
    leaving = first[:5]
    path = f"/training-projects/{project['id']}:change-places"
    await asyncio.gather(
        *(academy.withdraw(it) for it in leaving),
        *(academy.enrol(project, index) for index in range(PLACES + 6, PLACES + 10)),
        academy.done(path, {"places": PLACES + 2}),
    )
    states, taken = await held(academy, project)
    live = [state for state in states if state != "withdrawn"]
    assert taken == live.count("enrolled") == PLACES + 2
    assert live == ["enrolled"] * (PLACES + 2) + ["waiting"] * (len(live) - PLACES - 2)


async def test_one_teacher_enrolled_ten_times_at_once_stands_in_line_once(academy: Academy) -> None:
    project = await academy.publish()
    body = {"teacher_ids": academy.teachers[:1]}
    path = f"/training-projects/{project['id']}/enrolments"
    answers = await asyncio.gather(*(academy.send(path, body) for _ in range(10)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 9}
    assert await held(academy, project) == (["enrolled"], 1)


async def test_even_if_nobody_locked_a_place_is_not_given_twice(academy: Academy) -> None:
    project = await academy.publish(places=1)
    await academy.enrol(project, 0)
    with pytest.raises(IntegrityError, match="training_projects_never_oversold_check"):
        async with academy.desk.service.database.transaction() as session:
            await session.execute(text("UPDATE training_projects SET taken = taken + 1, lined_up = lined_up + 1"))


async def test_cycles_opened_by_many_at_once_are_one_a_teacher(academy: Academy) -> None:
    await academy.require()
    wishes = [f"{year}-01-01" for year in (2024, 2025, 2026)] + [BEGINS] * 5
    told = await asyncio.gather(*(academy.open(begins_on=day, who="registrar") for day in wishes))
    assert sum(it["opened"] for it in told) == TEACHERS


async def test_versions_loaded_at_once_have_numbers_of_their_own(academy: Academy) -> None:
    told = await asyncio.gather(*(academy.require(document_number=f"{n}号") for n in range(8)))
    assert sorted(it["version"] for it in told) == list(range(1, 9))


async def test_a_result_recorded_by_many_at_once_is_completed_once_and_reversed_once(academy: Academy) -> None:
    project = await academy.publish()
    (one,) = await academy.enrol(project, 1)
    academy.on("2026-06-20")
    row = {"enrolment_id": one["id"], "hours_attended": 24, "result": "passed"}
    path = f"/training-projects/{project['id']}:record-results"
    answers = await asyncio.gather(*(academy.send(path, {"rows": [row]}) for _ in range(6)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 5}
    (completion,) = (await academy.desk.get("/v1/training-completions"))["items"]
    back = f"/training-completions/{completion['id']}:reverse"
    reopen = f"/training-enrolments/{one['id']}:reopen"
    answers = await asyncio.gather(*(academy.send(it, {"reason": "误"}) for it in (back, reopen, back, reopen)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 3}


async def test_a_training_elsewhere_recorded_and_confirmed_by_many_at_once_counts_once(academy: Academy) -> None:
    body = academy.elsewhere(1)
    answers = await asyncio.gather(*(academy.send("/outside-trainings", body, who="coordinator") for _ in range(6)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 5}
    (recorded,) = (await academy.desk.get("/v1/outside-trainings"))["items"]
    path = f"/outside-trainings/{recorded['id']}:confirm"
    answers = await asyncio.gather(*(academy.send(path, {}) for _ in range(6)))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 5}
    assert len((await academy.desk.get("/v1/training-completions"))["items"]) == 1
