"""Sealing: committed rows get their places in the log, and a signed checkpoint leaves the database's reach."""

import asyncio
import binascii
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import merkle, notes
from x_pilot_api.core.checkpoints import CheckpointStore
from x_pilot_api.core.merkle import Frontier
from x_pilot_api.core.notes import Checkpoint, LogKey, NoteError
from x_pilot_api.core.service import Service
from x_pilot_api.oversight import queries
from x_pilot_api.oversight.models import LATE_MAX, Log
from x_pilot_api.oversight.queries import Sealed

SEAL_ROWS_MAX = 10_000
"""Most rows of one seal; what is more comes in the next."""

LOG_LOCK_CLASS = 0x4C4F4753
"""The class of the advisory locks of logs ("LOGS" in ASCII); their keys are hashes of the logs' names."""

_LOCK = text("SELECT pg_advisory_xact_lock(:class, :key)")
_CLOCK = text("SELECT clock_timestamp()")
_EXPORTED_AT_ONCE = 1_000


@dataclass(frozen=True)
class Signer:
    """Whoever vouches for a log: its key, and the name the world knows it by."""

    key: LogKey
    issuer: str

    def sign(self, log: Log, frontier: Frontier) -> str:
        """Sign what a log is now."""
        return self.key.sign(Checkpoint(log.origin(self.issuer), frontier.size, frontier.root()))


def signer_of(service: Service) -> Signer:
    """Tell who vouches for the logs of a service."""
    return Signer(service.log_key, service.settings.issuer)


async def seal_log(session: AsyncSession, signer: Signer, log: Log) -> int:
    """Seal what was committed and is in no seal yet, and tell how many rows that was.

    Two sealers of one log take turns: the lock comes first, so that whoever waited sees what the other has sealed.
    """
    key = binascii.crc32(log.name.encode()) - (1 << 31)
    await session.execute(_LOCK, {"class": LOG_LOCK_CLASS, "key": key})
    before = await queries.find_seal(session, log)
    # Read before the rows are: whatever is recorded later is left for the next seal, or taken early.
    looked_at: datetime = (await session.execute(_CLOCK)).scalar_one()
    since = before.horizon_at - LATE_MAX if before else None
    rows = await queries.list_unsealed(session, log, since=since, most=SEAL_ROWS_MAX)
    if not rows:
        return 0
    frontier = await _frontier(session, log, before.size if before else 0)
    first, nodes = frontier.size, [node for row in rows for node in frontier.add(row.leaf)]
    await session.execute(
        insert(log.leaves),
        [
            log.key | {"leaf_number": number, "source": row.source, "row_id": row.id, "leaf": row.leaf}
            for number, row in enumerate(rows, start=first)
        ],
    )
    if nodes:
        await session.execute(
            insert(log.nodes),
            [log.key | {"level": at.level, "number": at.number, "hash": value} for at, value in nodes],
        )
    is_all = len(rows) < SEAL_ROWS_MAX
    horizon_at = looked_at if is_all else min(looked_at, rows[-1].recorded_at)
    await session.execute(
        insert(log.seals),
        log.key
        | {
            "number": before.number + 1 if before else 1,
            "size": frontier.size,
            "root": frontier.root(),
            "previous_root": before.root if before else None,
            "horizon_at": max(horizon_at, before.horizon_at) if before else horizon_at,
            "checkpoint": signer.sign(log, frontier),
        },
    )
    return len(rows)


async def _frontier(session: AsyncSession, log: Log, size: int) -> Frontier:
    """Find the right edge of a log's tree from the few hashes it is made of."""
    [hashes] = await queries.hashes_of(session, log, [merkle.subtrees(0, size)])
    return Frontier(size, hashes)


async def seal_logs(service: Service, store: CheckpointStore) -> int:
    """Seal every log, each seal in a transaction of its own, and export each log's checkpoints right after."""
    signer = signer_of(service)
    async with service.database.transaction(read_only=True) as session:
        logs = await queries.list_logs(session)
    sealed = 0
    for log in logs:
        while True:
            async with service.database.transaction() as session:
                rows = await seal_log(session, signer, log)
            sealed += rows
            if rows < SEAL_ROWS_MAX:
                break
        await export_checkpoints(service, store, log)
    return sealed


async def export_checkpoints(service: Service, store: CheckpointStore, log: Log) -> int:
    """Give the store what it does not have of a log's checkpoints, also those that a crash kept from it."""
    origin, publics = log.origin(service.settings.issuer), service.log_key.publics
    last = await asyncio.to_thread(store.last, log.name)
    try:
        size = notes.read(last, origin=origin, publics=publics).size if last else 0
    except NoteError:
        # Torn by a crash, or not ours: everything is given again, and the store keeps what it lacks.
        size = 0
    async with service.database.transaction(read_only=True) as session:
        known = await queries.find_seal(session, log, size=size) if size else None
    after, exported = known.number if known else 0, 0
    while True:
        async with service.database.transaction(read_only=True) as session:
            seals: list[Sealed] = list(await queries.list_seals(session, log, after=after, most=_EXPORTED_AT_ONCE))
        if not seals:
            return exported
        await asyncio.to_thread(store.append, log.name, [seal.checkpoint for seal in seals])
        after, exported = seals[-1].number, exported + len(seals)
