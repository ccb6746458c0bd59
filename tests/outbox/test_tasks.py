"""What an area below asked to be announced."""

from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from tests.exams.desk import SignIn
from tests.identity import keys
from tests.identity.keys import Holder
from tests.world import World
from x_pilot_api import worker
from x_pilot_api.core import working
from x_pilot_api.core.jobs import JobRecord
from x_pilot_api.core.service import Service
from x_pilot_api.outbox.models import OutboxEvent

KIND = "announce_revoked_key"


@pytest.mark.parametrize(("who", "by_organisation"), [("org_staff", True), ("security_admin", False)])
async def test_a_revoked_key_is_announced_once_to_its_organisation(
    client: httpx.AsyncClient, service: Service, world: World, sign_in: SignIn, who: str, *, by_organisation: bool
) -> None:
    organised = world.organisations[0]
    async with service.database.transaction() as session:
        key_id = await keys.register(session, organised.machine_client_id, Holder("-"), approved=True)
    path = f"/v1/machine-clients/{organised.machine_client_id}/keys/{key_id}:revoke"
    assert (await client.post(path, headers=sign_in(who))).status_code == 200
    async with service.database.transaction(read_only=True) as session:
        job_id = (await session.scalars(select(JobRecord.id).where(JobRecord.kind == KIND))).one()
    for _ in range(2):
        # Whoever does it again finds that it has ended.
        assert await working.attempt(service, worker.TASKS[KIND], job_id) is None
    async with service.database.transaction(read_only=True) as session:
        event = (await session.scalars(select(OutboxEvent).where(OutboxEvent.kind == "client_key.revoked"))).one()
        job = await session.get_one(JobRecord, job_id)
    assert (event.organisation_id, event.object_id, event.is_test) == (organised.id, organised.machine_client_id, False)
    assert (event.by_organisation, UUID(event.data["key_id"])) == (by_organisation, key_id)
    assert (job.state, job.attempts) == ("succeeded", 1)
