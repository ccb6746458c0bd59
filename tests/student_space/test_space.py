"""A student is told everything of themself in small answers, nothing hidden, and nothing of anybody else."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams import make
from tests.exams.desk import Desk, set_clock
from tests.student_space.phone import Phone
from tests.world import Caller, World, signed_in
from x_pilot_api.core import clock
from x_pilot_api.core.row_security import act_within
from x_pilot_api.exams.models import ExamPlan, Registration
from x_pilot_api.identity.models import Membership, Person
from x_pilot_api.student_space import rules
from x_pilot_api.student_space.rules import Component

SCREENS = ("overview", "registrations", "results", "awards", "learning-outcomes", "progress", "changes")


async def _passed(desk: Desk) -> make.Plan:
    await desk.rule()
    await desk.open_accounts()
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan), desk.row(plan, 1))
    return plan


async def test_a_result_says_how_it_came_about_and_what_it_set_off(desk: Desk, phone: Phone) -> None:
    plan = await _passed(desk)
    (short,) = (await phone.get("results"))["items"]
    assert (short["total"], short["passed"], short["exam_name"]) == ("80.00", True, "考核计划")
    told = await phone.get(f"results/{short['registration_id']}")
    assert [(it["code"], it["score"], it["weight_percent"]) for it in told["components"]] == [
        ("practical", "80.00", 60),
        ("theory", "80.00", 40),
    ]
    assert told["says"]["zh-CN"] == "实操 80.00/100.00 × 60% + 理论 80.00/100.00 × 40% = 80.00；合格线 60.00：合格。"
    (award,) = (await phone.get("awards"))["items"]
    set_off = told["set_off"]
    assert (set_off["award_id"], set_off["outcome_reason"]) == (award["id"], "deposited")
    assert set_off["credit"] == (await phone.get("credit-account"))["accumulated"]
    assert plan.level_ids == [UUID(told["certificate_level_id"])]
    assert (await phone.client.get(award["verify_path"])).status_code == 200


async def test_the_account_shows_its_last_movements_and_the_certificate_explains_them(desk: Desk, phone: Phone) -> None:
    assert (await phone.ask("credit-account")).status_code == 404
    plan = await _passed(desk)
    account = await phone.get("credit-account")
    assert account["last_entries"][0]["available_after"] == account["available"] == account["accumulated"]
    everything = await phone.client.get(account["entries_path"], headers=phone.sign_in("student"))
    assert len(everything.json()["items"]) == len(account["last_entries"])
    explained = await phone.get(f"certificates/{plan.level_ids[0]}:explain")
    assert (explained["is_earned"], explained["credit"]) == (True, account["accumulated"])
    (outcome,) = (await phone.get("learning-outcomes"))["items"]
    assert (outcome["state"], outcome["credit"]) == ("recognised", account["accumulated"])


async def test_the_first_screen_names_what_comes_next(
    desk: Desk, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _passed(desk)
    later = await desk.plan(exam_on=make.EXAM_ON + timedelta(days=30), levels=("1",))
    set_clock(monkeypatch, datetime(2026, 7, 1, tzinfo=UTC))
    told = await phone.get("overview")
    assert [(it["kind"], it["on"], it["object_kind"]) for it in told["next"]] == [
        ("exam", str(make.EXAM_ON + timedelta(days=30)), "registration")
    ]
    assert (told["registrations"], told["awards"], told["student"]["name"]) == (2, 1, "学生10")
    assert told["credit"]["available"] == (await phone.get("credit-account"))["available"]
    assert told["unread"] == len((await phone.get("messages"))["items"])
    assert later.admission_numbers


async def test_pending_credits_are_named_with_the_day_they_post(desk: Desk, phone: Phone) -> None:
    await desk.rule()
    await desk.open_accounts()
    ends = clock.now() + timedelta(days=9)
    plan = await desk.plan(objections_until=ends)
    await desk.push(plan, desk.row(plan))
    posts = [it for it in (await phone.get("overview"))["next"] if it["kind"] == "credits_post"]
    assert [it["object_kind"] for it in posts] == ["learning_outcome"]
    assert (await phone.get("overview"))["credit"]["available"] == "0.00"


async def test_what_may_not_be_seen_yet_is_not_there(desk: Desk, phone: Phone) -> None:
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan, grading="provisional"))
    other = await desk.plan(levels=("1",))
    assert (await desk.outcome(other, desk.row(other, passed=False)))["outcome"] == "quarantined"
    assert (await phone.get("results"))["items"] == []
    for registration in (await phone.get("registrations"))["items"]:
        assert (await phone.ask(f"results/{registration['id']}")).status_code == 404
    assert (await phone.get("awards"))["items"] == []


async def test_a_revoked_certificate_stays_and_says_why(desk: Desk, phone: Phone) -> None:
    plan = await _passed(desk)
    await desk.push(plan, desk.row(plan, revision=2, reason="复核改判", **make.FAILED))
    (award,) = (await phone.get("awards"))["items"]
    assert (award["state"], award["revoked_reason"]) == ("revoked", "复核改判")
    assert (await phone.get("overview"))["awards"] == 0
    (result,) = (await phone.get("results"))["items"]
    assert (result["passed"], result["revision"]) == (False, 2)


async def test_a_withdrawn_registration_is_listed_no_more(desk: Desk, phone: Phone, session: AsyncSession) -> None:
    plan = await desk.plan()
    assert len((await phone.get("registrations"))["items"]) == 1
    await make.withdraw_registration(session, plan, 0)
    assert (await phone.get("registrations"))["items"] == []


@pytest.mark.parametrize("screen", [screen for screen in SCREENS if screen != "changes"])
async def test_a_screen_is_told_again_only_when_it_changed(desk: Desk, phone: Phone, screen: str) -> None:
    await _passed(desk)
    first = await phone.ask(screen)
    again = await phone.ask(screen, If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


async def test_progress_tells_what_is_lacking_and_how_far_each_certificate_is(desk: Desk, phone: Phone) -> None:
    await _passed(desk)
    told = await phone.get("progress")
    assert [(it["level"], it["stage"]) for it in told["certificates"]] == [("2", "awarded")]
    assert "training_plan_missing" in told["missing"]


@pytest.mark.parametrize("who", ["registrar", "coordinator", "auditor", "teacher", "expert", "operator", "org_staff"])
async def test_who_is_no_student_has_no_space(desk: Desk, phone: Phone, who: str) -> None:
    await _passed(desk)
    phone.who = who
    for screen in SCREENS:
        assert (await phone.ask(screen)).status_code == 403, screen


async def test_another_students_things_are_not_there(desk: Desk, phone: Phone, session: AsyncSession) -> None:
    plan = await _passed(desk)
    found = Registration.admission_number == plan.admission_numbers[1]
    other = (await session.execute(Registration.__table__.select().where(found))).one()
    assert (await phone.ask(f"results/{other.id}")).status_code == 404
    assert (await phone.ask(f"results/{uuid4()}")).status_code == 404
    (own,) = (await phone.get("results"))["items"]
    phone.who = "student_2"
    assert (await phone.ask(f"results/{own['registration_id']}")).status_code == 404
    for screen in ("registrations", "results", "awards", "learning-outcomes"):
        assert (await phone.get(screen))["items"] == [], screen
    assert (await phone.ask("credit-account")).status_code == 404


async def _of_two_schools(session: AsyncSession, world: World) -> None:
    """Let one person be a student of both schools, signed in to one at a time."""
    person_id = uuid4()
    session.add(Person(id=person_id, username="both", name="both", password_hash="-"))
    await session.flush()
    for school in world.schools:
        session.add(
            Membership(institution_id=school.id, person_id=person_id, role="student", student_id=school.students[0])
        )
    session.add(signed_in(person_id, world.schools[1].id))
    await session.flush()
    world.callers["both"] = Caller(person_id, world.schools[1].id)


async def test_a_student_of_two_schools_sees_the_one_they_are_signed_in_to(
    desk: Desk, phone: Phone, session: AsyncSession
) -> None:
    await _of_two_schools(session, desk.world)
    await _passed(desk)
    phone.who = "both"
    assert (await phone.get("results"))["items"] == []
    assert (await phone.get("messages"))["items"] == []
    assert (await phone.get("overview"))["student"]["id"] == str(desk.world.schools[1].students[0])
    assert {it["kind"] for it in (await phone.get("changes"))["items"]} == {"student"}
    plan = await desk.plan(school=1)
    await act_within(session, institution_id=desk.world.schools[1].id)
    await session.execute(update(ExamPlan).where(ExamPlan.id == plan.id).values(name="他校考核"))
    assert [it["exam_name"] for it in (await phone.get("registrations"))["items"]] == ["他校考核"]


def test_a_total_is_explained_by_what_it_takes_to_pass() -> None:
    parts = [Component("理论", 5000, 10_000, 40, 6000), Component("实操", 9000, 10_000, 60, None)]
    said = rules.explain_total(parts, total=7400, combination="every_component", pass_mark=6000, passed=False)
    assert said.en == (
        "理论 50.00/100.00 × 40% + 实操 90.00/100.00 × 60% = 74.00; "
        "every part has to reach its own pass mark (理论 ≥ 60.00): not passed."
    )
    nothing = rules.explain_total(parts, total=None, combination="weighted_sum", pass_mark=6000, passed=None)
    assert nothing.en == "There are no scores to add up."
