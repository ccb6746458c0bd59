"""Until its plan's students may see results, nothing of one shows in a student's space, and then all of it does."""

from datetime import timedelta

import pytest

from tests.exams import make
from tests.exams.desk import set_clock
from tests.student_space.conftest import Campus
from tests.student_space.phone import Phone
from x_pilot_api.core import clock
from x_pilot_api.exams import commands


async def _embargo(campus: Campus, plan: make.Plan, minutes: int) -> None:
    instant = (clock.now() + timedelta(minutes=minutes)).isoformat()
    answer = await campus.client.put(
        f"/v1/exam-plans/{plan.id}/result-visibility",
        json={"college_from": None, "student_from": instant, "public_from": instant},
        headers=campus.sign_in("registrar") | {"If-Match": "*"},
    )
    assert answer.status_code == 200, answer.text


async def _shows(phone: Phone, plan: make.Plan) -> tuple[int, int, int, int]:
    """Count results, certificates, outcomes and messages that the screens show."""
    (registration,) = (await phone.get("registrations"))["items"]
    results = (await phone.get("results"))["items"]
    explained = await phone.ask(f"results/{registration['id']}")
    assert (explained.status_code == 200) == bool(results), explained.text
    assert registration["exam_plan_id"] == str(plan.id)
    screens = ("awards", "learning-outcomes", "messages?page_size=100")
    others = [len((await phone.get(screen))["items"]) for screen in screens]
    return len(results), others[0], others[1], others[2]


async def test_what_is_embargoed_shows_nowhere_and_then_everywhere(
    campus: Campus, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, phone = campus.desk, campus.phone()
    await desk.rule()
    await desk.open_accounts()
    plan = await desk.plan()
    await _embargo(campus, plan, minutes=3)
    await phone.sync()
    await desk.push(plan, desk.row(plan))
    came = await phone.sync()
    assert await _shows(phone, plan) == (0, 0, 0, 0)
    assert not [it for it in came if it["kind"] != "registration" and not it["is_gone"]]
    set_clock(monkeypatch, clock.now() + timedelta(minutes=4))
    assert await commands.lift_embargoes(campus.service) == 1
    await phone.sync()
    results, awards, outcomes, messages = await _shows(phone, plan)
    assert (results, awards, outcomes) == (1, 1, 1)
    assert messages >= 2
    assert len(phone.held("result")) == 1
    await phone.holds_the_truth()


async def test_a_failed_result_shows_when_its_time_has_come_though_nothing_else_changes(
    campus: Campus, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, phone = campus.desk, campus.phone()
    plan = await desk.plan()
    await _embargo(campus, plan, minutes=3)
    await desk.push(plan, desk.row(plan, **make.FAILED))
    await phone.sync()
    assert phone.held("result") == {}
    set_clock(monkeypatch, clock.now() + timedelta(minutes=4))
    await phone.sync()
    (result,) = phone.held("result").values()
    assert result["passed"] is False
    assert len(phone.held("message")) == 1
