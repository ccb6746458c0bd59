"""Results on the ground: a job for a large file of each organisation at each school."""

from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.makings import Made
from tests.world import World
from x_pilot_api.core.jobs import JobRecord
from x_pilot_api.core.sealing import Sealer


async def lay(session: AsyncSession, sealer: Sealer, world: World, made: Made) -> None:
    """Let each organisation's system have sent a large file to each school."""
    _ = sealer
    for school, there in enumerate(world.schools):
        for organisation, organised in enumerate(world.organisations):
            owner = f"s{school + 1}o{organisation + 1}"
            job = JobRecord(
                id=uuid4(),
                kind=f"count {mark(owner)}",
                institution_id=there.id,
                requested_by=organised.machine_client_id,
                arguments={},
                state="queued",
            )
            session.add(job)
            made.results[school, organisation] = {"job": str(job.id), "org_result_id": f"R0{mark(owner)}"}
            made.owners[job.id] = owner
    await session.flush()
