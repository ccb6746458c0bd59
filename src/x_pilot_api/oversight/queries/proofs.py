"""Proving something of a log to whoever keeps one of its checkpoints."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups, merkle
from x_pilot_api.core.errors import NotFound
from x_pilot_api.oversight.models import Log
from x_pilot_api.oversight.queries import logs
from x_pilot_api.oversight.queries.logs import Sealed


@dataclass(frozen=True)
class Proof:
    """Hashes that lead from what is proven to a sealed root."""

    seal: Sealed
    hashes: list[bytes]


async def get_seal(session: AsyncSession, log: Log, *, size: int | None = None) -> Sealed:
    """Read the newest seal of a log, or that of a size."""
    found = await logs.find_seal(session, log, size=size)
    if found is None:
        raise NotFound(what="seal", zh="封存点")
    return found


def places_of(log: Log, *, leaf: bytes, size: int) -> Select[int]:
    """Select where a leaf is in the tree of a size, first place first.

    The leaf's places are found before they are put in order: walking the log in order, the planner would hope to come
    upon it soon.
    """
    columns = log.leaves.columns
    found = select(columns.leaf_number).where(log.own(log.leaves), columns.leaf == leaf).cte("found")
    number = found.prefix_with("MATERIALIZED").columns.leaf_number
    return select(number).where(number < size).order_by(number)


async def prove_inclusion(session: AsyncSession, log: Log, *, leaf: bytes, size: int | None) -> tuple[int, Proof]:
    """Prove that a leaf is in a sealed tree, and tell where."""
    seal = await get_seal(session, log, size=size)
    number = await lookups.get_one(
        session, places_of(log, leaf=leaf, size=seal.size).limit(1), what="leaf", zh="日志叶"
    )
    return number, Proof(seal, await _hashes(session, log, merkle.inclusion_path(number, seal.size)))


async def prove_consistency(session: AsyncSession, log: Log, *, first: int, second: int) -> tuple[Sealed, Proof]:
    """Prove that one sealed tree is the beginning of another."""
    later = await get_seal(session, log, size=second)
    earlier = await get_seal(session, log, size=first)
    if first > second:
        raise NotFound(what="seal", zh="封存点")
    return earlier, Proof(later, await _hashes(session, log, merkle.consistency_path(first, second)))


async def _hashes(session: AsyncSession, log: Log, path: list[tuple[int, int]]) -> list[bytes]:
    runs = await logs.hashes_of(session, log, [merkle.subtrees(*run) for run in path])
    return [merkle.fold(run) for run in runs]
