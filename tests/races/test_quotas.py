"""Thirty registrations for ten places, all at once and for several exams, with real commits."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tests.exams.desk import Desk, set_clock
from tests.participations.make import Office
from tests.races import desks
from x_pilot_api.participations import queries

PLACES, STUDENTS, EXAMS = 10, 30, 6

_HELD = text("SELECT count(*) FROM registrations WHERE participation_id = :id AND state = 'accepted'")


@pytest.fixture
async def office(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Office:
    await desks.crowd(desk, STUDENTS, first_document=500)
    set_clock(monkeypatch, datetime(2026, 5, 10, tzinfo=UTC))
    office = Office(desk)
    await office.forget()
    return office


async def storm(office: Office) -> tuple[Counter[str], int, int]:
    """Register everybody at once, each exam's students one by one, and tell what became of it."""
    it = await office.approved(quota=PLACES)
    exams = [await office.plan() for _ in range(EXAMS)]
    answers = await asyncio.gather(*(office.register(exams[index % EXAMS], index) for index in range(STUDENTS)))
    codes = Counter("made" if answer.status_code == 201 else answer.json()["code"] for answer in answers)
    async with office.desk.service.database.transaction(read_only=True) as session:
        held = (await session.execute(_HELD, {"id": it["id"]})).scalar_one()
    return codes, held, (await office.read(it))["taken"]


async def test_thirty_registrations_for_ten_places_make_ten(office: Office) -> None:
    codes, held, taken = await storm(office)
    assert codes == {"made": PLACES, "registrations_refused": STUDENTS - PLACES}
    assert (held, taken) == (PLACES, PLACES)


async def test_even_if_nobody_locked_before_reading_no_place_is_sold_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look_at_nothing(*_: object, **__: object) -> dict[object, object]:
        return {}

    monkeypatch.setattr(queries, "lock_quotas", look_at_nothing)
    codes, held, taken = await storm(office)
    assert codes["made"] == PLACES
    # Without the lock some read places that are gone, and are stopped where the places are taken.
    assert codes["quota_exhausted"] > 0
    assert (held, taken) == (PLACES, PLACES)
