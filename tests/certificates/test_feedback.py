"""Quality feedback: from the college by the office to the organisation and back, ageing meanwhile."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates.make import FEEDBACK, TODAY, Office
from tests.exams.desk import set_clock
from x_pilot_api.certificates.models import Feedback
from x_pilot_api.certificates.rules import feedback as rules
from x_pilot_api.core import clock
from x_pilot_api.outbox.models import OutboxEvent

PARTNER = "/v1/partner/quality-feedback"


async def given(office: Office, *, sent: bool = True) -> str:
    told = await office.post("coordinator", FEEDBACK, office.feedback_wish(), status=201)
    if sent:
        await office.post("registrar", f"{FEEDBACK}/{told['id']}:send")
    return str(told["id"])


async def test_feedback_goes_round_by_portal_and_api_and_the_organisation_hears_of_it(
    office: Office, session: AsyncSession
) -> None:
    feedback_id = await given(office, sent=False)
    path, partner = f"{FEEDBACK}/{feedback_id}", f"{PARTNER}/{feedback_id}"
    assert (await office.ask("machine", "GET", partner)).status_code == 404, "what is not sent is not seen"
    changed = await office.change("coordinator", path, {"subject": "题库陈旧（二）"})
    assert changed.json()["subject"] == "题库陈旧（二）"
    sent = await office.post("registrar", f"{path}:send")
    assert (sent["state"], sent["age_days"], sent["is_overdue"], sent["allowed_deeds"]) == ("sent", 0, False, [])
    (seen,) = (await office.get(PARTNER, who="machine"))["items"]
    assert (seen["id"], seen["allowed_deeds"]) == (feedback_id, ["answer"])
    await office.post("machine", f"{partner}:answer", {"answer": "已换题"})
    assert await office.code("machine", f"{partner}:answer", {"answer": "又一次"}) == "deed_not_allowed"
    await office.post("registrar", f"{path}:verify", {"remark": "仍有旧题"})
    again = {"remark": "请全部更换", "due_on": str(TODAY + timedelta(days=5))}
    assert (await office.post("registrar", f"{path}:reopen", again))["state"] == "reopened"
    answered = await office.post("org_staff", f"{path}:answer", {"answer": "全部更换"})
    assert [answer["answer"] for answer in answered["answers"]] == ["已换题", "全部更换"]
    await office.post("registrar", f"{path}:verify", {"remark": "已核实"})
    closed = await office.post("registrar", f"{path}:close")
    assert (closed["state"], closed["remark"], closed["allowed_deeds"]) == ("closed", "已核实", [])
    events = await session.scalars(
        select(OutboxEvent).where(OutboxEvent.object_id == feedback_id).order_by(OutboxEvent.id)
    )
    told = [(event.kind, event.by_organisation) for event in events]
    assert told == [
        ("feedback.sent", False),
        ("feedback.answered", True),
        ("feedback.reopened", False),
        ("feedback.answered", True),
        ("feedback.closed", False),
    ]


async def test_who_sees_and_answers_what(office: Office) -> None:
    feedback_id = await given(office)
    path = f"{FEEDBACK}/{feedback_id}"
    for who in ("sibling_coordinator", "registrar_2", "org_staff_2"):
        assert (await office.ask(who, "GET", path)).status_code == 404, who
    assert (await office.ask("test_machine", "GET", f"{PARTNER}/{feedback_id}")).status_code == 404
    assert (await office.ask("machine_2", "GET", f"{PARTNER}/{feedback_id}")).status_code == 404
    assert (await office.ask("registrar", "POST", f"{path}:answer", {"answer": "代答"})).status_code == 403
    foreign = office.feedback_wish(college_id=str(office.world.schools[0].colleges[1]))
    assert await office.code("coordinator", FEEDBACK, foreign) == "not_found"
    of_all = office.feedback_wish(college_id=None)
    assert await office.code("coordinator", FEEDBACK, of_all) == "not_found"
    assert (await office.post("registrar", FEEDBACK, of_all, status=201))["college_id"] is None


async def test_an_answer_that_is_late_shows_and_can_be_asked_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    feedback_id = await given(office)
    assert (await office.get(f"{FEEDBACK}?overdue=true"))["items"] == []
    set_clock(monkeypatch, clock.now() + timedelta(days=11))
    (late,) = (await office.get(f"{FEEDBACK}?overdue=true"))["items"]
    assert (late["id"], late["age_days"], late["is_overdue"]) == (feedback_id, 11, True)
    again = await office.post("coordinator", FEEDBACK, office.feedback_wish(due_on=TODAY), status=201)
    assert await office.code("registrar", f"{FEEDBACK}/{again['id']}:send") == "due_in_past"


def test_feedback_ages_by_the_calendar_until_it_is_closed() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    asked = Feedback(
        state="sent", due_on=date(2026, 3, 10), asked_at=datetime(2026, 2, 28, 16, 30, tzinfo=UTC), closed_at=None
    )
    assert rules.age_days(asked, today=date(2026, 3, 1), zone=zone) == 0, "half past midnight in Shanghai"
    assert rules.age_days(asked, today=date(2026, 3, 11), zone=zone) == 10
    assert [rules.is_overdue(asked, today=date(2026, 3, day)) for day in (10, 11)] == [False, True]
    asked.state, asked.closed_at = "closed", datetime(2026, 3, 5, 1, tzinfo=UTC)
    assert rules.age_days(asked, today=date(2026, 9, 1), zone=zone) == 4
    assert not rules.is_overdue(asked, today=date(2026, 9, 1))
    assert rules.age_days(Feedback(asked_at=None), today=date(2026, 3, 1), zone=zone) is None
