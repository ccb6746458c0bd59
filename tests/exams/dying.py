"""A worker that has taken in a large file's rows, says so, and never comes to its commit.

Run as `python -m tests.exams.dying URL JOB`.
"""

import asyncio
import sys
from typing import Any
from uuid import UUID

from tests.conftest import make_service
from x_pilot_api.core import attempts
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings
from x_pilot_api.exams import tasks


async def _never_ending(*_: Any, **__: Any) -> None:  # noqa: ANN401 - in the place of what ends a job
    sys.stdout.write("written\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


async def main() -> None:
    """Take in a file, all but its end."""
    url, job_id = sys.argv[1:]
    settings = Settings()
    database = Database(url, settings)
    service = make_service(database, settings)
    try:
        async with database.transaction() as session:
            job = await attempts.take(session, UUID(job_id))
        assert job is not None
        attempts.finish = _never_ending
        await tasks.take_in_results(service, job)
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(main())
