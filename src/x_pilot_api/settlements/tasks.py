"""Work on settlements after the answer: the nightly look ahead at the guaranteed attempt."""

from x_pilot_api.core import attempts, clock
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.identity import queries as identity
from x_pilot_api.settlements.commands import forecasts
from x_pilot_api.settlements.queries.forecasting import Prospect


async def forecast_guarantees(service: Service, job: Job) -> None:
    """Make a forecast for the institution that asked, or at night for all, each in a transaction of its own."""
    if job.institution_id is not None:
        wanted = [job.institution_id]
    else:
        async with service.database.transaction(read_only=True) as session:
            wanted = await identity.list_institution_ids(session)
    timezone = service.settings.timezone
    # An attempt goes on where the one before it stopped; the institutions are listed in one order.
    for done, institution_id in enumerate(wanted[job.progress_done :], start=job.progress_done + 1):
        prospect = Prospect(institution_id, clock.today(timezone), timezone)
        async with service.database.transaction(institution_id=institution_id) as session:
            await forecasts.make_forecast(session, prospect=prospect, asked_by=job.requested_by or SYSTEM.id)
            await forecasts.forget_forecasts(session, institution_id=institution_id)
            await attempts.advance(session, job, done=done, total=len(wanted))
