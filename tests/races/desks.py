"""A desk at a database of its own, whose commits are real, and as many students as a crowd takes."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TypeVar
from uuid import uuid4

import httpx

from tests.conftest import make_service, make_token
from tests.exams import make
from tests.exams.desk import Desk
from tests.world import build_world, identity_number
from x_pilot_api.app import create_app
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings
from x_pilot_api.registry.models import Student

At = TypeVar("At", bound=Desk)


@asynccontextmanager
async def opened(kind: type[At], database: Database, settings: Settings) -> AsyncGenerator[At]:
    """Build the world in an empty database, and sit down before the service that runs on it."""
    service = make_service(database, settings)
    async with database.transaction() as session:
        world = await build_world(session, service.sealer)

    def sign_in(who: str) -> dict[str, str]:
        caller = world.callers[who]
        return {"Authorization": f"Bearer {make_token(service, caller.id, scope=caller.scope)}"}

    transport = httpx.ASGITransport(app=create_app(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        yield kind(client, sign_in, world, service)


async def crowd(desk: Desk, number: int, *, first_document: int) -> None:
    """Let the first school have so many students, the new ones with documents of their own."""
    there = desk.world.schools[0]
    async with desk.service.database.transaction() as session:
        for index in range(number - len(there.students)):
            document, student_id = identity_number(first_document + index), uuid4()
            sealer = desk.service.sealer
            document_id = await make.document(session, sealer, document, institution_id=there.id)
            session.add(
                Student(
                    institution_id=there.id,
                    id=student_id,
                    student_number=f"R{index:03d}",
                    name="学生",
                    identity_document_id=document_id,
                    programme_id=there.programmes[0],
                    class_name="会计2402",
                    entry_year=2024,
                )
            )
            there.students.append(student_id)
