"""Who will miss the guaranteed attempt: by graduation days that were loaded, open plans, and free seats."""

import io
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
import python_calamine
from sqlalchemy import insert, select, update

from tests.exam_days import make as days
from tests.exams.desk import set_clock
from tests.settlements.make import Desk, Json
from x_pilot_api.charges.models import Guarantee
from x_pilot_api.core import attempts
from x_pilot_api.exams.models import ExamPlan, ExamSitting
from x_pilot_api.inbox.models import Message
from x_pilot_api.registry.models import Student
from x_pilot_api.settlements import tasks
from x_pilot_api.sites.models import SiteLevel

EXAM_AT = datetime(2026, 6, 20, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 5, 10, 2, 0, tzinfo=UTC)
BEFORE, AFTER = "2026-06-30", "2026-06-19"


@pytest.fixture(autouse=True)
def in_may(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, NOW)


async def _graduates(desk: Desk, day: str, **how: Any) -> Json:  # noqa: ANN401
    body = {
        "programme_id": str(desk.world.schools[0].programmes[0]),
        "entry_year": 2024,
        "graduates_on": day,
        "document_number": "教〔2024〕12号",
    }
    answer = await desk.ask("/v1/graduation-days", body | how)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _forecast(desk: Desk) -> Json:
    asked = await desk.ask("/v1/guarantee-forecasts")
    assert asked.status_code == 202, asked.text
    async with desk.service.database.transaction() as session:
        job = await attempts.take(session, UUID(asked.json()["job_id"]))
    assert job is not None
    await tasks.forecast_guarantees(desk.service, job)
    return await desk.get("/v1/guarantee-forecasts/latest")


async def _open_plan(desk: Desk, *, seats: int, plan_open: bool = True) -> days.Day:
    """Open a plan with one sitting of so many seats at an approved site; nobody is registered."""
    world = desk.world
    async with desk.service.database.transaction() as session:
        day = await days.day(session, world, desk.service.sealer, candidates=0, rooms={"1": seats}, starts_at=EXAM_AT)
        session.add(
            SiteLevel(
                institution_id=day.institution_id,
                site_id=day.site_id,
                certificate_level_id=day.plan.level_ids[0],
                state="approved",
                capacity=seats,
                valid_from=date(2026, 1, 1),
                valid_to=date(2026, 12, 31),
                applied_by=world.callers["coordinator"].id,
                applied_at=NOW,
                decided_by=world.callers["org_staff"].id,
                decided_at=NOW,
            )
        )
        if not plan_open:
            closed = {"registration_opens_on": date(2026, 4, 1), "registration_closes_on": date(2026, 5, 9)}
            await session.execute(update(ExamPlan).where(ExamPlan.id == day.plan.id).values(closed))
    return day


async def _hold(desk: Desk, index: int, state: str, registration_id: UUID | None = None) -> None:
    """Let a student's guaranteed attempt stand somewhere."""
    there = desk.world.schools[0]
    held = {"institution_id": there.id, "student_id": there.students[index], "registration_id": registration_id}
    async with desk.service.database.transaction(institution_id=there.id) as session:
        await session.execute(insert(Guarantee).values(held | {"state": state}))


async def _messages(desk: Desk) -> list[tuple[UUID, str]]:
    async with desk.service.database.transaction(institution_id=desk.world.schools[0].id) as session:
        sent = await session.scalars(select(Message).where(Message.kind == "guarantee.at_risk"))
        return [(message.person_id, message.figures["students"]) for message in sent]


def _counts(college: Json) -> tuple[int, ...]:
    return tuple(college[name] for name in ("students", "reserved", "placed", "at_risk", "unknown", "newly_at_risk"))


async def test_without_a_graduation_day_nothing_is_guessed(desk: Desk) -> None:
    early = await desk.client.get("/v1/guarantee-forecasts/latest", headers=desk.sign_in("registrar"))
    assert (early.status_code, early.json()["code"]) == (409, "no_forecast")
    await _open_plan(desk, seats=4)
    (college,) = (await _forecast(desk))["colleges"]
    assert _counts(college) == (10, 0, 0, 0, 10, 0)
    assert (await desk.ask("/v1/graduation-days", {})).status_code == 422
    body = {"programme_id": str(desk.world.schools[0].programmes[0]), "entry_year": 2024, "document_number": "教1号"}
    never = await desk.ask("/v1/graduation-days", body | {"graduates_on": "2023-06-30"})
    assert (never.status_code, never.json()["code"]) == (409, "graduates_before_entry")


