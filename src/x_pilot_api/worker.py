"""What is done after the answer, or without anybody asking: every task by its name, and the one loop that runs them."""

import asyncio
from collections.abc import Mapping

from x_pilot_api.core import signals, working
from x_pilot_api.core.service import Service
from x_pilot_api.core.working import Task
from x_pilot_api.credits import tasks as credits_
from x_pilot_api.jobs import tasks as jobs

TASKS: Mapping[str, Task] = {
    "forget_ended_jobs": jobs.forget_ended_jobs,
    "forget_idempotency_keys": jobs.forget_idempotency_keys,
    "mend_line": jobs.mend_line,
    "post_due_deposits": credits_.post_due_deposits,
}

SCHEDULES: Mapping[str, str] = {
    "forget_ended_jobs": "20 18 * * *",
    "forget_idempotency_keys": "40 18 * * *",
    "mend_line": "*/5 * * * *",
    "post_due_deposits": "* * * * *",
}
"""Which tasks are asked for by the clock, as cron writes it, in UTC."""


async def run(service: Service, *, url: str, stop: asyncio.Event) -> None:
    """Work until told to stop."""
    await working.work(service, TASKS, SCHEDULES, url=url, stop=stop)


async def run_until_signalled(service: Service, *, url: str) -> None:
    """Work until SIGTERM, SIGHUP or Ctrl-C; the jobs begun are finished first."""
    stop = asyncio.Event()
    with signals.handled(stop.set):
        try:
            await run(service, url=url, stop=stop)
        finally:
            await service.database.close()
