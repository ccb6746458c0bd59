"""A student's wish goes the whole chain until the register has the grade, the diploma the credits, and all say why."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.credits.converting import CHAIN, Clerk
from tests.exams.desk import Desk, Json, SignIn, set_clock
from tests.world import World
from x_pilot_api.core.service import Service
from x_pilot_api.registry.models import TrainingPlan, TrainingPlanCategory, TrainingPlanCourse


@pytest.fixture
def clerk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Clerk:
    return Clerk(Desk(client, sign_in, world, service))


async def teach(clerk: Clerk) -> None:
    """Put a training plan of both courses, the first in the fourth term, into force."""
    there = clerk.desk.world.schools[0]
    plan = TrainingPlan(
        institution_id=there.id, programme_id=there.programmes[0], entry_year=2024, version=1, state="in_force",
        graduation_credit_hundredths=12_000, in_force_at=datetime(2024, 9, 1, tzinfo=UTC),
    )  # fmt: skip
    await clerk.add(plan)
    key = {"institution_id": there.id, "training_plan_id": plan.id}
    await clerk.add(
        TrainingPlanCategory(**key, category="core", credit_hundredths=800),
        *(
            TrainingPlanCourse(
                **key, course_id=course_id, term=4, credit_hundredths=400, category="core", is_compulsory=True
            )
            for course_id in clerk.courses
        ),
    )


async def explained(clerk: Clerk) -> Json:
    """Tell what comes next for the student's certificate, in both languages."""
    level = clerk.desk.world.organisations[0].levels["2"]
    path = f"/v1/students/{clerk.students[0]}/certificates/{level}:explain"
    step: Json = (await clerk.desk.get(path, who="student"))["next_step"]
    return step


async def test_from_a_students_wish_to_the_grade_in_the_register(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2026, 6, 25, 4, tzinfo=UTC))
    await teach(clerk)
    await clerk.earn(0)
    assert (await explained(clerk))["code"] == "use_credits"
    (made,) = await clerk.request(await clerk.wish(), who="student")
    for deed, who in CHAIN:
        step = await explained(clerk)
        waits_for = {"agree": "college", "approve": "registrar", "confirm": "organisation", "record": "bank"}[deed]
        assert step["code"] == "await_conversion"
        assert made in step["says"]["en"]
        assert waits_for in step["says"]["en"]
        listed = await clerk.desk.get("/v1/conversions", who=who, awaits=waits_for)
        assert [it["id"] for it in listed["items"]] == [made]
        assert (await clerk.decide(deed, made, who=who)).status_code == 201
    assert (await explained(clerk))["code"] == "nothing"
    grades = await clerk.desk.get("/v1/course-grades", who="student", student_id=str(clerk.students[0]))
    (grade,) = grades["items"]
    assert (grade["term"], grade["attempt"], grade["grade_word"], grade["passed"]) == ("2025-2026-02", 1, "良好", True)
    assert (grade["source_kind"], grade["source_id"]) == ("conversion", made)
    told = await clerk.desk.get(f"/v1/students/{clerk.students[0]}/progress", who="student")
    (core,) = told["diploma"]["categories"]
    assert (core["earned"], core["converted"], core["left"], core["compulsory_left"]) == ("0.00", "2.00", "6.00", 1)
    assert (told["diploma"]["converted"], told["diploma"]["left"]) == ("2.00", "118.00")
    assert (told["credit_account"]["used"], told["credit_account"]["available"]) == ("2.00", "0.00")
    told_of = "SELECT string_agg(kind, ' ' ORDER BY id) FROM outbox_events WHERE kind LIKE 'conversions.%'"
    assert await clerk.ask(told_of) == "conversions.awaiting conversions.granted"
    await clerk.lose(0)
    assert (await explained(clerk))["code"] == "settle_conversion"
