"""A college's year is assessed: a scheme, an exam, a self-assessment, a review, a finding put right, a ranking."""

import httpx
import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json, SignIn
from tests.supervision.make import TEAM, WORDS, YEAR, Chamber
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def chamber(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Chamber:
    return Chamber(Desk(client, sign_in, world, service))


async def the_year_is_opened(chamber: Chamber) -> Json:
    """Find that no year opens without a scheme, put one in force, and let an exam have been held."""
    desk = chamber.desk
    refused = await chamber.send("/assessment-years", {"year": YEAR})
    assert refused.json()["code"] == "college_scheme_missing"
    await chamber.in_force()
    plan = await desk.plan(candidates=4)
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1), desk.row(plan, 2, **make.FAILED))
    assert (await chamber.open())["opened"] == 2
    return await chamber.assessment()


async def it_is_assessed_by_two(chamber: Chamber, found: Json) -> None:
    """Have the college submit, be sent back, submit again, and the office adjust what it stated."""
    await chamber.submitted(found)
    await chamber.send(f"/college-assessments/{found['id']}:send-back", {"comment": "请附培训名册"})
    assert (await chamber.messages("coordinator"))[0] == "college_assessment.returned"
    await chamber.submitted(found, entries=[*WORDS[:1], TEAM | {"narrative": "名册见附件一。"}])
    adjusted = {"code": "team", "numerator": 8, "denominator": 10, "reason": "一人未结业"}
    told = (await chamber.review(found, adjustments=[adjusted], comment="按核定数计")).json()
    # Two of three passed, against a target of 80 %: 41.67 of 50; 8 of 10 against 90 %: 26.67 of 30.
    assert told["total"] == {"points": "68.34", "assessable_weight": 80, "score_percent": "85.43"}


async def what_was_low_is_put_right(chamber: Chamber, found: Json) -> None:
    """Find something in the assessment; the teacher puts it right, the office checks it, twice."""
    await chamber.employ_teacher()
    finding = await chamber.raise_(assessment_id=found["id"], indicator_code="team", title="教师培训未全覆盖")
    await chamber.planned(finding)
    await chamber.do(finding, "finish", who="teacher", evidence="补训一期")
    later = chamber.day(9).isoformat()
    await chamber.do(finding, "send-back", who="registrar", reason="缺结业证明", due_on=later)
    await chamber.do(finding, "finish", who="teacher", evidence="结业证明已补")
    closed = (await chamber.do(finding, "close", who="registrar")).json()
    assert (closed["state"], closed["indicator_name"], len(closed["steps"])) == ("closed", "双师教师培训", 6)


async def the_ranking_waits_for_everybody(chamber: Chamber) -> None:
    """Find that the ranking lacks a college, have that one reviewed, and publish."""
    path = f"/assessment-years/{YEAR}/ranking"
    lacking = (await chamber.send(f"{path}:publish")).json()
    assert (lacking["code"], lacking["figures"]["count"]) == ("colleges_not_reviewed", 1)
    sibling = await chamber.assessment(who="sibling_coordinator")
    await chamber.submitted(sibling, who="sibling_coordinator", entries=[TEAM])
    await chamber.review(sibling)
    assert await chamber.desk.status(f"/v1{path}", who="coordinator") == 409
    assert (await chamber.send(f"{path}:publish")).status_code == 200
    told = await chamber.desk.get(f"/v1{path}", who="coordinator")
    assert [(each["rank"], each["score_percent"], each["assessable_weight"]) for each in told["colleges"]] == [
        (1, "100.00", 30),
        (2, "85.43", 80),
    ]


async def test_a_college_is_assessed_and_what_was_found_is_put_right(chamber: Chamber) -> None:
    found = await the_year_is_opened(chamber)
    await it_is_assessed_by_two(chamber, found)
    await what_was_low_is_put_right(chamber, found)
    await the_ranking_waits_for_everybody(chamber)
    desk = chamber.desk
    rows = await desk.get(f"/v1/college-assessments/{found['id']}/indicators/pass/rows", who="coordinator")
    assert len(rows["items"]) == 2
