"""A college teaches a company's employees: from enrolment to certificate, and its teacher's hours into the book."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json, SignIn, set_clock
from tests.social_training.make import DOCUMENT, YEAR, Academy
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
async def academy(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Academy:
    academy = Academy(Desk(client, sign_in, world, service))
    await academy.hire()
    return academy


async def _sit_the_exam(academy: Academy, opened: Json, monkeypatch: pytest.MonkeyPatch) -> Json:
    # In May those who stayed have their results, and sit the exam as social candidates.
    set_clock(monkeypatch, datetime(2026, 5, 20, tzinfo=UTC))
    one, two = [it for it in await academy.people(opened) if it["state"] == "enrolled"]
    await academy.attend(
        opened,
        {"participant_id": one["id"], "attended_tenths": 240, "result": "passed"},
        {"participant_id": two["id"], "attended_tenths": 200, "result": "passed"},
    )
    plan = await academy.plan()
    entered = await academy.done(f"/social-classes/{opened['id']}:register-for-exam", {"exam_plan_id": plan["id"]})
    assert (entered["registered"], entered["accepted"]) == (2, 2)
    finished = await academy.done(f"/social-classes/{opened['id']}:finish")
    assert finished["state"] == "finished"
    return plan


async def test_a_class_for_employees(academy: Academy, monkeypatch: pytest.MonkeyPatch) -> None:
    # In March the college plans a class with a company, and opens it; three employees sign up, one leaves.
    set_clock(monkeypatch, datetime(2026, 3, 25, tzinfo=UTC))
    opened = await academy.opened(places=3)
    answer = await academy.enrol(opened, academy.person(1), academy.person(2), academy.person(3))
    assert [it["outcome"] for it in answer.json()["outcomes"]] == ["added"] * 3
    gone = (await academy.people(opened))[2]
    await academy.done(f"/social-participants/{gone['id']}:withdraw", {"reason": "外派"})

    # In April it runs; the teacher logs each lesson, and a slip of the pen is sent back and mended.
    set_clock(monkeypatch, datetime(2026, 4, 20, tzinfo=UTC))
    await academy.done(f"/social-classes/{opened['id']}:start")
    lessons = [await academy.log(opened, day=day, tenths=40) for day in (0, 7)]
    slip = await academy.log(opened, day=14, tenths=240)
    await academy.done(f"/workload-records/{slip['id']}:refuse", {"reason": "当日 4 小时"})
    body = {"worked_on": "2026-04-15", "hours_tenths": 40, "what": "实操授课"}
    assert (await academy.put(f"/workload-records/{slip['id']}", body, who="teacher")).json()["state"] == "logged"

    # The college would verify them, and has no ratio to convert by: nothing is made up, and nothing is lost.
    refused = await academy.verify(*lessons, slip, who="coordinator")
    assert (refused.status_code, refused.json()["code"]) == (409, "workload_ratio_missing")
    assert (await academy.load("1.25", first="2026-01-01")).status_code == 201
    posted = await academy.verify(*lessons, slip, who="coordinator")
    assert posted.json() == {"verified": 3, "hours_tenths": 120, "workload": "15.00"}

    plan = await _sit_the_exam(academy, opened, monkeypatch)

    # In June the organisation pushes the results: one passes, and the class shows the certificate.
    set_clock(monkeypatch, datetime(2026, 6, 21, tzinfo=UTC))
    numbers = [it["exam"]["admission_number"] for it in (await academy.people(opened))[:2]]
    await academy.push(plan, (numbers[0], 1, {}), (numbers[1], 2, make.FAILED))
    told = await academy.people(opened)
    assert [it["exam"]["award_state"] if it["exam"] else None for it in told] == ["valid", None, None]
    (award,) = (await academy.desk.get("/v1/awards", page_size=100))["items"]
    assert told[0]["exam"]["award_number"] == award["number"]

    # A lesson turns out to have been counted twice and is taken back; the teacher's year says all of it.
    assert (await academy.reverse(lessons[1])).status_code == 200
    stated = await academy.statement(who="teacher")
    assert [(it["change"], it["balance"]) for it in stated["lines"]] == [
        ("5.00", "5.00"), ("5.00", "10.00"), ("5.00", "15.00"), ("-5.00", "10.00"),
    ]  # fmt: skip
    assert (stated["academic_year"], stated["workload"], stated["hours_tenths"]) == (YEAR, "10.00", 80)
    assert {it["document_number"] for it in stated["lines"]} == {DOCUMENT}
    (figures,) = (await academy.desk.get("/v1/social-figures", academic_year=YEAR))["colleges"]
    assert (figures["participants"], figures["attended_tenths"]) == (2, 440)
    assert (figures["certified"], figures["certified_percent"]) == (1, "50.00")
    await academy.desk.summary("workload")
    assert await academy.findings() == []
