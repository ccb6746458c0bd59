"""A student brings a training and a course to credits, one is corrected away, the other runs out in its time."""

from datetime import date, timedelta

import httpx
import pytest
from sqlalchemy import select

from tests.credits.converting import Clerk
from tests.credits.outcoming import GRADE, ZONE, Dean, line
from tests.exams.desk import Desk, SignIn
from tests.world import World
from x_pilot_api.core import clock, working
from x_pilot_api.core.jobs import JobRecord
from x_pilot_api.core.service import Service
from x_pilot_api.worker import TASKS


@pytest.fixture
def dean(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Dean:
    return Dean(Clerk(Desk(client, sign_in, world, service)))


async def _work(dean: Dean, kind: str) -> None:
    """Do the job that was asked for, as the worker does."""
    service = dean.clerk.desk.service
    async with service.database.transaction() as session:
        job_id = (await session.scalars(select(JobRecord.id).where(JobRecord.kind == kind))).one()
    await working.attempt(service, TASKS[kind], job_id)


async def test_from_courses_and_training_to_credits_and_what_becomes_of_them(dean: Dean) -> None:
    clerk = dean.clerk
    await clerk.desk.open_accounts(0)
    # The office has said nothing yet, so nothing is taken in.
    answer = await clerk.post("student", "outcomes", outcomes=[dean.training()])
    assert answer.json()["code"] == "no_recognition_policy"
    await dean.policy(line(least_hours=40), line(GRADE, "3.00", least_grade="60"), limits=[{"credit": "10.00"}])
    await dean.expiry(months=12, notice=30)

    # The student submits both by phone, the college verifies, the office decides by a document.
    grade_id = await dean.grade()
    ids = await dean.submit(dean.training(hours=48), dean.of_grade(grade_id), who="student")
    await dean.verify(*ids)
    assert (await dean.recognise(*ids)).json() == {"decided": 2, "credit": "5.00"}
    own = await clerk.desk.get("/v1/me/learning-outcomes", who="student")
    assert sorted((it["kind"], it["state"], it["credit"]) for it in own["submitted"]) == [
        (GRADE, "recognised", "3.00"), ("training", "recognised", "2.00"),
    ]  # fmt: skip
    assert await clerk.figures() == ("5.00", "0.00", "5.00")

    # The grade turns out wrong: the register's correction asks the worker to look, and the office takes it back.
    answer = await clerk.post(
        "registrar", f"course-grades/{grade_id}:correct", score="40.00", passed=False, is_void=False, reason="核分"
    )
    assert answer.status_code == 201, answer.text
    await _work(dean, "follow_grades")
    (flagged,) = (await clerk.desk.get("/v1/outcomes", is_flagged="true"))["items"]
    assert (flagged["id"], flagged["allowed_deeds"]) == (ids[1], ["keep", "reverse"])
    assert (await dean.settle(ids[1], is_kept=False)).json()["credit"] == "3.00"

    # The training's credits are told of and run out, and the statement says so.
    told = await dean.night(clock.today(ZONE) + timedelta(days=340))
    assert (told.told, told.expired) == (1, 0)
    ends = date.fromisoformat((await dean.read(ids[0]))["expires_on"])
    assert (await dean.night(ends)).credit == 200
    assert await clerk.figures() == ("0.00", "0.00", "0.00")
    account = await clerk.desk.account()
    statement = await clerk.desk.get(f"/v1/credit-accounts/{account['id']}/statement", who="student")
    assert [it["kind"] for it in statement["entries"]] == ["recognise", "recognise", "reverse_outcome", "expire"]
    assert "培字1号" in statement["entries"][-1]["says"]["zh-CN"]
    await clerk.desk.summary()
