"""A certificate's life at a college, over HTTP alone: entered, proposed, admitted, examined, exited, taught out."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates import make
from tests.certificates.make import REVIEWS, TODAY, Json, Office, SignIn
from tests.exams import make as exams
from tests.exams.desk import Desk
from tests.world import World
from x_pilot_api.core.service import Service
from x_pilot_api.participations.rules import academic_year_on

EXIT_ON = TODAY + timedelta(days=30)


@pytest.fixture
def office(client: httpx.AsyncClient, sign_in: SignIn, world: World) -> Office:
    return Office(client, sign_in, world)


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Desk:
    return Desk(client, sign_in, world, service)


async def enter_and_admit(office: Office, session: AsyncSession) -> tuple[str, str]:
    """Enter a certificate with its scheme, and let two experts of three admit it; the third has an interest in it."""
    certificate = await office.certificate(levels=("2",))
    level_id = certificate["levels"][0]["id"]
    parts = [
        {"code": "theory", "name": "理论", "weight_percent": 40, "full_mark": "100.00"},
        {"code": "practical", "name": "实操", "weight_percent": 60, "full_mark": "100.00"},
    ]
    scheme = {
        "effective_from": "2026-01-01",
        "combination": "weighted_sum",
        "exam_form": "computer",
        "pass_mark": "60.00",
        "components": parts,
    }
    await office.post("operator", f"/v1/certificate-levels/{level_id}/schemes", scheme, status=201)
    for name in ("second_expert", "third_expert"):
        await make.expert(session, office.world, name)
    path = await office.propose(certificate["id"])
    panel = office.panel("expert", "second_expert", "third_expert")
    await office.post("coordinator", f"{path}:submit")
    assert await office.code("registrar", f"{path}:begin", panel) == "review_policy_missing"
    await office.policy()
    await office.post("registrar", f"{path}:begin", panel)
    await office.vote("expert", path)
    await office.post("second_expert", f"{path}:excuse", {"reason": "曾任该组织顾问"})
    admitted = await office.vote("third_expert", path, recognition="90.00")
    assert (admitted["state"], admitted["result"]["votes"]) == ("admitted", 2)
    deeds = [event["deed"] for event in (await office.get(f"{path}/history"))["items"]]
    assert deeds[-3:] == ["excuse_expert", "vote_in_review", "decide_review"]
    return certificate["id"], level_id


def plan_wish(office: Office, level_id: str, *, code: str, exam_on: str) -> Json:
    return {
        "institution_id": str(office.world.schools[0].id),
        "code": code,
        "name": "考核",
        "certificate_level_ids": [level_id],
        "registration_opens_on": str(TODAY),
        "registration_closes_on": str(TODAY),
        "exam_on": exam_on,
    }


async def take_part(office: Office, level_id: str) -> None:
    """Let the college ask for the year's participation, and the office grant it."""
    wish = {
        "academic_year": academic_year_on(TODAY),
        "certificate_level_id": level_id,
        "college_id": str(office.world.schools[0].colleges[0]),
        "quota_asked": 2,
    }
    asked = await office.post("coordinator", "/v1/participations", wish, status=201)
    granted = {"quota": 2, "decision_document": "教〔2026〕1号"}
    await office.post("registrar", f"/v1/participations/{asked['id']}:approve", granted)


async def announce_and_register(office: Office, level_id: str, *students: int) -> exams.Plan:
    """Let the organisation announce an exam of today, and the college register students."""
    school = office.world.schools[0]
    wish = plan_wish(office, level_id, code="2026-9", exam_on=str(TODAY))
    plan = await office.post("org_staff", "/v1/exam-plans", wish, status=201)
    wishes = [{"student_id": str(school.students[index]), "certificate_level_id": level_id} for index in students]
    made = await office.post(
        "coordinator", f"/v1/exam-plans/{plan['id']}/registrations", {"registrations": wishes}, status=201
    )
    numbers = [registration["admission_number"] for registration in made["registrations"]]
    return exams.Plan(UUID(plan["id"]), school.id, [UUID(level_id)], numbers, "2026-9")


def rule_wish(office: Office, level_id: str) -> Json:
    school = office.world.schools[0]
    return {
        "programme_id": str(school.programmes[0]),
        "certificate_level_id": level_id,
        "direction": "certificate_to_course",
        "entry_year_from": 2024,
        "entry_year_to": 2024,
        "courses": [{"course_id": str(school.courses[0][0]), "credit": "2.00", "grade": "良好"}],
    }


async def propose_exit(office: Office, certificate_id: str) -> str:
    """Propose the exit, and see whom it concerns."""
    wish = office.exit_wish(certificate_id=certificate_id)
    told = await office.post("coordinator", "/v1/certificate-exits", wish, status=201)
    plan = await office.get(told["teach_out"], who="coordinator")
    assert {item["kind"]: item["concerned"] for item in plan["items"]} == {
        "students_in_training": 10,
        "unused_attempts": 10,
        "mapping": 1,
        "registrations": 2,
    }
    due = {item["kind"]: item["due_on"] for item in plan["items"]}
    assert (due["registrations"], due["students_in_training"]) == (str(TODAY), str(EXIT_ON))
    return f"{REVIEWS}/{told['id']}"


async def test_a_certificate_is_proposed_admitted_examined_and_taught_out(
    office: Office, desk: Desk, session: AsyncSession
) -> None:
    early = plan_wish(office, str(office.world.organisations[0].levels["2"]), code="X", exam_on=str(TODAY))
    certificate_id, level_id = await enter_and_admit(office, session)
    await take_part(office, level_id)
    plan = await announce_and_register(office, level_id, 0, 1)
    await office.post("coordinator", "/v1/mappings", rule_wish(office, level_id), status=201)
    path = await propose_exit(office, certificate_id)

    # Until it is decided the certificate goes on; the scorecard stands beside the form.
    card = await office.get((await office.get(path))["scorecard"])
    assert card["certificate"]["pass_rate"] == {"numerator": 0, "denominator": 0, "percent": None}
    exited = await office.post("registrar", f"{path}:exit", {"reason": "办公会议定"})
    assert (exited["state"], exited["exit_on"]) == ("exited", str(EXIT_ON))

    # No new plan from the day on, and no new rule at all; what it does not concern goes on.
    late = plan_wish(office, level_id, code="2026-10", exam_on=str(EXIT_ON))
    assert await office.code("org_staff", "/v1/exam-plans", late) == "certificate_not_admitted"
    assert await office.code("coordinator", "/v1/mappings", rule_wish(office, level_id)) == "mapping_certificate_exited"
    await office.post("org_staff", "/v1/exam-plans", early, status=201)

    # Who was registered finishes: the result is taken in, and the certificate issued.
    rows = [
        desk.row(plan, 0, admission_number=plan.admission_numbers[0]),
        desk.row(plan, 1, admission_number=plan.admission_numbers[1], **exams.FAILED),
    ]
    batch = await desk.push(plan, *rows)
    assert (batch["accepted"], batch["downstream"]["awards_issued"]) == (2, 1)
    card = await office.get((await office.get(path))["scorecard"])
    assert card["certificate"]["pass_rate"] == {"numerator": 1, "denominator": 2, "percent": "50.00"}

    # What is left to be done is done, and admitting it anew begins with a new review.
    items = (await office.get(f"{path}/teach-out"))["items"]
    done = await office.change("coordinator", f"/v1/teach-out-items/{items[0]['id']}", {"done_on": str(TODAY)})
    assert done.json()["done_on"] == str(TODAY)
    assert await office.propose(certificate_id)
