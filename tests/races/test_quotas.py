"""Thirty registrations for ten places, all at once and for several exams, with real commits."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from tests.conftest import make_service, make_token
from tests.exams import make
from tests.exams.desk import Desk, set_clock
from tests.participations.make import Office
from tests.world import build_world, identity_number
from x_pilot_api.app import create_app
from x_pilot_api.core import provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings
from x_pilot_api.participations import queries
from x_pilot_api.registry.models import Student

PLACES, STUDENTS, EXAMS = 10, 30, 6

_HELD = text("SELECT count(*) FROM registrations WHERE participation_id = :id AND state = 'accepted'")


@pytest.fixture
def own_urls(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture
async def office(
    own_urls: provision.Urls, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    database = Database(own_urls.service, settings)
    service = make_service(database, settings)
    try:
        async with database.transaction() as session:
            world = await build_world(session, service.sealer)
            there = world.schools[0]
            for index in range(STUDENTS - len(there.students)):
                number, student_id = identity_number(500 + index), uuid4()
                document_id = await make.document(session, service.sealer, number, institution_id=there.id)
                session.add(
                    Student(
                        institution_id=there.id,
                        id=student_id,
                        student_number=f"R{index}",
                        name="学生",
                        identity_document_id=document_id,
                        programme_id=there.programmes[0],
                        class_name="会计2402",
                        entry_year=2024,
                    )
                )
                there.students.append(student_id)

        def sign_in(who: str) -> dict[str, str]:
            caller = world.callers[who]
            return {"Authorization": f"Bearer {make_token(service, caller.id, scope=caller.scope)}"}

        set_clock(monkeypatch, datetime(2026, 5, 10, tzinfo=UTC))
        transport = httpx.ASGITransport(app=create_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
            office = Office(Desk(client, sign_in, world, service))
            await office.forget()
            yield office
    finally:
        await database.close()


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