async def test_seats_go_round_and_who_gets_none_is_at_risk_and_told_of_once(desk: Desk) -> None:
    await _open_plan(desk, seats=4)
    await _graduates(desk, "2030-06-30")
    loaded = await _graduates(desk, BEFORE)
    assert (loaded["revision"], loaded["is_current"]) == (2, True)
    told = await _forecast(desk)
    (college,) = told["colleges"]
    assert _counts(college) == (10, 0, 4, 6, 0, 6)
    assert college["last_useful_on"] == "2026-05-31"
    risk = await desk.get(f"/v1/guarantee-forecasts/{told['id']}/rows", outlook="at_risk", page_size=100)
    assert {(row["reason"], row["last_useful_on"], row["is_new"]) for row in risk["items"]} == {
        ("no_seats", "2026-05-31", True)
    }
    # Within a programme and entry year the student number decides.
    placed = await desk.get(f"/v1/guarantee-forecasts/{told['id']}/rows", outlook="placed")
    numbers = [row["student_number"] for row in placed["items"]]
    assert max(numbers) < min(row["student_number"] for row in risk["items"])
    assert await _messages(desk) == [(desk.world.callers["coordinator"].id, "6")]
    (again,) = (await _forecast(desk))["colleges"]
    assert _counts(again) == (10, 0, 4, 6, 0, 0)
    assert len(await _messages(desk)) == 1
    days_loaded = await desk.get("/v1/graduation-days")
    assert [day["is_current"] for day in days_loaded["items"]] == [False, True]


async def test_an_exam_after_graduation_and_a_closed_plan_help_nobody(desk: Desk) -> None:
    day = await _open_plan(desk, seats=20)
    await _graduates(desk, AFTER)
    told = await _forecast(desk)
    rows = await desk.get(f"/v1/guarantee-forecasts/{told['id']}/rows")
    assert {row["reason"] for row in rows["items"]} == {"plan_after_graduation"}
    await _graduates(desk, BEFORE)
    assert _counts((await _forecast(desk))["colleges"][0]) == (10, 0, 10, 0, 0, 0)
    async with desk.service.database.transaction(institution_id=day.institution_id) as session:
        gone = {"cancelled_at": NOW, "cancellation_reason": "停电"}
        await session.execute(update(ExamSitting).where(ExamSitting.id == day.sitting_id).values(gone))
        await session.execute(update(ExamPlan).where(ExamPlan.id == day.plan.id).values(gone))
    told = await _forecast(desk)
    rows = await desk.get(f"/v1/guarantee-forecasts/{told['id']}/rows")
    assert {row["reason"] for row in rows["items"]} == {"no_plan"}


async def test_who_is_registered_in_time_or_has_used_the_attempt_needs_no_seat(desk: Desk) -> None:
    day = await _open_plan(desk, seats=4)
    await _graduates(desk, BEFORE)
    async with desk.service.database.transaction() as session:
        registration = await days.candidate(session, desk.world, desk.service.sealer, day, college=0, index=0)
    await _hold(desk, 0, "reserved", registration)
    await _hold(desk, 1, "available")
    there = desk.world.schools[0]
    async with desk.service.database.transaction(institution_id=there.id) as session:
        left = update(Student).where(Student.id.in_(there.students[2:5])).values(status="left")
        await session.execute(left)
    assert _counts((await _forecast(desk))["colleges"][0]) == (7, 1, 4, 2, 0, 2)
    async with desk.service.database.transaction(institution_id=there.id) as session:
        used = update(Guarantee).where(Guarantee.student_id == there.students[0]).values(state="used")
        await session.execute(used)
    assert _counts((await _forecast(desk))["colleges"][0]) == (6, 0, 4, 2, 0, 0)


async def test_a_coordinator_sees_and_exports_their_own_college(desk: Desk) -> None:
    await _open_plan(desk, seats=4)
    await _graduates(desk, BEFORE)
    told = await _forecast(desk)
    assert await desk.get("/v1/guarantee-forecasts/latest", who="coordinator") == told
    assert (await desk.get("/v1/guarantee-forecasts/latest", who="sibling_coordinator"))["colleges"] == []
    hidden = await desk.client.get(f"/v1/guarantee-forecasts/{told['id']}", headers=desk.sign_in("registrar_2"))
    assert hidden.status_code == 404
    path = f"/v1/guarantee-forecasts/{told['id']}:export"
    answer = await desk.client.get(path, headers=desk.sign_in("coordinator"))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["学院", "学生"]
    assert len(book.get_sheet_by_name("学生").to_python()) == 11
    lines = (await desk.client.get(path, params={"format": "csv"}, headers=desk.sign_in("sibling_coordinator"))).text
    assert lines.splitlines()[0].endswith("学号,姓名,专业,班级,入学年份,毕业日期,预测,原因,计划,最后报名日期,新增")
    assert len(lines.splitlines()) == 1
