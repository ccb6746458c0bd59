"""What deeds announce: to whom, how much of it, and never anything personal."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from tests.exams.desk import Desk, SignIn
from tests.fees.make import ceiling_in, store_ceiling, store_standard
from tests.mappings import make as mappings
from tests.world import World
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.service import Service
from x_pilot_api.fees import commands as fees
from x_pilot_api.mappings import commands as mapping_commands
from x_pilot_api.mappings.models import MappingState
from x_pilot_api.outbox.models import OutboxEvent

Json = dict[str, Any]
OPERATOR = Actor(id=UUID(int=1), kind=ActorKind.PERSON, name="operator", permissions=frozenset())


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Desk:
    return Desk(client, sign_in, world, service)


async def told(session: AsyncSession) -> Sequence[OutboxEvent]:
    return (await session.scalars(select(OutboxEvent).order_by(OutboxEvent.xid, OutboxEvent.id))).all()


async def test_a_push_tells_of_the_batch_and_the_certificates_it_issued_and_revoked(
    desk: Desk, session: AsyncSession
) -> None:
    plan = await desk.plan()
    batch = await desk.push(plan, *(desk.row(plan, index) for index in range(3)))
    worse = {"components": {"theory": "10.00", "practical": "10.00"}, "total": "10.00", "passed": False}
    again = await desk.push(plan, desk.row(plan, 0, revision=2, grading="corrected", reason="recount", **worse))
    events = await told(session)
    assert [(it.kind, str(it.object_id)) for it in events] == [
        ("result_batch.taken_in", batch["id"]),
        ("awards.issued", batch["id"]),
        ("corrections.done", again["id"]),
        ("result_batch.taken_in", again["id"]),
        ("awards.revoked", again["id"]),
    ]
    assert {(it.organisation_id, it.institution_id, it.by_organisation) for it in events} == {
        (desk.world.organisations[0].id, plan.institution_id, True)
    }
    assert events[0].data == {
        "exam_plan_id": str(plan.id),
        "rows": 3,
        "accepted": 3,
        "corrected": 0,
        "unchanged": 0,
        "quarantined": 0,
        "rejected": 0,
    }
    assert [events[index].data["awards"] for index in (1, 4)] == [3, 1]


async def test_a_rehearsed_push_tells_nothing(desk: Desk, session: AsyncSession) -> None:
    plan = await desk.plan()
    answer = await desk.send(plan, desk.row(plan), query="?validate_only=true")
    assert answer.status_code == 200, answer.text
    assert await told(session) == []


@pytest.mark.parametrize("rows", [1, 10])
async def test_a_push_tells_by_one_statement_and_two_rows_whatever_its_size(
    desk: Desk, session: AsyncSession, connection: AsyncConnection, rows: int
) -> None:
    plan = await desk.plan()
    statements: list[str] = []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(connection.sync_connection, "before_cursor_execute", note)
    await desk.push(plan, *(desk.row(plan, index) for index in range(rows)))
    event.remove(connection.sync_connection, "before_cursor_execute", note)
    assert sum("INSERT INTO outbox_events" in statement for statement in statements) == 1
    assert len(await told(session)) == 2


async def test_what_is_told_of_a_push_names_nobody(desk: Desk, session: AsyncSession) -> None:
    plan = await desk.plan()
    await desk.push(plan, *(desk.row(plan, index) for index in range(10)))
    text = " ".join(str(it.data) for it in await told(session))
    school = desk.world.schools[0]
    for personal in (*school.documents, *map(str, school.students), *plan.admission_numbers, "学生"):
        assert personal not in text


async def test_a_plan_and_its_registrations_are_told_once_a_request(desk: Desk, session: AsyncSession) -> None:
    school, organised = desk.world.schools[0], desk.world.organisations[0]
    today = datetime.now(UTC).date() + timedelta(days=1)
    plan: Json = {
        "code": "NEW-1",
        "name": "新计划",
        "certificate_level_ids": [str(organised.levels["2"])],
        "registration_opens_on": "2024-01-01",
        "registration_closes_on": str(today),
        "exam_on": str(today + timedelta(days=1)),
    }
    answer = await desk.client.post("/v1/exam-plans", json=plan, headers=desk.sign_in("registrar"))
    assert answer.status_code == 201, answer.text
    wishes = [
        {"student_id": str(student), "certificate_level_id": str(organised.levels["2"])}
        for student in school.students[:4]
    ]
    registered = await desk.client.post(
        f"/v1/exam-plans/{answer.json()['id']}/registrations",
        json={"registrations": wishes},
        headers=desk.sign_in("registrar") | {"Idempotency-Key": "once"},
    )
    assert registered.status_code == 201, registered.text
    events = await told(session)
    assert [(it.kind, str(it.object_id)) for it in events] == [
        ("exam_plan.announced", answer.json()["id"]),
        ("registrations.accepted", answer.json()["id"]),
    ]
    assert events[0].data["certificate_level_ids"] == [str(organised.levels["2"])]
    assert events[1].data == {"registrations": 4}
    assert {it.by_organisation for it in events} == {False}


async def test_a_rule_is_told_when_it_is_agreed_published_and_withdrawn(session: AsyncSession, world: World) -> None:
    mapping = await mappings.bring(session, world, MappingState.PUBLISHED)
    events = await told(session)
    assert [(it.kind, it.by_organisation, it.data.get("party"), it.data.get("state")) for it in events] in (
        [
            ("mapping.agreed", False, "college", "draft"),
            ("mapping.agreed", True, "organisation", "agreed"),
            ("mapping.published", False, None, None),
        ],
        [
            ("mapping.agreed", True, "organisation", "draft"),
            ("mapping.agreed", False, "college", "agreed"),
            ("mapping.published", False, None, None),
        ],
    )
    assert {(it.organisation_id, it.object_id) for it in events} == {(world.organisations[0].id, mapping.id)}
    draft = await mappings.bring(session, world, MappingState.DRAFT, rule=mappings.wish(world, organisation=1))
    registrar = await mappings.actor_of(session, world, "registrar")
    await mapping_commands.withdraw_mapping(
        session, registrar, mapping_id=draft.id, reason="误报", today=mappings.TODAY
    )
    last = (await told(session))[-1]
    assert (last.kind, last.organisation_id) == ("mapping.withdrawn", world.organisations[1].id)


async def test_a_ceiling_tells_each_institution_s_suspensions_as_one_number(
    session: AsyncSession, world: World
) -> None:
    ceiling_id = await store_ceiling(session)
    for school in (0, 1):
        await store_standard(session, world, ceiling_id=ceiling_id, school=school)
    issued = await fees.issue_fee_ceiling(session, OPERATOR, wish=ceiling_in(level="2", amount_fen=41_499))
    events = await told(session)
    assert {(it.kind, it.institution_id, it.object_id, it.data["standards"]) for it in events} == {
        ("fee_standards.suspended", school.id, issued.id, 1) for school in world.schools
    }
    assert {it.organisation_id for it in events} == {world.organisations[0].id}
