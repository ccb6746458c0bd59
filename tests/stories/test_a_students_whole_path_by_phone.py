"""A student's whole path by telephone: a seat, one sitting for certificate and course, an objection, a link, credits.

At every step the device syncs, and holds what the screens tell.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.credits.converting import CHAIN, Clerk
from tests.exams import joint, make
from tests.exams.desk import SYSTEM, Json, set_clock
from tests.exams.hall import IN_MAY, Hall
from tests.student_space import conftest as student_space
from tests.student_space.conftest import Campus
from tests.student_space.phone import Phone
from x_pilot_api.credits import commands as credits_

campus = student_space.campus
JULY = datetime(2026, 7, 1, 1, tzinfo=UTC)
UNTIL = JULY + timedelta(days=7)


async def in_sync(phone: Phone) -> None:
    await phone.sync()
    await phone.holds_the_truth()


async def registered(hall: Hall, phone: Phone, plan: Json) -> Json:
    """Find an exam on the telephone, register for it, and be accepted by the college."""
    (level,) = (await phone.get("open-exams"))["items"]
    assert (level["exam_plan_id"], level["registration_id"]) == (plan["id"], None)
    path = f"open-exams/{plan['id']}:eligibility?certificate_level_id={level['certificate_level_id']}"
    explained = await phone.get(path)
    assert (explained["is_open"], explained["is_eligible"], explained["seats_free"]) == (True, True, 5)
    wish = {"exam_plan_id": plan["id"], "certificate_level_id": level["certificate_level_id"]}
    mine = await phone.done("registrations", wish)
    assert (mine["state"], mine["allowed_deeds"]) == ("draft", ["confirm", "withdraw"])
    refused = await phone.do("registrations", wish)
    assert (refused.status_code, refused.json()["code"]) == (409, "registrations_refused")
    assert (await phone.done(f"registrations/{mine['id']}:confirm"))["state"] == "confirmed"
    await in_sync(phone)
    assert (await hall.accept(plan, UUID(mine["id"]))).is_success
    assert (await phone.get("open-exams"))["items"][0]["registration_id"] == mine["id"]
    early = await phone.ask(f"registrations/{mine['id']}/ticket")
    assert (early.status_code, early.json()["code"]) == (409, "ticket_not_ready")
    await in_sync(phone)
    (kept,) = phone.held("registration").values()
    return kept


async def objected(hall: Hall, phone: Phone, plan: Json, mine: Json) -> None:
    """Object to the result while the notice shows, and think better of it."""
    notice = f"/exam-plans/{plan['id']}/result-notice:publish"
    early = await phone.do(f"results/{mine['id']}/objections", {"text": "实操评分有误"})
    assert (early.status_code, early.json()["code"]) == (409, "objections_not_open")
    await hall.done(notice, who="registrar")
    raised = await phone.done(f"results/{mine['id']}/objections", {"text": "实操评分有误"})
    assert (raised["registration_id"], raised["state"]) == (mine["id"], "raised")
    await in_sync(phone)
    assert list(phone.held("result_objection")) == [raised["id"]]
    await phone.done(f"objections/{raised['id']}:withdraw")
    await in_sync(phone)
    assert ("result_objection", raised["id"], "withdrawn") in phone.gone


async def shared(campus: Campus, phone: Phone) -> None:
    """Show the certificate to an employer by a link, see that they looked, and take the link back."""
    (award,) = phone.held("award").values()
    until = (JULY + timedelta(days=30)).isoformat()
    made = await phone.done(f"awards/{award['id']}/shares", {"fields": ["certificate", "level"], "expires_at": until})
    opened = await campus.client.get(made["path"])
    assert opened.status_code == 200, opened.text
    link = made["share"]["id"]
    assert len((await phone.get(f"award-shares/{link}/views"))["items"]) == 1
    await in_sync(phone)
    assert [it["views"] for it in phone.held("award_share").values()] == [1]
    await phone.done(f"award-shares/{link}:recall")
    assert (await campus.client.get(made["path"])).status_code == 410
    await in_sync(phone)
    assert ("award_share", link, "withdrawn") in phone.gone


async def converted(clerk: Clerk, phone: Phone) -> None:
    """Ask for the credits to stand for a course, take it back, ask again, and be granted."""
    wish = {"wishes": [await clerk.wish()]}
    (first,) = (await phone.done("conversions", wish))["conversion_ids"]
    assert (await phone.get(f"conversions/{first}"))["allowed_deeds"] == ["withdraw"]
    await phone.done("conversions:withdraw", {"conversion_id": first, "reason": "改选"})
    (second,) = (await phone.done("conversions", wish))["conversion_ids"]
    await in_sync(phone)
    assert {it["state"] for it in phone.held("conversion").values()} == {"withdrawn", "requested"}
    for deed, who in CHAIN:
        assert (await clerk.decide(deed, second, who=who)).status_code == 201
    await in_sync(phone)
    granted = phone.held("conversion")[second]
    assert (granted["state"], granted["awaits"]) == ("granted", None)
    assert [it["deed"] for it in granted["decisions"]] == ["request", "agree", "approve", "confirm", "record"]


async def test_a_students_whole_path_by_phone(campus: Campus, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, IN_MAY)
    phone, hall, clerk = campus.phone(), Hall(campus.desk), Clerk(campus.desk)
    await in_sync(phone)
    await campus.desk.open_accounts(0)
    await campus.desk.rule(credit=200)
    plan = await hall.plan(objections_until=UNTIL.isoformat())
    await hall.sitting(plan, seats=5)
    mine = await registered(hall, phone, plan)

    # The same sitting is the exam of a course; its table is laid down long before.
    made = make.Plan(UUID(plan["id"]), hall.school_id, [hall.level()], [mine["admission_number"]], plan["code"])
    course = str(campus.world.schools[0].courses[0][1])
    await joint.laid_down(campus.desk, made, course_id=course)
    set_clock(monkeypatch, JULY)
    await campus.desk.push(made, campus.desk.row(made, 0))
    await in_sync(phone)
    (grade,) = (await campus.desk.get("/v1/course-grades", who="student", course_id=course))["items"]
    assert (grade["grade_word"], grade["source_kind"]) == ("合格", "joint_exam")
    await objected(hall, phone, plan, mine)
    await shared(campus, phone)

    # Somebody else's telephone reaches none of it.
    other = campus.phone("student_2")
    for path in (f"registrations/{mine['id']}:confirm", f"registrations/{mine['id']}:take-offer"):
        assert (await other.do(path)).status_code == 404

    # The window of objections ends, and the credits are there to be used.
    set_clock(monkeypatch, UNTIL + timedelta(minutes=1))
    async with campus.service.database.transaction(institution_id=hall.school_id) as session:
        await credits_.post_due_deposits(session, SYSTEM, institution_id=hall.school_id, cause=uuid4())
    await in_sync(phone)
    await converted(clerk, phone)
