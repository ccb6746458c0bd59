"""An exam from the college's offer of a room to its end, over HTTP alone."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from tests.certificates.make import TODAY, Json, SignIn
from tests.exams import make
from tests.exams.desk import set_clock
from tests.exams.planning import EXAM_ON, Planner, examiner, on
from tests.world import World


@pytest.fixture
def planner(client: httpx.AsyncClient, sign_in: SignIn, world: World) -> Planner:
    return Planner(client, sign_in, world)


async def register(planner: Planner, plan: Json, *indexes: int) -> make.Plan:
    """Register students, and tell the plan as the desk's rows want it."""
    students = planner.world.schools[0].students
    wishes = [{"student_id": str(students[index]), "certificate_level_id": planner.level_id()} for index in indexes]
    path = f"/v1/exam-plans/{plan['id']}/registrations"
    told = await planner.post("coordinator", path, {"registrations": wishes}, status=201)
    numbers = [it["admission_number"] for it in told["registrations"]]
    return make.Plan(UUID(plan["id"]), UUID(plan["institution_id"]), [UUID(planner.level_id())], numbers, plan["code"])


async def push(planner: Planner, registered: make.Plan, *indexes: int) -> None:
    rows = [make.row(planner.world, registered, index) for index in indexes]
    answer = await make.push(planner.client, planner.sign_in("machine"), registered, rows)
    assert (answer.status_code, answer.json()["accepted"]) == (201, len(rows)), answer.text


async def test_an_exam_from_the_offer_of_a_room_to_its_end(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    # The college offers a place, and the organisation looks at it twice.
    site = await planner.offer(rooms=[planner.room("A1"), planner.room("A2")])
    await planner.post("org_staff", f"{planner.at(site)}:refuse", {"reason": "补充监控"})
    again = {"capacity": 40, "valid_from": str(TODAY), "valid_to": str(TODAY + timedelta(days=365))}
    await planner.post("coordinator", f"{planner.at(site)}:apply-again", again)
    await planner.post("org_staff", f"{planner.at(site)}:approve", {})
    rows = (await planner.get("/v1/site-demand", who="coordinator"))["items"]
    assert [row["seats_own"] for row in rows if row["certificate_level_id"] == planner.level_id()] == [40]

    # Office and organisation draft a plan together, and publish it.
    path = await planner.plan(draft=True)
    await planner.put("org_staff", path, planner.terms(name="春季考核"))
    plan = await planner.post("registrar", f"{path}:publish")
    assert (plan["name"], plan["state"]) == ("春季考核", "registration_open")
    registered = await register(planner, plan, 0, 1)

    # A sitting is arranged, falls through, and another one takes its room and its examiner.
    first = await planner.arranged(path, site, rooms=1, code="S-01", examiners=[examiner("外聘考官")])
    body = await planner.sitting(site, rooms=1, code="S-02", examiners=[examiner("外聘考官")])
    assert await planner.code("org_staff", f"{path}/sittings", body) == "site_full"
    await planner.post("org_staff", f"/v1/exam-sittings/{first['id']}:cancel", {"reason": "停电"})
    await planner.post("org_staff", f"{path}/sittings", body, status=201)

    # The days pass, and the plan's state with them.
    set_clock(monkeypatch, on(TODAY + timedelta(days=6)))
    assert (await planner.get(path))["state"] == "registration_closed"
    await planner.post_list("registrar", f"{path}/tasks/arrange_seats:tick")
    assert (await planner.get(path))["state"] == "arranged"
    set_clock(monkeypatch, on(EXAM_ON, 12))
    assert ((await planner.get(path))["state"], (await planner.get(path))["national_code"]) == ("held", None)
    late = on(EXAM_ON + timedelta(days=21))
    set_clock(monkeypatch, late)
    kinds = {task["kind"] for task in (await planner.get("/v1/overdue-exam-tasks"))["items"]}
    assert "enter_results" in kinds
    await push(planner, registered, 0)
    assert await planner.code("registrar", f"{path}:cancel", {"reason": "太迟"}) == "plan_has_results"
    window = {"objections_until": (late + timedelta(days=90)).isoformat(), "reason": "延长"}
    assert await planner.code("registrar", f"{path}:extend", window) == "plan_has_results"
    told = await planner.get(path)
    assert (told["state"], told["national_code"], told["candidates"], told["results"]) == ("results_entered", "4", 2, 1)
    await push(planner, registered, 1)
    assert (await planner.get(path))["national_code"] == "5"
    kinds = {task["kind"] for task in (await planner.get("/v1/overdue-exam-tasks"))["items"]}
    assert "enter_results" not in kinds
    set_clock(monkeypatch, on(EXAM_ON + timedelta(days=41)))
    told = await planner.get(path)
    assert (told["state"], told["national_code"]) == ("closed", "6")
