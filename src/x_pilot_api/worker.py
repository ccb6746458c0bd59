"""What is done after the answer, or without anybody asking: every task by its name, and the one loop that runs them."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from x_pilot_api.awards import tasks as awards
from x_pilot_api.charges import tasks as charges
from x_pilot_api.core import jobs as jobs_
from x_pilot_api.core import logs, metrics, signals, working
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import JobRecord, JobState
from x_pilot_api.core.pagination import PAGE_SIZE_MAX, PageWish
from x_pilot_api.core.service import Service
from x_pilot_api.core.working import Task
from x_pilot_api.credits import tasks as credits_
from x_pilot_api.exam_days import tasks as exam_days
from x_pilot_api.exams import tasks as exams
from x_pilot_api.guidance import tasks as guidance
from x_pilot_api.identity import tasks as identity
from x_pilot_api.imports import tasks as imports
from x_pilot_api.inbox import tasks as inbox
from x_pilot_api.jobs import commands, queries
from x_pilot_api.jobs import tasks as jobs
from x_pilot_api.ledger import tasks as ledger
from x_pilot_api.outbox import tasks as outbox
from x_pilot_api.oversight import tasks as oversight
from x_pilot_api.partners import tasks as partners
from x_pilot_api.posts import tasks as posts
from x_pilot_api.reports import tasks as reports
from x_pilot_api.settlements import tasks as settlements
from x_pilot_api.student_space import tasks as student_space
from x_pilot_api.supervision import tasks as supervision
from x_pilot_api.tallies import tasks as tallies

_LOOK_SECONDS = 2.0
_COUNT_SECONDS = 15.0

TASKS: Mapping[str, Task] = {
    "forget_ended_jobs": jobs.forget_ended_jobs,
    "forget_idempotency_keys": jobs.forget_idempotency_keys,
    "mend_line": jobs.mend_line,
    "post_due_deposits": credits_.post_due_deposits,
    "grant_guarantees": charges.grant_guarantees,
    "time_out_transfers": ledger.time_out_transfers,
    "catch_up_credits": credits_.catch_up_credits,
    "simulate_mapping": credits_.simulate_mapping,
    "expire_credits": credits_.expire_credits,
    "follow_grades": credits_.follow_grades,
    "take_in_results": exams.take_in_results,
    "lift_result_embargoes": exams.lift_result_embargoes,
    "deliver_webhooks": partners.deliver_webhooks,
    "forget_events": partners.forget_events,
    "seal_logs": oversight.seal_logs,
    "verify_logs": oversight.verify_logs,
    "announce_revoked_key": outbox.announce_revoked_key,
    "clear_away_sessions": identity.clear_away_sessions,
    "import_table": imports.import_table,
    "undo_import": imports.undo_import,
    "forget_imports": imports.forget_imports,
    "print_sitting": exam_days.print_sitting,
    "forget_papers": exam_days.forget_papers,
    "offer_free_seats": exams.offer_free_seats,
    "find_number_clashes": awards.find_number_clashes,
    "send_mails": inbox.send_mails,
    "send_mail_code": inbox.send_mail_code,
    "forget_messages": inbox.forget_messages,
    "mark_changes": student_space.mark_changes,
    "forecast_guarantees": settlements.forecast_guarantees,
    "fold_tallies": tallies.fold_tallies,
    "remind_of_reports": reports.remind_of_reports,
    "drop_feed_records": reports.drop_feed_records,
    "remind_of_findings": supervision.remind_of_findings,
    "remind_owners": guidance.remind_owners,
    "tell_uncovered_certificate": posts.tell_uncovered_certificate,
}

SCHEDULES: Mapping[str, str] = {
    "forget_ended_jobs": "20 18 * * *",
    "forget_idempotency_keys": "40 18 * * *",
    "mend_line": "*/5 * * * *",
    "post_due_deposits": "* * * * *",
    "lift_result_embargoes": "* * * * *",
    "grant_guarantees": "30 18 * * *",
    "time_out_transfers": "* * * * *",
    # Soon after midnight where the students are.
    "expire_credits": "10 16 * * *",
    "follow_grades": "50 17 * * *",
    "forget_events": "17 3 * * *",
    "seal_logs": "* * * * *",
    "verify_logs": "10 19 * * *",
    "clear_away_sessions": "50 18 * * *",
    "forget_imports": "10 19 * * *",
    "forget_papers": "30 19 * * *",
    "offer_free_seats": "* * * * *",
    "find_number_clashes": "30 19 * * *",
    "forget_messages": "30 19 * * *",
    "mark_changes": "* * * * *",
    "forecast_guarantees": "0 20 * * *",
    "fold_tallies": "* * * * *",
    # In the morning where the colleges are.
    "remind_of_reports": "0 0 * * *",
    # In the morning where the owners are.
    "remind_owners": "30 23 * * *",
    "remind_of_findings": "40 23 * * *",
}
"""Which tasks are asked for by the clock, as cron writes it, in UTC."""


async def run(service: Service, *, url: str, stop: asyncio.Event) -> None:
    """Work until told to stop."""
    async with asyncio.TaskGroup() as all_of_it:
        all_of_it.create_task(_again_and_again(partners.send_news, service, stop=stop, seconds=_LOOK_SECONDS))
        if service.settings.metrics_port is not None:
            all_of_it.create_task(_again_and_again(count_jobs, service, stop=stop, seconds=_COUNT_SECONDS))
        all_of_it.create_task(working.work(service, TASKS, SCHEDULES, url=url, stop=stop))


async def _again_and_again(
    look: Callable[[Service], Awaitable[None]], service: Service, *, stop: asyncio.Event, seconds: float
) -> None:
    """Look every few seconds, whatever happened the last time.

    Whether organisations are to be sent something is looked for like this, since no deed can ask for it: two deeds at
    once would wait for each other over the one job.
    """
    while not stop.is_set():
        try:
            await look(service)
        except Exception as error:  # noqa: BLE001 - the next look must come whatever happened in this one
            logs.logger.error(f"{look.__name__}_failed", kind=type(error).__name__, where=logs.where(error))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)


async def count_jobs(service: Service) -> None:
    """Tell Prometheus how many jobs of each kind wait, run, or failed for good; of the whole database, not of us."""
    async with service.database.transaction(read_only=True) as session:
        found = await jobs_.count_open(session)
    # A kind of which nothing is left must not go on being told.
    metrics.jobs.clear()
    for kind in TASKS.keys() | {kind for kind, _ in found}:
        for state in (JobState.QUEUED, JobState.RUNNING, JobState.AWAITING_CONFIRMATION, JobState.FAILED):
            metrics.jobs.labels(kind, state.value).set(found.get((kind, state), 0))


async def run_until_signalled(service: Service, *, url: str) -> None:
    """Work until SIGTERM, SIGHUP or Ctrl-C; the jobs begun are finished first, unless told a second time."""
    stop, working_on = asyncio.Event(), asyncio.current_task()

    def told() -> None:
        if stop.is_set() and working_on is not None:
            working_on.cancel()
        stop.set()

    service.database.be_measured()
    stop_metrics = metrics.serve(service.settings)
    with signals.handled(told):
        try:
            await run(service, url=url, stop=stop)
        finally:
            if stop_metrics:
                stop_metrics()
            await service.database.close()


async def list_failed(service: Service) -> list[JobRecord]:
    """List the dead letters, oldest first."""
    found: list[JobRecord] = []
    wish: PageWish | None = PageWish(size=PAGE_SIZE_MAX, after=None)
    try:
        while wish is not None:
            async with service.database.transaction(read_only=True) as session:
                rows, token = await queries.list_jobs(session, SYSTEM, kind=None, state=JobState.FAILED, wish=wish)
            found += rows
            wish = PageWish(size=PAGE_SIZE_MAX, after=(str(rows[-1].id),)) if token else None
    finally:
        await service.database.close()
    return found


async def retry(service: Service, job_ids: Sequence[UUID]) -> None:
    """Take dead letters up again, all of them or none."""
    try:
        async with service.database.transaction() as session:
            for job_id in sorted(job_ids):
                await commands.retry_job(session, SYSTEM, job_id=job_id)
    finally:
        await service.database.close()
