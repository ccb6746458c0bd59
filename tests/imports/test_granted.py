"""Undoing an import of students who were granted their attempt: it goes with them, unless something came of it."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.imports import files
from tests.imports.desk import Desk
from tests.world import World
from x_pilot_api.charges import commands as charges
from x_pilot_api.charges.models import Guarantee, GuaranteeEvent
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.service import Service
from x_pilot_api.imports.queries import since
from x_pilot_api.registry.models import Student


async def _granted(office: Desk, world: World, service: Service) -> dict[str, Any]:
    """Import two students, and let the night grant everybody their attempt."""
    sent = files.xlsx(files.STUDENTS, files.student(1), files.student(2))
    applied = await office.apply(await office.preview(sent))
    async with service.database.transaction(institution_id=world.schools[0].id) as session:
        assert await charges.grant_guarantees(session, SYSTEM, institution_id=world.schools[0].id) == 12
    return applied


async def _count(service: Service, world: World) -> tuple[int, int, int]:
    """Count students, attempts and their events."""
    async with service.database.transaction(institution_id=world.schools[0].id) as session:
        counts = [
            (
                await session.execute(select(func.count()).select_from(table).where(table.institution_id == here))
            ).scalar_one()
            for table in (Student, Guarantee, GuaranteeEvent)
            for here in [world.schools[0].id]
        ]
    return counts[0], counts[1], counts[2]


async def test_what_was_only_granted_goes_with_the_students(office: Desk, world: World, service: Service) -> None:
    applied = await _granted(office, world, service)
    students, _, _ = await _count(service, world)
    answer = await office.undo(applied)
    assert answer.status_code == 202, answer.text
    assert (await office.read(applied["id"]))["state"] == "undone"
    assert await _count(service, world) == (students - 2, 10, 10)


async def test_what_something_came_of_keeps_them_and_says_so(office: Desk, world: World, service: Service) -> None:
    applied = await _granted(office, world, service)
    async with service.database.transaction(institution_id=world.schools[0].id) as session:
        await _warn(session, world)
    refused = await office.undo(applied)
    assert (refused.status_code, refused.json()["code"]) == (409, "import_depended_on")
    assert [(fault["column"], fault["detail"]) for fault in refused.json()["errors"]] == [("guarantees", "1")]
    assert (await _count(service, world))[1:] == (12, 12)


async def _warn(session: AsyncSession, world: World) -> None:
    """Let one of those who came last have been absent once; their attempt is free again."""
    last = select(Guarantee.id).where(Guarantee.student_id.not_in(world.schools[0].students))
    guarantee_id: UUID = (await session.scalars(last.order_by(Guarantee.id).limit(1))).one()
    await session.execute(update(Guarantee).where(Guarantee.id == guarantee_id).values(events=3, absences=1))


async def test_where_nothing_goes_with_students_the_night_stands_in_the_way(
    office: Desk, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied = await _granted(office, world, service)
    monkeypatch.setattr(since, "goes_with", _never)
    assert (await office.undo(applied)).json()["code"] == "import_depended_on"


def _never(_: object) -> None:
    return None
