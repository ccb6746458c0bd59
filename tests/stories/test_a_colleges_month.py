"""A college's month: from what happened to figures, to a report that is accepted, and to a correction beside it."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import update

from tests.exams import make
from tests.exams.desk import Desk, Json, SignIn
from tests.reports.make import SECTIONS, Bureau
from tests.world import World
from x_pilot_api.core.service import Service
from x_pilot_api.exams.models import ExamPlan

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
THIS_MONTH = TODAY.replace(day=1)
LAST_MONTH = (THIS_MONTH - timedelta(days=1)).replace(day=1)
COUNTED = [
    *SECTIONS,
    {
        "code": "quality",
        "title": "质量与保障",
        "guidance": None,
        "needs_narrative": False,
        "indicators": ["certificates_admitted", "mappings_published", "awards_issued", "feedback_closed_rate"],
    },
]


@pytest.fixture
def bureau(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Bureau:
    return Bureau(Desk(client, sign_in, world, service))


def month(first: date) -> Json:
    """Write a month whose figures close at this very moment and that is due in the next one."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    due = max(last, TODAY) + timedelta(days=5)
    return {
        "period_from": first.isoformat(),
        "period_to": last.isoformat(),
        "closes_at": datetime.now(UTC).isoformat(),
        "due_on": due.isoformat(),
    }


async def last_month(bureau: Bureau, type_: Json) -> None:
    """Have an uneventful month reported and accepted."""
    await bureau.open(type_, **month(LAST_MONTH))
    report = await bureau.report()
    await bureau.fill(report)
    assert (await bureau.submit(report)).status_code == 200
    assert (await bureau.answer(report, "accept", comment="无异议")).json()["state"] == "accepted"


async def an_exam(desk: Desk) -> make.Plan:
    """Hold an exam today: two pass, one fails, one is absent."""
    await desk.open_accounts(0, 1, 2)
    await desk.rule(credit=350)
    plan = await desk.plan(candidates=4)
    async with desk.service.database.transaction() as session:
        await session.execute(update(ExamPlan).where(ExamPlan.id == plan.id).values(exam_on=TODAY))
    absent: Json = {"activity": "absent", "components": {}, "total": None, "passed": False}
    await desk.push(
        plan,
        desk.row(plan, 0),
        desk.row(plan, 1),
        desk.row(plan, 2, **make.FAILED),
        desk.row(plan, 3, **absent),
    )
    return plan


async def this_month(bureau: Bureau, type_: Json) -> Json:
    """Write the month's report, have it sent back once, and see it accepted."""
    await bureau.open(type_, **month(THIS_MONTH))
    report = await bureau.report()
    seen = await bureau.figures(report)
    assert (seen["pass_rate"]["is_frozen"], seen["pass_rate"]["value"]["rate_percent"]) == (False, "66.67")
    assert (await bureau.fill(report)).json()["allowed_deeds"] == ["fill", "submit"]
    assert (await bureau.submit(report)).json()["state"] == "submitted"
    await bureau.answer(report, "send-back", comment="请说明缺考原因")
    told = await bureau.desk.get("/v1/me/messages", who="coordinator")
    assert told["items"][0]["kind"] == "report.returned"
    words = [{"section_code": "exams", "body": "一人因病缺考，已留存证明。"}]
    assert (await bureau.fill(report, words)).status_code == 200
    assert (await bureau.submit(report)).json()["submissions"] == 2
    accepted: Json = (await bureau.answer(report, "accept")).json()
    assert (accepted["state"], accepted["is_late"]) == ("accepted", False)
    return accepted


async def test_a_colleges_month(bureau: Bureau) -> None:
    desk = bureau.desk
    type_ = await bureau.define(cadence="monthly", sections=COUNTED)
    await last_month(bureau, type_)
    plan = await an_exam(desk)
    report = await this_month(bureau, type_)

    before = await bureau.figures(report)
    assert before["attendance_rate"]["value"] == {"numerator": 3, "denominator": 4, "rate_percent": "75.00"}
    assert before["attainment_rate"]["since_previous"] == {
        "numerator": 2,
        "denominator": 0,
        "rate_points": "20.00",
    }
    assert not any(each["is_corrected"] for each in before.values())

    await desk.push(plan, desk.row(plan, 0, revision=2, reason="复核改判", **make.FAILED))
    after = await bureau.figures(report)
    assert {code: each["value"] for code, each in after.items()} == {
        code: each["value"] for code, each in before.items()
    }
    assert {code for code, each in after.items() if each["is_corrected"]} == {
        "pass_rate",
        "attainment_rate",
        "credits_recognised",
        "awards_issued",
    }
    assert after["credits_recognised"]["since_submission"]["numerator"] == -350
    path = f"/v1/reports/{report['id']}/figures/pass_rate/rows"
    then = {row["object_id"] for row in (await desk.get(path, who="coordinator"))["items"]}
    now = {row["object_id"] for row in (await desk.get(path, who="coordinator", moment="now"))["items"]}
    assert (len(then), len(then - now), now - then) == (2, 1, set())
    for deed in ("export", "print"):
        answer = await desk.client.get(f"/v1/reports/{report['id']}:{deed}", headers=desk.sign_in("coordinator"))
        assert answer.status_code == 200, answer.text
