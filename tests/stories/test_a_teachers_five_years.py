"""A teacher's five years: opened under a requirement, waited for, corrected, trained elsewhere, and met in time."""

import httpx
import pytest
from sqlalchemy import text

from tests.exams.desk import Desk, SignIn
from tests.training.make import BEGINS, ENDS, Academy
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
async def academy(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Academy:
    academy = Academy(Desk(client, sign_in, world, service), monkeypatch)
    await academy.hire()
    return academy


async def test_a_teachers_five_years(academy: Academy) -> None:
    await begin(academy)
    await be_trained_in_the_first_year(academy)
    await be_trained_elsewhere(academy)
    await see_to_it_in_the_last_year(academy)
    await end(academy)


async def begin(academy: Academy) -> None:
    """Let the college be told what is missing, the office load it, and the cycles begin."""
    academy.on("2024-01-10")
    college = {"college_id": academy.college(), "begins_on": BEGINS}
    refused = await academy.refused("/training-cycles:open", college, who="coordinator")
    assert refused == (409, "training_requirement_missing")
    await academy.require(total_hours=90, module_hours=40)
    assert (await academy.open())["opened"] == 6
    own = await academy.cycle(who="teacher")
    assert (own["begins_on"], own["ends_on"], own["standing"], own["last_useful_on"]) == (BEGINS, ENDS, "short", None)


async def be_trained_in_the_first_year(academy: Academy) -> None:
    """Let the teacher wait for a place that a colleague gives up, and have a wrong result taken back."""
    project = await academy.publish(
        hours=40, places=2, enrols_until="2024-06-01", starts_on="2024-07-08", ends_on="2024-07-12"
    )
    assert (await academy.cycle(who="teacher"))["last_useful_on"] == "2024-06-01"
    first, second = await academy.enrol(project, 1, 2)
    (mine,) = await academy.enrol(project, 0, who="teacher")
    assert (mine["state"], mine["ahead"]) == ("waiting", 0)
    await academy.withdraw(first)
    assert await academy.messages("teacher") == ["training.place_freed"]
    assert (await academy.cycle(who="teacher"))["held_hours"] == 40
    academy.on("2024-07-12")
    await academy.record(project, (mine, 40, "passed"))
    assert (await academy.cycle(who="teacher"))["done_hours"] == 40
    await academy.done(f"/training-enrolments/{mine['id']}:reopen", {"reason": "出勤登记有误"})
    assert (await academy.cycle(who="teacher"))["done_hours"] == 0
    await academy.record(project, (mine, 32, "passed"), (second, 0, "absent"))
    answer = {"content": 5, "teaching": 4, "organisation": 4, "usefulness": 5}
    await academy.done(f"/training-enrolments/{mine['id']}:answer-survey", answer, who="teacher")
    assert (await academy.done(f"/training-projects/{project['id']}:close"))["state"] == "closed"


async def be_trained_elsewhere(academy: Academy) -> None:
    """Let the college record a national course, and the office confirm it."""
    academy.on("2026-09-01")
    outside = await academy.outside(0, hours=48, completed_on="2026-08-20")
    assert (await academy.cycle(who="teacher"))["done_hours"] == 32
    await academy.done(f"/outside-trainings/{outside['id']}:confirm", {})
    own = await academy.cycle(who="teacher")
    assert (own["done_hours"], own["is_module_done"], own["standing"]) == (80, True, "short")


async def see_to_it_in_the_last_year(academy: Academy) -> None:
    """Let the forecast name who will miss it and until when enrolling helps; the teacher sees to it."""
    academy.on("2028-05-10")
    last = await academy.publish(
        title="信息化教学", hours=12, is_x_module=False, certificate_level_id=None, places=3,
        enrols_until="2028-06-01", starts_on="2028-06-10", ends_on="2028-06-12",
    )  # fmt: skip
    page = await academy.desk.get("/v1/training-cycles", who="coordinator", standing="short", ends_until=ENDS)
    useful = {it["staff_number"]: it["last_useful_on"] for it in page["items"]}
    # To who lacks the module, a training without it is of no use.
    assert (useful["T0"], useful["T1"]) == ("2028-06-01", None)
    (held,) = await academy.enrol(last, 0, who="teacher")
    assert (await academy.cycle(who="teacher"))["standing"] == "provided"
    academy.on("2028-06-12")
    await academy.record(last, (held, 12, "passed"))
    assert (await academy.cycle(who="teacher"))["standing"] == "met"


async def end(academy: Academy) -> None:
    """Let it end: whoever did not meet it is overdue, the next five years begin, and everything is on record."""
    academy.on("2029-01-01")
    (mine, _) = await academy.desk.get("/v1/training-coverage")
    assert (mine["in_cycle"], mine["overdue"], mine["coverage_percent"]) == (0, 5, None)
    assert (await academy.open(begins_on="2029-01-01"))["opened"] == 6
    evidence = (await academy.desk.get("/v1/training-completions", teacher_id=academy.teachers[0]))["items"]
    told = [(it["hours"], it["reversed_because"]) for it in evidence]
    assert told == [(40, "出勤登记有误"), (32, None), (48, None), (12, None)]
    async with academy.desk.service.database.transaction() as session:
        deeds = await session.scalars(text("SELECT DISTINCT deed FROM audit_events WHERE object_kind LIKE 'training%'"))
        assert set(deeds.all()) >= {
            "answer_training_survey", "close_training_project", "enrol_teacher", "load_training_requirement",
            "open_training_cycle", "place_training_enrolment", "publish_training_project", "record_training_result",
            "reopen_training_enrolment", "reverse_training_completion", "withdraw_training_enrolment",
        }  # fmt: skip
