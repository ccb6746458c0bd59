"""What is done after the answer: deposits that are due, credits that run out, revised grades, simulations."""

from uuid import UUID

from x_pilot_api.core import attempts, clock
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.service import Service
from x_pilot_api.credits import commands, queries
from x_pilot_api.credits.schemas import CatchUpConfirmIn


async def post_due_deposits(service: Service, job: Job) -> None:
    """Post what is due, each institution in a transaction of its own; what is posted is due no more."""
    async with service.database.transaction(read_only=True) as session:
        institutions = await queries.list_institutions_with_due_deposits(session)
    for institution_id in institutions:
        async with service.database.transaction(institution_id=institution_id) as session:
            await commands.post_due_deposits(session, SYSTEM, institution_id=institution_id, cause=job.id)


async def expire_credits(service: Service, job: Job) -> None:
    """Tell whose credits run out, and let go those whose day has come, each institution in a transaction of its own."""
    timezone = service.settings.timezone
    async with service.database.transaction(read_only=True) as session:
        institutions = await queries.list_institutions_with_expiry(session)
    for institution_id in institutions:
        async with service.database.transaction(institution_id=institution_id) as session:
            await commands.expire_credits(
                session,
                SYSTEM,
                institution_id=institution_id,
                today=clock.today(timezone),
                timezone=timezone,
                cause=job.id,
            )


async def follow_grades(service: Service, job: Job) -> None:
    """Let recognised outcomes follow the grades that were revised: of one institution, or by night of every one."""
    if "institution_id" in job.arguments:
        institutions = [UUID(job.arguments["institution_id"])]
    else:
        async with service.database.transaction(read_only=True) as session:
            institutions = list(await queries.list_institutions_with_outcomes(session))
    for institution_id in institutions:
        async with service.database.transaction(institution_id=institution_id) as session:
            today = clock.today(service.settings.timezone)
            await commands.follow_grades(session, SYSTEM, institution_id=institution_id, today=today, cause=job.id)


async def catch_up_credits(service: Service, job: Job) -> None:
    """Post a confirmed catch-up run in one transaction; a second attempt after it was posted finds nothing to do."""
    institution_id = UUID(job.arguments["institution_id"])
    wish = CatchUpConfirmIn.model_validate(job.arguments["wish"])
    async with service.database.transaction(institution_id=institution_id) as session:
        moved = await commands.catch_up(session, SYSTEM, institution_id=institution_id, wish=wish, cause=job.id)
        found = {"posted": moved.posted, "pending": moved.pending, "reversed": moved.reversed}
        await attempts.finish(
            session, job, result=found, posted=moved.posted, pending=moved.pending, reversed=moved.reversed
        )


async def simulate_mapping(service: Service, job: Job) -> None:
    """Decide a simulation's cohort slice by slice, each in its own transaction; a new attempt goes on from there."""
    simulation_id, is_finished = UUID(job.arguments["simulation_id"]), False
    institution_id = UUID(job.arguments["institution_id"])
    while not is_finished:
        async with service.database.transaction(institution_id=institution_id) as session:
            progress = await commands.run_slice(
                session, SYSTEM, institution_id=institution_id, simulation_id=simulation_id
            )
            await attempts.advance(
                session, job, done=progress.students, total=progress.cohort, certificates=progress.certificates
            )
            is_finished = progress.is_finished
            if is_finished:
                found = {"simulation_id": str(simulation_id), "url": f"/v1/simulations/{simulation_id}"}
                await attempts.finish(session, job, result=found, certificates=progress.certificates)
