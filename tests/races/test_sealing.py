"""Sealing while others write and seal: no row is lost, none is sealed twice, and the log stays one line."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.oversight.ground import Ground
from tests.races.arena import opened
from tests.sizes import sized
from x_pilot_api.core import audit, provision
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.checkpoints import CheckpointFiles
from x_pilot_api.core.settings import Settings
from x_pilot_api.oversight import commands

_UNSEALED = text("""
SELECT count(*) FROM audit_events WHERE id NOT IN (SELECT row_id FROM log_leaves WHERE source = 'audit_events')
""")
ROUNDS = sized(3, 30)


@pytest.fixture
async def ground(
    new_database: Callable[[], provision.Urls], settings: Settings, tmp_path: Path
) -> AsyncIterator[Ground]:
    # It runs an event loop of its own, which this thread already has.
    async with opened(await asyncio.to_thread(new_database), settings, counts=False) as arena:
        yield Ground(arena, CheckpointFiles(tmp_path))


async def write(ground: Ground, *, count: int, until: asyncio.Event | None = None) -> None:
    """Record deeds in one transaction, and commit it only when told to."""
    actor = Actor(id=ground.institution_id, kind=ActorKind.SYSTEM, name="-", permissions=frozenset())
    async with ground.arena.service.database.transaction() as session:
        for _ in range(count):
            await audit.record(
                session,
                actor,
                "count",
                institution_id=ground.institution_id,
                object_kind="number",
                object_id=ground.institution_id,
            )
        if until is not None:
            await until.wait()


async def unsealed(ground: Ground) -> int:
    async with ground.arena.service.database.transaction(read_only=True) as session:
        return (await session.execute(_UNSEALED)).scalar_one()


async def seal_once(ground: Ground) -> int:
    service = ground.arena.service
    async with service.database.transaction() as session:
        return await commands.seal_log(session, commands.signer_of(service), ground.log)


async def test_a_row_that_is_committed_after_later_ones_were_sealed_comes_in_the_next_seal(ground: Ground) -> None:
    commit = asyncio.Event()
    slow = asyncio.create_task(write(ground, count=3, until=commit))
    await asyncio.sleep(0)
    await write(ground, count=2)
    assert await seal_once(ground) == 2
    commit.set()
    await slow
    assert await seal_once(ground) == 3
    assert await seal_once(ground) == 0
    assert (await ground.verify(ground.log)).findings == []


async def test_sealers_and_writers_at_once_lose_no_row_and_seal_none_twice(ground: Ground) -> None:
    for _ in range(ROUNDS):
        await asyncio.gather(
            *(write(ground, count=count) for count in (1, 30, 4)),
            *(ground.seal() for _ in range(2)),
            ground.verify(ground.log),
        )
    await ground.seal()
    assert await unsealed(ground) == 0
    report = await ground.verify(ground.log)
    assert (report.findings, report.size) == ([], ROUNDS * 35)


async def test_more_rows_than_a_seal_takes_are_sealed_in_turn(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("x_pilot_api.oversight.commands.sealing.SEAL_ROWS_MAX", 7)
    await write(ground, count=30)
    assert await ground.seal() == 30
    assert (await ground.verify(ground.log)).findings == []
    assert len(ground.store.read(ground.log.name)) == 5


async def test_a_checkpoint_that_a_crash_kept_from_going_out_goes_out_with_the_next(ground: Ground) -> None:
    await write(ground, count=2)
    await seal_once(ground)
    await write(ground, count=2)
    await ground.seal()
    file = ground.store.folder / f"{ground.log.name}.jsonl"
    assert len(ground.store.read(ground.log.name)) == 2
    file.write_bytes(file.read_bytes()[:-40])
    await write(ground, count=1)
    await ground.seal()
    report = await ground.verify(ground.log)
    assert (report.findings, report.checkpoints) == ([], 6)
