"""A student's telephone through a term: it syncs at every step and always holds what the screens tell."""

from datetime import timedelta

from tests.exams import make
from tests.student_space import conftest as student_space
from tests.student_space.conftest import Campus
from x_pilot_api.core import clock

campus = student_space.campus


async def test_a_phone_through_a_term(campus: Campus) -> None:
    desk, box, phone, tablet = campus.desk, campus.box, campus.phone(), campus.phone(page_size=2)

    # The first evening: only who one is.
    await phone.sync()
    await phone.holds_the_truth()

    # The office opens the accounts, a rule is published, and the student is registered for an exam.
    await desk.rule()
    await desk.open_accounts()
    window = clock.now() + timedelta(days=7)
    plan = await desk.plan(objections_until=window)
    await phone.sync()
    await phone.holds_the_truth()
    assert [it["state"] for it in phone.held("registration").values()] == ["accepted"]
    assert (await phone.get("overview"))["credit"]["accumulated"] == "0.00"

    # The result comes: a certificate, credits that wait for objections, and what the student is told of them.
    await desk.push(plan, desk.row(plan))
    came = {it["kind"] for it in await phone.sync()}
    assert came >= {"result", "award", "learning_outcome", "credit_account", "message"}
    await phone.holds_the_truth()
    (account,) = phone.held("credit_account").values()
    assert (account["accumulated"], account["pending"] != "0.00") == ("0.00", True)
    assert {it["kind"] for it in phone.held("message").values()} == {"result.received", "award.issued"}

    # Read on the telephone; a tablet that is new learns all of it, in small pages.
    await box.mark(up_to_id=max(phone.held("message")))
    await tablet.sync()
    await tablet.holds_the_truth()
    await phone.sync()
    assert phone.things == tablet.things
    assert (await phone.get("messages:count"))["unread"] == 0

    # The correction: the score falls, the certificate is revoked, the credits are taken back.
    await desk.push(plan, desk.row(plan, revision=2, reason="复核改判", **make.FAILED))
    for device in (phone, tablet):
        await device.sync()
        await device.holds_the_truth()
    assert [(it["passed"], it["revision"]) for it in phone.held("result").values()] == [(False, 2)]
    assert [it["state"] for it in phone.held("award").values()] == ["revoked"]
    assert [it["reason"] for it in phone.held("learning_outcome").values()] == ["award_revoked"]
    assert (await phone.get("messages:count"))["unread"] == 3

    # The registrar sees the same account; nobody else's telephone was told anything.
    assert (await desk.account())["available"] == (await phone.get("credit-account"))["available"]
    other = campus.phone("student_2")
    await other.sync()
    assert {kind for kind, _ in other.things} == {"student"}
