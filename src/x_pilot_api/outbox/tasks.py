"""Announcing what happened in an area below, which could only ask for it."""

from dataclasses import replace
from uuid import UUID

from x_pilot_api.core import attempts
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.outbox import commands
from x_pilot_api.outbox.schemas import EventKind


async def announce_revoked_key(service: Service, job: Job) -> None:
    """Tell an organisation that a key of one of its clients is no longer good; event and end of job commit as one."""
    told = job.arguments
    by = told["by_organisation_id"]
    async with service.database.transaction() as session:
        await commands.announce(
            session,
            replace(SYSTEM, organisation_id=UUID(by) if by else None),
            institution_id=None,
            organisation_id=UUID(told["organisation_id"]),
            kind=EventKind.CLIENT_KEY_REVOKED,
            object_kind="machine_client",
            object_id=UUID(told["machine_client_id"]),
            data={"client_id": told["client_id"], "key_id": told["key_id"]},
            is_test=told["is_test"],
        )
        await attempts.finish(session, job)
