"""Verifying the books by hand: each recomputed from the first transfer, and the logs that say nobody changed it."""

from pathlib import Path

from x_pilot_api import log_command
from x_pilot_api.core.db import Database
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.service import Service
from x_pilot_api.oversight import queries
from x_pilot_api.oversight.queries import BookReport, Report


async def verify(
    service: Service, owner_url: str, *, folder: Path | None, only: str | None
) -> tuple[list[BookReport], list[Report]]:
    """Verify every book, or one, as the owner of the tables, whom no time-out cuts short; then their logs."""
    database = Database.as_owner(owner_url, service.settings)
    try:
        async with database.transaction(read_only=True) as session:
            logs = await queries.list_logs(session)
        chosen = [log.institution_id for log in logs if log.institution_id and only in {None, log.name}]
        if not chosen:
            raise NotReady(f"there is no book {only}" if only else "no institution has a book here yet")
        books: list[BookReport] = []
        for institution_id in chosen:
            async with database.transaction(read_only=True) as session:
                books.append(await queries.verify_book(session, institution_id))
    finally:
        await database.close()
    return books, await log_command.verify(service, folder=folder, only=only)
