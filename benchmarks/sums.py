"""The sums that dashboards read: made from the facts before something is measured, and proven by them afterwards."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.setting import Setting
from x_pilot_api import worker
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.db import Database
from x_pilot_api.tallies import commands, queries

assert worker.TASKS  # noqa: S101 - every area has told what it adds to sums

TIME_OUT_MS = 600_000


@asynccontextmanager
async def _as_owner(setting: Setting) -> AsyncGenerator[AsyncSession]:
    patient = setting.settings.model_copy(update={"statement_timeout_ms": TIME_OUT_MS})
    database = Database.as_owner(setting.urls.owner, patient)
    try:
        async with database.transaction() as session:
            yield session
    finally:
        await database.close()


async def sum_up(setting: Setting) -> None:
    """Let the institution's sums be what its facts come to."""
    own = setting.ids.institution
    async with _as_owner(setting) as session:
        await commands.rebuild(session, SYSTEM, institution_id=own)
        await commands.fold(session, institution_id=own)


async def prove(setting: Setting) -> None:
    """Refuse what has left a sum that is not what its facts come to."""
    async with _as_owner(setting) as session:
        report = await queries.verify_tallies(session, institution_id=setting.ids.institution)
    if report.findings:
        raise RuntimeError("; ".join(map(str, report.findings[:10])))
