"""A student is told when and where they sit, the seat once tickets are handed out; a device hears of every change."""

from datetime import datetime
from typing import Any

from sqlalchemy import update

from tests.exam_days import make
from tests.exam_days.desk import Hall
from tests.exam_days.make import Day
from tests.student_space.conftest import Campus
from tests.student_space.phone import Phone
from x_pilot_api.core import clock
from x_pilot_api.exams.models import ExamSitting


async def own_of(phone: Phone, it: Day) -> dict[str, Any]:
    found = (await phone.get("registrations"))["items"]
    return next(own for own in found if own["id"] == str(it.registrations[0]))


async def cancelled(campus: Campus, it: Day) -> None:
    async with campus.service.database.transaction(institution_id=it.institution_id) as session:
        wanted = update(ExamSitting).where(ExamSitting.id == it.sitting_id)
        await session.execute(wanted.values(cancelled_at=clock.now(), cancellation_reason="停电"))


async def test_the_seat_is_told_once_tickets_are_handed_out(campus: Campus) -> None:
    hall = Hall(campus.client, campus.sign_in, campus.world, campus.service)
    phone = campus.phone()
    it = await hall.day(candidates=4)
    await hall.arranged(it, seating_order="by_admission_number")
    before = await own_of(phone, it)
    assert datetime.fromisoformat(before["sitting"]["starts_at"]) == make.STARTS_AT
    assert before["sitting"]["address"]
    assert (before["sitting"]["room"], before["sitting"]["seat"], before["has_ticket"]) == (None, None, False)
    assert (await phone.ask(f"registrations/{before['id']}/ticket")).status_code == 409
    await phone.sync()
    await hall.printed(it)
    assert [change["kind"] for change in await phone.sync()] == ["registration"]
    after = await own_of(phone, it)
    assert (after["sitting"]["room"], after["sitting"]["seat"], after["has_ticket"]) == ("301 机房（301）", 1, True)
    assert phone.held("registration")[after["id"]] == after
    assert (await phone.ask(f"registrations/{after['id']}/ticket")).headers["content-type"] == "application/pdf"


async def test_a_cancelled_sitting_is_none_and_a_device_hears_of_it(campus: Campus) -> None:
    hall = Hall(campus.client, campus.sign_in, campus.world, campus.service)
    phone = campus.phone()
    it = await hall.day(candidates=2)
    await hall.arranged(it)
    await hall.printed(it)
    await phone.sync()
    assert (await own_of(phone, it))["has_ticket"]
    await cancelled(campus, it)
    assert [change["kind"] for change in await phone.sync()] == ["registration"]
    own = await own_of(phone, it)
    assert (own["sitting"], own["has_ticket"]) == (None, False)
