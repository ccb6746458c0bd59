"""The keys by hand: what is sealed with which, and sealing it anew."""

import asyncio
from collections.abc import Iterator

from x_pilot_api import models
from x_pilot_api.core import clock, data_keys, resealing
from x_pilot_api.core.db import Database
from x_pilot_api.core.provision import NotReady, Urls
from x_pilot_api.core.resealing import Resealed
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.settings import Settings


def status(settings: Settings, urls: Urls) -> Iterator[str]:
    """Tell of each data key whether it seals, and how many rows of each table it has sealed."""
    ring = data_keys.read(settings)
    current = ring.at(clock.now()).key_id
    counts = asyncio.run(_count(settings, urls))
    known = [key.id for key in ring.keys]
    for key in ring.keys:
        turn = "seals" if key.id == current else f"seals from {key.seals_from.isoformat()}"
        former = key.seals_from <= clock.now() and key.id != current
        yield f"{key.id}  {key.file.name}  {'opens only' if former else turn}  {_counted(counts, key.id)}"
    for key_id in sorted({key_id for keys in counts.values() for key_id in keys} - set(known)):
        yield f"{key_id}  MISSING  {_counted(counts, key_id)}"


async def _count(settings: Settings, urls: Urls) -> dict[str, dict[str, int]]:
    database = Database.as_owner(urls.owner, settings)
    try:
        return await resealing.rows_by_key(database, models.metadata)
    finally:
        await database.close()


async def _reseal(settings: Settings, urls: Urls, sealer: Sealer) -> Resealed:
    database = Database.as_owner(urls.owner, settings)
    try:
        return await resealing.reseal(database, models.metadata, sealer)
    finally:
        await database.close()


def _counted(counts: dict[str, dict[str, int]], key_id: str) -> str:
    rows = {table: keys.get(key_id, 0) for table, keys in counts.items()}
    told = ", ".join(f"{table} {count}" for table, count in rows.items() if count)
    return f"{sum(rows.values())} rows{f': {told}' if told else ''}"


def reencrypt(settings: Settings, urls: Urls) -> Iterator[str]:
    """Seal everything with the key whose turn it is, and tell what that was."""
    sealer = data_keys.read(settings).at(clock.now())
    done = asyncio.run(_reseal(settings, urls, sealer))
    for table, rows in done.rows.items():
        yield f"{table}: {rows} rows sealed with {sealer.key_id}"
    if done.left:
        raise NotReady(f"{done.left} rows were in use and are still sealed with another key: run it again")
