"""A log with a history: certificates issued and revoked, credits moved, all sealed in several seals and exported."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tests.conftest import RolledBackDatabase
from tests.exams import make
from tests.races.arena import Arena
from x_pilot_api.core.checkpoints import CheckpointFiles
from x_pilot_api.core.db import Database
from x_pilot_api.core.settings import Settings
from x_pilot_api.oversight import commands, queries
from x_pilot_api.oversight.models import Log
from x_pilot_api.oversight.queries import Report

ROUNDS = 4


@dataclass
class Ground:
    """An arena, where its checkpoints are kept, and its first institution's log."""

    arena: Arena
    store: CheckpointFiles

    @property
    def institution_id(self) -> UUID:
        """Name the institution whose history it is."""
        return self.arena.world.schools[0].id

    @property
    def log(self) -> Log:
        """Name its log."""
        return Log(self.institution_id)

    async def seal(self) -> int:
        """Seal every log and export the checkpoints."""
        return await commands.seal_logs(self.arena.service, self.store)

    async def verify(self, log: Log, *, database: Database | None = None, outside: bool = True) -> Report:
        """Verify a log with the checkpoints kept outside, or without."""
        service = self.arena.service
        return await queries.verify_log(
            database or service.database,
            log,
            issuer=service.settings.issuer,
            publics=service.log_key.publics,
            kept=self.store.read(log.name) if outside else (),
        )


async def lay(arena: Arena, folder: Path) -> Ground:
    """Push the same ten results as passed and as failed in turn, sealing after each push."""
    ground = Ground(arena, CheckpointFiles(folder))
    await arena.rule()
    await arena.open_accounts()
    plan = await arena.plan()
    for revision in range(1, 2 * ROUNDS + 1):
        change = {} if revision % 2 else make.FAILED
        await arena.push(plan, *(arena.row(plan, index, revision=revision, **change) for index in range(10)))
        await ground.seal()
    return ground


def within(connection: AsyncConnection, settings: Settings) -> Database:
    """See the database as it is inside one transaction that nobody else sees."""
    return RolledBackDatabase(connection, settings)
