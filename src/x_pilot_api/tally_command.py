"""Verifying the sums by hand, each against its facts counted anew; and mending them."""

from collections.abc import Sequence
from uuid import UUID

from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.db import Database
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.settings import Settings
from x_pilot_api.tallies import commands, queries
from x_pilot_api.tallies.queries import TallyReport


async def verify(settings: Settings, owner_url: str, *, only: str | None) -> list[TallyReport]:
    """Count all facts anew, as the owner of the tables, whom no time-out cuts short; the service may go on."""
    database = Database.as_owner(owner_url, settings)
    try:
        reports: list[TallyReport] = []
        for institution_id in await _chosen(database, only):
            async with database.transaction(read_only=True) as session:
                reports.append(await queries.verify_tallies(session, institution_id=institution_id))
    finally:
        await database.close()
    return reports


async def rebuild(settings: Settings, owner_url: str, *, only: str | None) -> list[tuple[UUID, int]]:
    """Let the sums be what their facts come to, and tell for each institution at how many places they were not."""
    database = Database.as_owner(owner_url, settings)
    try:
        mended: list[tuple[UUID, int]] = []
        for institution_id in await _chosen(database, only):
            async with database.transaction() as session:
                places = await commands.rebuild(session, SYSTEM, institution_id=institution_id)
                await commands.fold(session, institution_id=institution_id)
            mended.append((institution_id, places))
    finally:
        await database.close()
    return mended


async def _chosen(database: Database, only: str | None) -> Sequence[UUID]:
    async with database.transaction(read_only=True) as session:
        found = await queries.list_institutions(session)
    chosen = [institution_id for institution_id in found if only in {None, str(institution_id)}]
    if not chosen:
        raise NotReady(f"there is no institution {only}" if only else "there is no institution here yet")
    return chosen
