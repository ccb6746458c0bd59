"""Crash and reconcile: whatever dies, no acknowledged deed is lost, none counts twice, and every sum is right."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.faults import crashes
from tests.faults.crashes import Fault, Nursery
from tests.sizes import sized
from x_pilot_api.core import embedded, provision
from x_pilot_api.core.db import driver_url

CYCLES = sized(60, 1_000)
SEED = 20_260_622
_TEMPLATE = "template_crash"

DEFECTS: dict[str, tuple[str, Fault, dict[str, str]]] = {
    "the key is kept in another transaction": (
        "lost",
        Fault("key apart", ("api",), ("committed",), converts=False),
        {},
    ),
    "the feed is told afterwards": (
        "gaps in the feed",
        Fault("told afterwards", ("api",), ("committed",), converts=False),
        {},
    ),
    "commits do not wait for the disk": (
        "lost",
        Fault("none", ("database",), ("committed",), converts=False),
        {"synchronous_commit": "off"},
    ),
    "clients make a new key each time": (
        "doubled batches",
        Fault("none", ("api",), ("committed",), keeps_key=False, converts=False),
        {},
    ),
}
"""What must show for each defect, struck right after a commit: no luck is needed."""
STRIKES_TO_SHOW_A_DEFECT = 4


@dataclass
class Quarry:
    """A cluster of its own, which may die, and copies of one migrated database."""

    place: Path
    made: int = field(default=0)

    async def new(self, **settings: str) -> provision.Urls:
        """Make a database, with settings of its own."""
        cluster = embedded.start(self.place, settings=crashes.SWIFT)
        self.made += 1
        name = f"crash_{self.made}"
        engine = create_async_engine(driver_url(cluster.url()), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        async with engine.connect() as connection:
            owner = provision.OWNER_ROLE
            await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} OWNER {owner}"))
            for setting, value in settings.items():
                await connection.execute(text(f"ALTER DATABASE {name} SET {setting} = '{value}'"))
        await engine.dispose()
        return provision.urls_of(cluster, database=name)


@pytest.fixture(scope="module")
def quarry() -> Iterator[Quarry]:
    folder = Path(tempfile.mkdtemp(prefix="x-pilot-crashes-"))
    place = embedded.place_of(folder)
    try:
        provision.prepare(embedded.start(place, settings=crashes.SWIFT), database=_TEMPLATE)
        yield Quarry(place)
    finally:
        embedded.stop(embedded.start(place, settings=crashes.SWIFT), mode="immediate")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
async def nursery() -> AsyncIterator[Nursery]:
    nursery = await Nursery.start()
    yield nursery
    await nursery.end()


async def test_no_crash_loses_or_doubles_an_acknowledged_deed(quarry: Quarry, nursery: Nursery, tmp_path: Path) -> None:
    urls = await quarry.new()
    async with crashes.wreck(quarry.place, urls, nursery, fault=Fault(), seed=SEED) as made:
        await made.run(cycles=CYCLES)
        found = await made.reconcile(tmp_path)
    assert made.struck.total() == CYCLES
    assert set(made.struck) == set(crashes.VICTIMS)
    # How much is done between two strikes is the machine's affair; a trial in which little was done shows nothing.
    assert min(len(made.acknowledged), len(made.converted)) > CYCLES // 10, (made.acknowledged, made.converted)
    assert not any(found.values()), (found, SEED)


@pytest.mark.parametrize("defect", DEFECTS)
async def test_a_defect_shows(quarry: Quarry, nursery: Nursery, tmp_path: Path, defect: str) -> None:
    harm, fault, settings = DEFECTS[defect]
    urls = await quarry.new(**settings)
    async with crashes.wreck(quarry.place, urls, nursery, fault=fault, seed=SEED) as made:
        await made.run(cycles=STRIKES_TO_SHOW_A_DEFECT)
        found = await made.reconcile(tmp_path)
    assert found[harm] > 0, (found, SEED)
