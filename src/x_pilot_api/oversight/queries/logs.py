"""Reading a log: its seals, the hashes of its subtrees, and the rows that are not in it yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, literal, or_, select, true, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import merkle
from x_pilot_api.core.merkle import STORED_EVERY, Subtree
from x_pilot_api.identity.models import Institution
from x_pilot_api.oversight.models import Log


@dataclass(frozen=True)
class Sealed:
    """One seal of a log."""

    number: int
    size: int
    root: bytes
    previous_root: bytes | None
    horizon_at: datetime
    sealed_at: datetime
    checkpoint: str


def _seals(log: Log) -> Select[*tuple[Any, ...]]:
    return select(log.seals).where(log.own(log.seals))


def _sealed(row: Row[*tuple[Any, ...]]) -> Sealed:
    return Sealed(row.number, row.size, row.root, row.previous_root, row.horizon_at, row.sealed_at, row.checkpoint)


async def list_logs(session: AsyncSession) -> list[Log]:
    """List every log there is: the platform's, and one an institution."""
    institutions = (await session.scalars(select(Institution.id).order_by(Institution.id))).all()
    return [Log(), *(Log(institution_id) for institution_id in institutions)]


async def find_seal(session: AsyncSession, log: Log, *, size: int | None = None) -> Sealed | None:
    """Find the newest seal of a log, or that of a size."""
    columns = log.seals.columns
    statement = _seals(log).order_by(columns.number.desc()).limit(1)
    if size is not None:
        statement = statement.where(columns.size == size)
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else _sealed(row)


async def list_seals(session: AsyncSession, log: Log, *, after: int, most: int) -> Sequence[Sealed]:
    """List a log's seals in order."""
    number = log.seals.columns.number
    rows = await session.execute(_seals(log).where(number > after).order_by(number).limit(most))
    return [_sealed(row) for row in rows.all()]


async def hashes_of(session: AsyncSession, log: Log, runs: Sequence[Sequence[Subtree]]) -> list[list[bytes]]:
    """Find the hashes of subtrees, run by run, from what is stored on every eighth level."""
    wanted = {subtree for run in runs for subtree in run}
    found = await _stored(session, log, {subtree: _stored_below(subtree) for subtree in wanted})
    return [[found[subtree] for subtree in run] for run in runs]


def _stored_below(subtree: Subtree) -> tuple[int, int, int]:
    """Tell which stored hashes make up a subtree: their level, and their numbers from and up to."""
    level = subtree.level // STORED_EVERY * STORED_EVERY
    width = 1 << (subtree.level - level)
    return level, subtree.number * width, (subtree.number + 1) * width


async def _stored(
    session: AsyncSession, log: Log, wanted: Mapping[Subtree, tuple[int, int, int]]
) -> dict[Subtree, bytes]:
    leaves, nodes = log.leaves.columns, log.nodes.columns
    low = [run for run in wanted.values() if run[0] == 0]
    high = [run for run in wanted.values() if run[0] > 0]
    stored: dict[tuple[int, int], bytes] = {}
    if low:
        spans = [and_(leaves.leaf_number >= start, leaves.leaf_number < end) for _, start, end in low]
        rows = await session.execute(select(leaves.leaf_number, leaves.leaf).where(log.own(log.leaves), or_(*spans)))
        stored |= {(0, row.leaf_number): row.leaf for row in rows}
    if high:
        spans = [and_(nodes.level == level, nodes.number >= start, nodes.number < end) for level, start, end in high]
        rows = await session.execute(
            select(nodes.level, nodes.number, nodes.hash).where(log.own(log.nodes), or_(*spans))
        )
        stored |= {(row.level, row.number): row.hash for row in rows}
    return {
        subtree: merkle.perfect_root([stored[level, number] for number in range(start, end)])
        for subtree, (level, start, end) in wanted.items()
    }


async def list_unsealed(
    session: AsyncSession, log: Log, *, since: datetime | None, until: datetime | None = None, most: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """List committed rows that are in no seal, oldest first: the one set-based read that sealing is."""
    parts = [_unsealed(log, number, since=since, until=until) for number in range(len(log.sources()))]
    both = union_all(*parts).subquery()
    columns = both.columns
    statement = select(columns.source, columns.id, columns.recorded_at, columns.leaf)
    ordered = statement.order_by(columns.recorded_at, columns.source, columns.id).limit(most)
    return (await session.execute(ordered)).all()


def _unsealed(log: Log, number: int, *, since: datetime | None, until: datetime | None) -> Select[*tuple[Any, ...]]:
    """Select what of one table is in no seal, which the database finds by an anti-join."""
    table, _ = log.sources()[number]
    row, leaves = table.columns, log.leaves.columns
    is_in: list[ColumnElement[bool]] = [log.own(log.leaves), leaves.source == table.name, leaves.row_id == row.id]
    statement = select(literal(table.name).label("source"), row.id, row.recorded_at, row.leaf).where(
        log.own(table), ~select(true()).where(*is_in).correlate(table).exists()
    )
    if since is not None:
        statement = statement.where(row.recorded_at > since)
    if until is not None:
        statement = statement.where(row.recorded_at <= until)
    return statement
