"""The tamper drill: whatever a superuser does to sealed history is found with a checkpoint kept outside."""

import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.oversight import ground as grounds
from tests.oversight import tampering
from tests.oversight.ground import Ground
from tests.oversight.tampering import Hand, Tampering
from tests.races.arena import opened
from tests.sizes import sized
from x_pilot_api.core import embedded, provision
from x_pilot_api.core.db import driver_url
from x_pilot_api.core.settings import Settings
from x_pilot_api.oversight.models import Log
from x_pilot_api.oversight.queries import Finding

POSITIONS = sized(2, 20)


@pytest.fixture(scope="module")
def drill_urls(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture(scope="module")
async def ground(
    drill_urls: provision.Urls, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Ground]:
    async with opened(drill_urls, settings) as arena:
        yield await grounds.lay(arena, Path(tmp_path_factory.mktemp("checkpoints")))


@pytest.fixture
def superuser_url(cluster: embedded.Cluster, drill_urls: provision.Urls) -> str:
    return cluster.url(urlsplit(drill_urls.service).path.removeprefix("/"))


@asynccontextmanager
async def hand_of(url: str, ground: Ground, seed: str) -> AsyncGenerator[Hand]:
    """Be a superuser for as long as nobody else sees it."""
    engine = create_async_engine(driver_url(url), poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield Hand(connection, ground, random.Random(seed))  # noqa: S311 - a drill, repeated by its seed
        await connection.rollback()
    await engine.dispose()


async def findings_after(
    kind: Tampering, url: str, ground: Ground, *, seed: str, outside: bool = True
) -> tuple[int | None, list[Finding]]:
    """Tamper, verify, and give the spoilt leaf and what was found."""
    async with hand_of(url, ground, seed) as hand:
        spoilt = await kind(hand)
        database = grounds.within(hand.connection, ground.arena.service.settings)
        report = await ground.verify(ground.log, database=database, outside=outside)
        return spoilt, list(report.findings)


async def test_an_honest_log_is_found_as_it_was_sealed(ground: Ground) -> None:
    for log in (Log(), *(Log(school.id) for school in ground.arena.world.schools)):
        assert (await ground.verify(log)).findings == []
    report = await ground.verify(ground.log)
    assert report.size > 256
    # Each checkpoint is looked at twice: as the seal keeps it, and as it is kept outside.
    assert report.checkpoints == 2 * len(ground.store.read(ground.log.name)) >= 2 * 2 * grounds.ROUNDS


@pytest.mark.parametrize("kind", tampering.KINDS, ids=lambda kind: kind.__name__)
async def test_whatever_is_changed_is_found(kind: Tampering, ground: Ground, superuser_url: str) -> None:
    for position in range(POSITIONS):
        seed = f"{kind.__name__} {position}"
        spoilt, findings = await findings_after(kind, superuser_url, ground, seed=seed)
        assert findings, seed
        if spoilt is not None:
            assert min(finding.leaf_number for finding in findings if finding.leaf_number is not None) == spoilt, seed


async def test_a_finding_names_the_log_the_leaf_the_table_and_the_row(ground: Ground, superuser_url: str) -> None:
    spoilt, [finding, *_] = await findings_after(tampering.edit_an_amount, superuser_url, ground, seed="named")
    assert str(finding) == (
        f"log {ground.institution_id}, leaf {spoilt}, transfers {finding.row_id}: the row is not what was sealed"
    )


async def _missed(ground: Ground, url: str, *kinds: Tampering, outside: bool = True) -> bool:
    """Tell whether a verifier finds nothing of any of these changes."""
    for kind in kinds:
        _, findings = await findings_after(kind, url, ground, seed="a mutant", outside=outside)
        if findings:
            return False
    return True


async def test_without_a_checkpoint_outside_a_rewritten_log_passes(ground: Ground, superuser_url: str) -> None:
    assert await _missed(ground, superuser_url, tampering.rewrite_everything_and_seal_anew, outside=False)


async def test_a_verifier_that_trusts_stored_leaves_is_seen_to_fail(
    ground: Ground, superuser_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trust(_walk: object, _entry: object, _found: object) -> None:
        return None

    monkeypatch.setattr("x_pilot_api.oversight.queries.verification._Walk.check_entry", trust)
    assert await _missed(ground, superuser_url, tampering.edit_who_wrote_an_entry, tampering.edit_the_audit)


async def test_a_verifier_that_ignores_the_end_is_seen_to_fail(
    ground: Ground, superuser_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ignore(*_: object) -> None:
        return None

    monkeypatch.setattr("x_pilot_api.oversight.queries.verification._verify_rest", ignore)
    assert await _missed(ground, superuser_url, tampering.cut_the_end, tampering.insert_back_dated)


async def test_a_verifier_that_compares_no_roots_is_seen_to_fail(
    ground: Ground, superuser_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def agree(*_: object, **__: object) -> None:
        return None

    async def pass_over(*_: object) -> None:
        return None

    monkeypatch.setattr("x_pilot_api.oversight.queries.verification._Walk._compare", agree)
    monkeypatch.setattr("x_pilot_api.oversight.queries.verification._verify_nodes", pass_over)
    assert await _missed(ground, superuser_url, tampering.swap_two_leaves)
