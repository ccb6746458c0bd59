"""Plans: drafted, published, put off, cancelled; their state follows from days and from what is there."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates.make import TODAY
from tests.exams.desk import set_clock
from tests.exams.planning import EXAM_ON, PLANS, Planner, on
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import ExamPlan, PlanState
from x_pilot_api.exams.rules import Evidence
from x_pilot_api.outbox.models import OutboxEvent


def plan(**changes: object) -> ExamPlan:
    known: dict[str, object] = {
        "code": "P",
        "registration_opens_on": date(2026, 5, 1),
        "registration_closes_on": date(2026, 5, 31),
        "exam_on": date(2026, 6, 20),
        "objections_until": on(date(2026, 7, 20)),
        "published_at": on(date(2026, 4, 1)),
        "cancelled_at": None,
    }
    return ExamPlan(**(known | changes))


SEATED = Evidence(candidates=10, is_arranged=True)
ENTERED = Evidence(candidates=10, results=10)


@pytest.mark.parametrize(
    ("changes", "evidence", "day", "state", "code"),
    [
        ({"published_at": None}, SEATED, date(2026, 6, 21), "draft", None),
        ({}, Evidence(), date(2026, 4, 30), "published", None),
        ({}, Evidence(), date(2026, 5, 1), "registration_open", None),
        ({}, Evidence(), date(2026, 5, 31), "registration_open", None),
        ({}, Evidence(candidates=10), date(2026, 6, 1), "registration_closed", None),
        ({}, SEATED, date(2026, 6, 1), "arranged", None),
        ({}, SEATED, date(2026, 6, 20), "held", None),
        ({}, Evidence(10, last_sitting_ends_at=on(date(2026, 6, 22))), date(2026, 6, 21), "registration_closed", None),
        ({}, Evidence(candidates=10, results=1), date(2026, 6, 21), "results_entered", "4"),
        ({}, ENTERED, date(2026, 7, 19), "public_notice", "5"),
        ({}, ENTERED, date(2026, 7, 21), "closed", "6"),
        ({"objections_until": None}, ENTERED, date(2026, 6, 21), "closed", "6"),
        ({"cancelled_at": on(date(2026, 5, 2))}, ENTERED, date(2026, 6, 21), "cancelled", None),
        ({"published_at": None, "cancelled_at": on(date(2026, 5, 2))}, Evidence(), date(2026, 5, 3), "cancelled", None),
    ],
)
def test_the_state_follows_from_days_and_evidence(
    changes: dict[str, object], evidence: Evidence, day: date, state: str, code: str | None
) -> None:
    found = rules.plan_state(plan(**changes), evidence, today=day, now=on(day, 12))
    assert (found, rules.national_code(found)) == (state, code)


async def test_a_draft_is_changed_and_seen_by_few_until_it_is_published(
    planner: Planner, session: AsyncSession
) -> None:
    path = await planner.plan(draft=True)
    told = await planner.get(path)
    assert (told["state"], told["published_at"]) == ("draft", None)
    assert told["allowed_deeds"] == ["change", "publish", "cancel"]
    for who, status in (("coordinator", 404), ("org_staff", 200), ("auditor", 200), ("org_staff_2", 404)):
        assert (await planner.ask(who, "GET", path)).status_code == status, who
    assert await planner.get(f"{path}/tasks") == []
    later = planner.terms(code="NEW", exam_on=str(EXAM_ON + timedelta(days=1)))
    changed = (await planner.put("org_staff", path, later)).json()
    assert (changed["code"], changed["exam_on"]) == ("NEW", later["exam_on"])
    assert (await planner.ask("registrar", "PUT", path, later)).status_code == 428
    register = {"registrations": [{"student_id": str(planner.world.schools[0].students[0])}]}
    register["registrations"][0]["certificate_level_id"] = planner.level_id()
    assert await planner.code("registrar", f"{path}/registrations", register) == "plan_not_running"
    published = await planner.post("registrar", f"{path}:publish")
    assert published["state"] == "registration_open"
    assert (await planner.ask("coordinator", "GET", path)).status_code == 200
    answer = await planner.put("registrar", path, later)
    assert (answer.status_code, answer.json()["code"]) == (409, "deed_not_allowed")
    assert await planner.code("registrar", f"{path}:publish") == "deed_not_allowed"
    kinds = await session.scalars(select(OutboxEvent.kind).order_by(OutboxEvent.id))
    assert list(kinds) == ["exam_plan.announced"], "a draft is announced when it is published"


async def test_a_plan_that_is_not_a_draft_is_published_at_once(planner: Planner) -> None:
    told = await planner.get(await planner.plan())
    assert (told["state"], told["allowed_deeds"]) == (
        "registration_open",
        ["extend", "arrange_sitting", "cancel"],
    )
    unordered = planner.terms(tickets_on=str(EXAM_ON + timedelta(days=1)))
    assert (await planner.ask("registrar", "POST", PLANS, unordered)).status_code == 422


async def test_days_of_a_published_plan_are_put_off_with_a_reason(planner: Planner, session: AsyncSession) -> None:
    path = await planner.plan()
    later = {"registration_closes_on": str(TODAY + timedelta(days=10)), "reason": "系统故障"}
    assert await planner.code("registrar", f"{path}:extend", later) == "plan_dates_unordered"
    earlier = {"registration_closes_on": str(TODAY), "reason": "提前"}
    assert await planner.code("registrar", f"{path}:extend", earlier) == "plan_day_not_later"
    assert (await planner.ask("registrar", "POST", f"{path}:extend", {"reason": "无"})).status_code == 422
    later["candidates_locked_on"] = str(TODAY + timedelta(days=12))
    told = await planner.post("org_staff", f"{path}:extend", later)
    assert told["registration_closes_on"] == later["registration_closes_on"]
    days = {task["kind"]: task["due_on"] for task in await planner.get(f"{path}/tasks")}
    assert days["close_registration"] == later["registration_closes_on"]
    assert days["lock_candidates"] == later["candidates_locked_on"]
    events = await session.scalars(select(OutboxEvent.kind).order_by(OutboxEvent.id))
    assert list(events) == ["exam_plan.announced", "exam_plan.extended"]


async def test_a_cancelled_plan_takes_nothing_more(planner: Planner) -> None:
    site = await planner.approved()
    path = await planner.plan()
    sitting = await planner.arranged(path, site)
    told = await planner.post("registrar", f"{path}:cancel", {"reason": "人数不足"})
    assert (told["state"], told["cancellation_reason"], told["allowed_deeds"]) == ("cancelled", "人数不足", [])
    gone = await planner.get(f"/v1/exam-sittings/{sitting['id']}")
    assert (gone["state"], gone["cancellation_reason"]) == ("cancelled", "人数不足")
    other = await planner.plan()
    await planner.arranged(other, site)
    assert await planner.code("registrar", f"{path}/sittings", await planner.sitting(site)) == "plan_not_running"
    assert await planner.code("registrar", f"{path}:cancel", {"reason": "再次"}) == "deed_not_allowed"


async def test_tasks_are_dated_and_overdue_ones_are_listed_for_those_concerned(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await planner.plan()
    tasks = await planner.get(f"{path}/tasks")
    assert [task["kind"] for task in tasks] == [
        "close_registration",
        "lock_candidates",
        "issue_tickets",
        "arrange_seats",
        "hold_sittings",
        "enter_results",
        "end_notice",
    ]
    assert not any(task["is_done"] or task["is_overdue"] for task in tasks)
    set_clock(monkeypatch, on(EXAM_ON + timedelta(days=1), 12))
    overdue = (await planner.get("/v1/overdue-exam-tasks"))["items"]
    assert [task["kind"] for task in overdue] == ["issue_tickets", "arrange_seats"], "the rest is done of itself"
    assert all(task["is_overdue"] and task["allowed_deeds"] == ["tick"] for task in overdue)
    assert (await planner.get("/v1/overdue-exam-tasks", who="org_staff_2"))["items"] == []
    assert (await planner.get("/v1/overdue-exam-tasks", who="coordinator"))["items"][0]["allowed_deeds"] == []
    page = await planner.get("/v1/overdue-exam-tasks?page_size=1")
    (rest,) = (await planner.get(f"/v1/overdue-exam-tasks?page_size=1&page_token={page['next_page_token']}"))["items"]
    assert rest["kind"] == "arrange_seats"
    await planner.post_list("registrar", f"{path}/tasks/issue_tickets:tick")
    told = await planner.post_list("org_staff", f"{path}/tasks/arrange_seats:tick")
    assert [task["kind"] for task in told if not task["is_done"]] == ["end_notice"]
    assert (await planner.get("/v1/overdue-exam-tasks"))["items"] == []
    await planner.post_list("registrar", f"{path}/tasks/arrange_seats:untick")
    assert len((await planner.get("/v1/overdue-exam-tasks"))["items"]) == 1
    assert await planner.code("registrar", f"{path}/tasks/enter_results:tick") == "task_not_ticked"


def test_a_sitting_still_to_come_keeps_a_plan_from_being_held() -> None:
    evidence = Evidence(candidates=1, sittings=1, last_sitting_ends_at=on(date(2026, 6, 21)))
    at: tuple[date, datetime] = date(2026, 6, 21), on(date(2026, 6, 21)) - timedelta(seconds=1)
    assert rules.plan_state(plan(), evidence, today=at[0], now=at[1]) == PlanState.REGISTRATION_CLOSED
    assert rules.plan_state(plan(), evidence, today=at[0], now=at[1] + timedelta(seconds=1)) == PlanState.HELD
