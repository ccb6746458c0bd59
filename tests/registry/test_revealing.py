"""Seeing a document number in full: for who may, who proved it lately, and never without a record of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from tests.conftest import make_service, make_token
from tests.world import DOCUMENT_KIND, World, build_world
from x_pilot_api.app import create_app
from x_pilot_api.core import provision
from x_pilot_api.core.audit import AuditEvent
from x_pilot_api.core.db import Database, driver_url
from x_pilot_api.core.settings import Settings
from x_pilot_api.identity.models import SignInSession
from x_pilot_api.registry.models import IdentityDocument

SignIn = Callable[[str], dict[str, str]]
REASON = {"reason": "核对姓名更正，收文 2026-118"}


def path_of(student_id: UUID) -> str:
    return f"/v1/students/{student_id}/identity-document:reveal"


async def recorded(session: AsyncSession) -> list[AuditEvent]:
    statement = select(AuditEvent).where(AuditEvent.deed == "identity_documents.reveal")
    return list((await session.scalars(statement)).all())


async def test_the_office_sees_a_number_and_the_audit_who_whose_and_why(
    client: httpx.AsyncClient, session: AsyncSession, world: World, sign_in: SignIn
) -> None:
    school = world.schools[0]
    answer = await client.post(path_of(school.students[0]), json=REASON, headers=sign_in("registrar"))
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.json() == {"kind": DOCUMENT_KIND, "number": school.documents[0]}
    (event,) = await recorded(session)
    assert (event.institution_id, event.object_id) == (school.id, school.students[0])
    assert event.actor_id == world.callers["registrar"].id
    assert event.detail["reason"] == REASON["reason"]
    assert event.request_id == answer.headers["x-request-id"]
    whole = (await session.execute(text("SELECT string_agg(to_jsonb(it)::text, '') FROM audit_events it"))).scalar_one()
    assert school.documents[0] not in whole


async def test_each_look_is_a_deed_of_its_own_and_its_answer_is_never_kept(
    client: httpx.AsyncClient, session: AsyncSession, world: World, sign_in: SignIn
) -> None:
    headers = {**sign_in("registrar"), "Idempotency-Key": "the same"}
    for _ in range(2):
        answer = await client.post(path_of(world.schools[0].students[0]), json=REASON, headers=headers)
        assert "idempotency-hit" not in answer.headers
    assert len(await recorded(session)) == 2
    assert (await session.execute(text("SELECT count(*) FROM idempotency_keys"))).scalar_one() == 0


@pytest.mark.parametrize(
    ("who", "status"),
    [("auditor", 403), ("coordinator", 403), ("teacher", 403), ("student", 403), ("machine", 403), ("operator", 403)],
)
async def test_whoever_may_not_sees_nothing_and_leaves_no_record(
    client: httpx.AsyncClient, session: AsyncSession, world: World, sign_in: SignIn, who: str, status: int
) -> None:
    school = world.schools[0]
    answer = await client.post(path_of(school.students[0]), json=REASON, headers=sign_in(who))
    assert answer.status_code == status
    assert school.documents[0] not in answer.text
    assert await recorded(session) == []


async def test_another_institutions_student_is_not_there(
    client: httpx.AsyncClient, session: AsyncSession, world: World, sign_in: SignIn
) -> None:
    answer = await client.post(path_of(world.schools[1].students[0]), json=REASON, headers=sign_in("registrar"))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert await recorded(session) == []


async def test_an_old_proof_is_not_enough(
    client: httpx.AsyncClient, session: AsyncSession, world: World, sign_in: SignIn
) -> None:
    person_id = world.callers["registrar"].id
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    await session.execute(update(SignInSession).where(SignInSession.id == person_id).values(authenticated_at=long_ago))
    await session.commit()
    answer = await client.post(path_of(world.schools[0].students[0]), json=REASON, headers=sign_in("registrar"))
    assert (answer.status_code, answer.json()["code"]) == (403, "recent_proof_needed")


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": " "}, {"reason": "x", "number": "1"}])
async def test_without_a_reason_nothing_is_shown(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, body: dict[str, str]
) -> None:
    answer = await client.post(path_of(world.schools[0].students[0]), json=body, headers=sign_in("registrar"))
    assert answer.status_code == 422


@pytest.mark.parametrize("number", [None, "320102 2005 0101 999X"], ids=["the student's", "somebody's"])
async def test_a_reason_that_holds_a_number_is_refused(
    client: httpx.AsyncClient, session: AsyncSession, world: World, sign_in: SignIn, number: str | None
) -> None:
    school = world.schools[0]
    own = f"{school.documents[0][:6]} {school.documents[0][6:]}"
    answer = await client.post(
        path_of(school.students[0]), json={"reason": f"为 {number or own} 核对"}, headers=sign_in("registrar")
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "reason_holds_number")
    assert school.documents[0] not in answer.text
    assert await recorded(session) == []


async def test_a_number_sealed_with_a_key_that_is_gone_is_not_shown(
    client: httpx.AsyncClient, session: AsyncSession, world: World, sign_in: SignIn
) -> None:
    await session.execute(update(IdentityDocument).values(key_id="gone"))
    await session.commit()
    answer = await client.post(path_of(world.schools[0].students[0]), json=REASON, headers=sign_in("registrar"))
    assert (answer.status_code, answer.json()["code"]) == (500, "data_key_unknown")
    assert "gone" in answer.json()["detail"]


@pytest.fixture
async def without_audit(
    new_database: Callable[[], provision.Urls], settings: Settings
) -> AsyncIterator[tuple[httpx.AsyncClient, World, dict[str, str]]]:
    """Serve from a database of its own whose audit refuses the record at the moment of the commit."""
    urls = await asyncio.to_thread(new_database)
    service = make_service(Database(urls.service, settings), settings)
    owner = create_async_engine(driver_url(urls.owner))
    try:
        async with service.database.transaction() as session:
            world = await build_world(session, service.sealer)
        async with owner.begin() as connection:
            await connection.execute(text("CREATE TABLE refused (deed text PRIMARY KEY)"))
            await connection.execute(
                text(
                    "ALTER TABLE audit_events ADD FOREIGN KEY (deed) REFERENCES refused"
                    " DEFERRABLE INITIALLY DEFERRED NOT VALID"
                )
            )
        transport = httpx.ASGITransport(app=create_app(service), raise_app_exceptions=False)
        headers = {"Authorization": f"Bearer {make_token(service, world.callers['registrar'].id)}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
            yield client, world, headers
    finally:
        await owner.dispose()
        await service.database.close()


async def test_without_its_record_no_number_leaves(
    without_audit: tuple[httpx.AsyncClient, World, dict[str, str]],
) -> None:
    client, world, headers = without_audit
    answer = await client.post(path_of(world.schools[0].students[0]), json=REASON, headers=headers)
    assert answer.status_code == 500
    assert world.schools[0].documents[0] not in answer.text
