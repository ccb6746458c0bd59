"""Two clerks arrange one sitting at once, and devices send at once what they recorded, with real commits."""

import asyncio
from collections import Counter
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.exam_days import make
from tests.exam_days.desk import Hall, seen
from tests.exam_days.make import STARTS_AT, minutes
from tests.exams.desk import Desk, set_clock
from x_pilot_api.core import etags

CANDIDATES = 40
_DOUBLES = text("""
SELECT count(*) - count(DISTINCT (room_id, number)) AS seats, count(*) AS seated FROM seats
""")


@pytest.fixture
async def hall(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Hall:
    set_clock(monkeypatch, STARTS_AT + minutes(1))
    return Hall(desk.client, desk.sign_in, desk.world, desk.service)


async def arranged_by_six(hall: Hall, it: make.Day, *, tag: str) -> Counter[int]:
    """Let six clerks who have read the same seating arrange it, each by their own seed."""
    clerks = ("registrar", "coordinator") * 3
    answers = await asyncio.gather(
        *(
            hall.ask(f"{it.path}/seats:arrange", {"seed": seed}, who=who, if_match=tag)
            for seed, who in enumerate(clerks)
        )
    )
    return Counter(answer.status_code for answer in answers)


async def doubles(hall: Hall, it: make.Day) -> tuple[int, int]:
    async with hall.service.database.transaction(read_only=True, institution_id=it.institution_id) as session:
        row = (await session.execute(_DOUBLES)).one()
    return row.seats, row.seated


async def test_of_two_clerks_who_arrange_at_once_one_is_told_to_look_again(hall: Hall) -> None:
    it = await hall.day(rooms={"301": 20, "302": 25}, candidates=CANDIDATES)
    both = (await hall.tag(it), await hall.tag(it, who="coordinator"))
    assert both[0] == both[1]
    assert await arranged_by_six(hall, it, tag=both[0]) == {200: 1, 412: 5}
    assert await doubles(hall, it) == (0, CANDIDATES)
    assert (await hall.get(f"{it.path}/seating"))["revision"] == 1


async def test_even_if_nobody_had_to_look_nobody_shares_a_seat(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def believe(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr(etags, "check", believe)
    it = await hall.day(rooms={"301": 20, "302": 25}, candidates=CANDIDATES)
    assert await arranged_by_six(hall, it, tag="W/any") == {200: 6}
    assert await doubles(hall, it) == (0, CANDIDATES)
    assert (await hall.get(f"{it.path}/seating"))["revision"] == 6


async def test_what_devices_send_at_once_and_twice_counts_once_and_is_compared(hall: Hall) -> None:
    it = await hall.day(rooms={"301": 20, "302": 25}, candidates=CANDIDATES)
    await hall.arranged(it)
    devices = [await hall.device(it, name=f"平板{number}") for number in range(4)]
    batches = [[seen(device, index) for index in range(CANDIDATES)] for device in devices]
    answers = await asyncio.gather(
        *(hall.send(it, device, *batch) for device, batch in zip(devices, batches, strict=True) for _ in range(2))
    )
    assert sum(answer["accepted"] for answer in answers) == CANDIDATES
    assert sum(answer["conflicts"] for answer in answers) == 3 * CANDIDATES
    assert sum(answer["unchanged"] for answer in answers) == 4 * CANDIDATES
    assert (await hall.get(f"{it.path}/attendance"))["disputed"] == CANDIDATES
    assert {UUID(item["registration_id"]) for answer in answers for item in answer["items"]} == set(it.registrations)
