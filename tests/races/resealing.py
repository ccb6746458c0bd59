"""A process that seals everything anew and is killed in the middle: python -m tests.races.resealing URL STEPS."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api import models
from x_pilot_api.core import resealing, sealing
from x_pilot_api.core.db import Database
from x_pilot_api.core.sealed import SealedTable
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.settings import Settings

OLD, NEW, LOOKUP = bytes(range(32)), bytes(range(1, 33)), bytes(range(2, 34))
ROWS_AT_ONCE = 4


def new_sealer() -> Sealer:
    """Seal with the new key, open with both, find by the old one's lookup key."""
    return Sealer(NEW, (OLD,), sealing.lookup_key_of(OLD))


def die_in_step(steps: int) -> None:
    """Let the process be killed inside a step, after it has written and before it has committed."""
    write, done = resealing.put_in_place, 0

    async def dying(
        session: AsyncSession, sealed: SealedTable, sealer: Sealer, fresh: Sequence[tuple[Any, ...]]
    ) -> None:
        nonlocal done
        await write(session, sealed, sealer, fresh)
        done += 1
        if done == steps:
            os.kill(os.getpid(), signal.SIGKILL)

    resealing.put_in_place = dying


if __name__ == "__main__":
    resealing.ROWS_AT_ONCE = ROWS_AT_ONCE  # pyright: ignore[reportConstantRedefinition, reportAttributeAccessIssue]
    die_in_step(int(sys.argv[2]))
    database = Database.as_owner(sys.argv[1], Settings())
    asyncio.run(resealing.reseal(database, models.metadata, new_sealer()))
