"""Sealing everything anew with the data key whose turn it is, a few rows at a time, while the service goes on.

It acts as the owner of the tables: the service itself may not touch the bytes that an organisation signed. Each step is
a transaction of its own, so whoever is killed begins again where there is still something to do. Rows that somebody is
at work on are left for the next pass; nobody waits in a ring.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    MetaData,
    Select,
    Text,
    column,
    func,
    literal,
    select,
    tuple_,
    update,
    values,
)
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.db import Database
from x_pilot_api.core.sealed import SealedTable, sealed_tables
from x_pilot_api.core.sealing import DataKeyUnknown, Sealer

ROWS_AT_ONCE: Final = 500
BYTES_AT_ONCE: Final = 32 * 1024 * 1024
"""How much is held in memory and in one transaction; a single larger value goes alone."""

_PASSES_MAX: Final = 10

RowKey = tuple[Any, ...]


@dataclass(frozen=True)
class Resealed:
    """What became of it: rows sealed anew by table, and those still left because somebody was at work on them."""

    rows: Mapping[str, int]
    left: int


async def rows_by_key(database: Database, metadata: MetaData) -> dict[str, dict[str, int]]:
    """Count the rows of each table by the key they are sealed with."""
    async with database.transaction(read_only=True) as session:
        return {it.table.name: await _count(session, it) for it in sealed_tables(metadata)}


async def _count(session: AsyncSession, sealed: SealedTable) -> dict[str, int]:
    counted = await session.execute(select(sealed.key_id, func.count()).group_by(sealed.key_id).order_by(sealed.key_id))
    return {str(key_id): int(rows) for key_id, rows in counted.all()}


async def reseal(database: Database, metadata: MetaData, sealer: Sealer) -> Resealed:
    """Seal with the current key what another has sealed, pass by pass until nothing is left, or only what is busy."""
    found = await rows_by_key(database, metadata)
    for key_id in sorted({key_id for counts in found.values() for key_id in counts} - set(sealer.key_ids)):
        raise DataKeyUnknown(key_id=key_id)
    moved = dict.fromkeys(found, 0)
    for _ in range(_PASSES_MAX):
        passed = {it.table.name: await _walk(database, it, sealer) for it in sealed_tables(metadata)}
        moved = {name: moved[name] + rows for name, rows in passed.items()}
        if not any(passed.values()):
            break
    counts = await rows_by_key(database, metadata)
    left = sum(rows for keys in counts.values() for key_id, rows in keys.items() if key_id != sealer.key_id)
    return Resealed(moved, left)


async def _walk(database: Database, sealed: SealedTable, sealer: Sealer) -> int:
    """Go through a table once, in the order of its key."""
    moved, after = 0, None
    while True:
        async with database.transaction() as session:
            wanted = await _next(session, sealed, sealer, after)
            if not wanted:
                return moved
            moved += await _step(session, sealed, sealer, wanted)
        after = wanted[-1]


async def _next(session: AsyncSession, sealed: SealedTable, sealer: Sealer, after: RowKey | None) -> Sequence[RowKey]:
    """Choose the next rows that another key has sealed, as many as fit."""
    size = sum((func.coalesce(func.octet_length(it), 0) for it in sealed.columns), start=literal(0))
    statement: Select[*tuple[Any, ...]] = select(size, *sealed.row).where(sealed.key_id != sealer.key_id)
    if after is not None:
        place = tuple_(*(literal(value, it.type) for value, it in zip(after, sealed.row, strict=True)))
        statement = statement.where(tuple_(*sealed.row) > place)
    chosen: list[RowKey] = []
    held = 0
    for octets, *row in (await session.execute(statement.order_by(*sealed.row).limit(ROWS_AT_ONCE))).all():
        held += octets
        if chosen and held > BYTES_AT_ONCE:
            break
        chosen.append(tuple(row))
    return chosen


async def _step(session: AsyncSession, sealed: SealedTable, sealer: Sealer, wanted: Sequence[RowKey]) -> int:
    """Seal some rows anew: each is locked before it is read, so that what somebody writes meanwhile is not lost."""
    locked = await session.execute(
        select(sealed.key_id, *sealed.row, *sealed.columns)
        .where(tuple_(*sealed.row).in_(wanted), sealed.key_id != sealer.key_id)
        .order_by(*sealed.row)
        .with_for_update(key_share=True, skip_locked=True)
    )
    context, width = sealed.table.name, len(sealed.row)
    fresh: list[RowKey] = []
    for key_id, *rest in locked.all():
        fresh.append((*rest[:width], *(_anew(sealer, value, key_id, context) for value in rest[width:])))
    if fresh:
        await put_in_place(session, sealed, sealer, fresh)
        detail = {"table": context, "rows": len(fresh), "key_id": sealer.key_id}
        await audit.record(
            session,
            SYSTEM,
            "data_keys.reencrypt",
            institution_id=None,
            object_kind="data_key",
            object_id=SYSTEM.id,
            detail=detail,
        )
    return len(fresh)


def _anew(sealer: Sealer, value: bytes | None, key_id: str, context: str) -> bytes | None:
    return None if value is None else sealer.seal(sealer.open(value, key_id=key_id, context=context), context=context)


async def put_in_place(session: AsyncSession, sealed: SealedTable, sealer: Sealer, fresh: Sequence[RowKey]) -> None:
    """Write what was sealed anew over what was there, in one statement."""
    new = values(*(column(it.name, it.type) for it in (*sealed.row, *sealed.columns)), name="fresh").data(list(fresh))
    changes = {it.name: new.columns[it.name] for it in sealed.columns}
    await session.execute(
        update(sealed.table)
        .where(*(it == new.columns[it.name] for it in sealed.row))
        .values({**changes, sealed.key_id.name: literal(sealer.key_id, Text)})
    )
