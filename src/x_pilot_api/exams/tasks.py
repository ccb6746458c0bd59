"""What is done after the answer: large files taken in, embargoes lifted, seats offered to the next in line."""

from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.exams import commands, queries


async def offer_free_seats(service: Service, _: Job) -> None:
    """Go through the plans in which a seat can change hands, each in a transaction of its own."""
    settings = service.settings
    terms = commands.terms_now(settings)
    async with service.database.transaction(read_only=True) as session:
        waiting = await queries.list_plans_to_seat(session, at=terms.at)
    for institution_id, plan_id in waiting:
        async with service.database.transaction(institution_id=institution_id) as session:
            plan = await queries.lock_plan(session, institution_id=institution_id, plan_id=plan_id)
            await commands.offer_free_seats(session, SYSTEM, plan=plan, terms=terms)


async def take_in_results(service: Service, job: Job) -> None:
    """Take in a file of results that was too large for its request."""
    await commands.take_in_laid_down(service, job)


async def lift_result_embargoes(service: Service, _: Job) -> None:
    """Let go what was held until students may see it, each plan in a transaction of its own."""
    await commands.lift_embargoes(service)
