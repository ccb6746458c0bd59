"""What is done to sums without anybody asking: folding what was added to them."""

from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.tallies import commands, queries


async def fold_tallies(service: Service, job: Job) -> None:
    """Fold what was added, each institution in a transaction of its own; killed in between, the rest is folded next."""
    del job
    async with service.database.transaction(read_only=True) as session:
        institutions = await queries.list_unfolded(session)
    for institution_id in institutions:
        async with service.database.transaction(institution_id=institution_id) as session:
            await commands.fold(session, institution_id=institution_id)
