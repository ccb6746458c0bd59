"""Writing what changes add to sums, folding it, and mending sums from the facts."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.tallies import rules
from x_pilot_api.tallies.rules import Source

_FOLD = text(rules.FOLD)
_FOLDED_AT_ONCE = 50_000
_TURN = text(f"SELECT pg_advisory_xact_lock({0x54414C59}, hashtext(CAST(CAST(:institution_id AS uuid) AS text)))")
_MY_TURN = text(
    f"SELECT pg_try_advisory_xact_lock({0x464F4C44}, hashtext(CAST(CAST(:institution_id AS uuid) AS text)))"
)

_NOTHING: Mapping[str, object] = MappingProxyType({})


async def add(
    session: AsyncSession,
    source: Source,
    *,
    institution_id: UUID,
    rows: str,
    values: Mapping[str, object] = _NOTHING,
) -> None:
    """Add what some facts come to, once they are written; `rows` is a condition on `fact`, `values` binds it.

    Whose facts they are is locked by whoever asks, so that nobody moves meanwhile.
    """
    await _write(session, source.among(rows), institution_id, values, sign=1)


async def take_away(
    session: AsyncSession,
    source: Source,
    *,
    institution_id: UUID,
    rows: str,
    values: Mapping[str, object] = _NOTHING,
) -> None:
    """Take away what some facts come to, before they change or go; what they come to then is added anew."""
    await _write(session, source.among(rows), institution_id, values, sign=-1)


@asynccontextmanager
async def changing(
    session: AsyncSession,
    source: Source,
    *,
    institution_id: UUID,
    rows: str,
    values: Mapping[str, object] = _NOTHING,
) -> AsyncGenerator[None]:
    """Let sums follow a change of some facts; the condition must choose the same ones before and after it."""
    await take_away(session, source, institution_id=institution_id, rows=rows, values=values)
    yield
    await add(session, source, institution_id=institution_id, rows=rows, values=values)


@asynccontextmanager
async def moving(session: AsyncSession, *, institution_id: UUID, owner_ids: Sequence[UUID]) -> AsyncGenerator[None]:
    """Let all sums follow owners who move, come to stand otherwise, or go; they are locked by whoever asks."""
    if not owner_ids:
        yield
        return
    facts, values = rules.together([source.owned() for source in rules.known()]), {"owner_ids": list(owner_ids)}
    await _write(session, facts, institution_id, values, sign=-1)
    yield
    await _write(session, facts, institution_id, values, sign=1)


async def _write(
    session: AsyncSession, facts: str, institution_id: UUID, values: Mapping[str, object], *, sign: int
) -> None:
    bound = {**values, "institution_id": institution_id, "sign": sign}
    await session.execute(text(rules.written(facts)), bound)


async def fold(session: AsyncSession, *, institution_id: UUID) -> int:
    """Fold what was added into the sums, and tell how many changes that were; in one statement, so never by half.

    While another folds the same institution's, it is left to that one.
    """
    values = {"institution_id": institution_id, "size": _FOLDED_AT_ONCE}
    if not await session.scalar(_MY_TURN, {"institution_id": institution_id}):
        return 0
    return int((await session.execute(_FOLD, values)).scalar_one())


async def rebuild(session: AsyncSession, actor: Actor, *, institution_id: UUID) -> int:
    """Let an institution's sums be what its facts come to, and tell how many were not.

    What was wrong is added as one more change each, so deeds at work meanwhile are neither missed nor counted twice.
    """
    values = {"institution_id": institution_id}
    # Two who mend the same difference would mend it twice.
    await session.execute(_TURN, values)
    mended = await db.write(session, text(_mending()), values)
    if mended:
        await audit.record(
            session,
            actor,
            "rebuild_tallies",
            institution_id=institution_id,
            object_kind="tallies",
            object_id=institution_id,
            detail={"places": mended},
        )
    return mended


def _mending() -> str:
    return f"""
INSERT INTO tally_deltas (institution_id, {rules.PLACE}, amount)
SELECT :institution_id, {rules.PLACE}, counted - kept FROM ({rules.differences(rules.known())}) AS found
"""
