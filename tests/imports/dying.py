"""A worker that has written an import's rows, says so, and never comes to its commit.

Run as `python -m tests.imports.dying URL JOB`.
"""

import asyncio
import sys
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from tests.conftest import make_service
from x_pilot_api.core import attempts
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tables.kinds import Ground, Kind
from x_pilot_api.imports import queries
from x_pilot_api.imports import tasks as imports


def _never_ending(kind: Kind) -> Kind:
    async def write(session: AsyncSession, ground: Ground) -> None:
        await kind.write(session, ground)
        sys.stdout.write("written\n")
        sys.stdout.flush()
        await asyncio.Event().wait()

    return replace(kind, write=write)


async def main() -> None:
    """Apply a confirmed import, all but its end."""
    url, job_id = sys.argv[1:]
    kinds = cast("dict[str, Any]", queries.KINDS)
    kinds["students"] = _never_ending(kinds["students"])
    settings = Settings()
    database = Database(url, settings)
    service = make_service(database, settings)
    try:
        async with database.transaction() as session:
            job = await attempts.take(session, UUID(job_id))
        assert job is not None
        await imports.import_table(service, job)
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(main())
