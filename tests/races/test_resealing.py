"""Sealing everything anew while others write, and after being killed in the middle: nothing is lost, all opens."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from tests.conftest import DATA_KEY, make_service
from tests.races.resealing import NEW, OLD, ROWS_AT_ONCE, new_sealer
from tests.tidy.sources import ROOT
from tests.world import DOCUMENT_KIND, World, build_world
from x_pilot_api.core import clock, provision, resealing
from x_pilot_api.core.db import Database
from x_pilot_api.core.sealed import SealedTable, sealed_tables
from x_pilot_api.core.sealing import DataKeyUnknown, Sealer
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.identity.models import SecondFactor
from x_pilot_api.models import metadata
from x_pilot_api.registry.models import IdentityDocument

assert OLD == DATA_KEY
DOCUMENTS = 20
WRITES = 40


@dataclass
class Vault:
    """A database of its own with people's documents, sealed with the old key."""

    urls: provision.Urls
    service: Service
    owner: Database
    world: World

    async def reseal(self) -> resealing.Resealed:
        """Seal everything with the new key."""
        return await resealing.reseal(self.owner, metadata, new_sealer())

    async def plain(self, sealer: Sealer) -> list[str]:
        """Open every document's number."""
        rows: list[IdentityDocument] = []
        for school in self.world.schools:
            async with self.service.database.transaction(read_only=True, institution_id=school.id) as session:
                rows += (await session.scalars(select(IdentityDocument))).all()
        context = "identity_documents"
        return sorted(sealer.open(row.sealed_number, key_id=row.key_id, context=context).decode() for row in rows)

    async def enrol(self, sealer: Sealer, secret: bytes) -> None:
        """Put a person's second factor in place of the former one, as a request would."""
        value = sealer.seal(secret, context="second_factors")
        async with self.service.database.transaction() as session:
            await session.execute(
                update(SecondFactor).values(sealed_secret=value, key_id=sealer.key_id, enrolled_at=clock.now())
            )

    async def secret(self) -> bytes:
        """Open the second factor by the new key alone."""
        async with self.service.database.transaction(read_only=True) as session:
            factor = (await session.scalars(select(SecondFactor))).one()
        return Sealer(NEW).open(factor.sealed_secret, key_id=factor.key_id, context="second_factors")

    @classmethod
    async def build(cls, urls: provision.Urls, settings: Settings) -> Self:
        """Fill it."""
        service = make_service(Database(urls.service, settings), settings)
        async with service.database.transaction() as session:
            world = await build_world(session, service.sealer)
            await session.execute(
                insert(SecondFactor).values(
                    person_id=world.callers["registrar"].id,
                    sealed_secret=service.sealer.seal(b"first", context="second_factors"),
                    key_id=service.sealer.key_id,
                    enrolled_at=clock.now(),
                )
            )
        return cls(urls, service, Database.as_owner(urls.owner, settings), world)

    async def close(self) -> None:
        """Give all connections back."""
        await self.owner.close()
        await self.service.database.close()


@pytest.fixture
async def vault(new_database: Callable[[], provision.Urls], settings: Settings) -> AsyncIterator[Vault]:
    urls = await asyncio.to_thread(new_database)
    built = await Vault.build(urls, settings)
    try:
        yield built
    finally:
        await built.close()


async def test_everything_is_sealed_anew_and_found_as_before(vault: Vault) -> None:
    before = await vault.plain(Sealer(OLD))
    done = await vault.reseal()
    assert (done.rows["identity_documents"], done.rows["second_factors"], done.left) == (DOCUMENTS, 1, 0)
    assert await vault.plain(Sealer(NEW)) == before
    number = vault.world.schools[0].documents[0]
    own = vault.world.schools[0].id
    async with vault.service.database.transaction(read_only=True, institution_id=own) as session:
        wanted = new_sealer().lookup_hash(DOCUMENT_KIND, number)
        found = select(IdentityDocument.id).where(IdentityDocument.lookup_hash == wanted)
        assert len((await session.scalars(found)).all()) == 1
        told = await session.execute(
            text("SELECT detail FROM platform_audit_events WHERE deed = 'data_keys.reencrypt'")
        )
        assert sum(detail["rows"] for (detail,) in told.all()) == DOCUMENTS + 1
    assert (await vault.reseal()).rows == dict.fromkeys(done.rows, 0)


async def test_who_is_killed_in_the_middle_goes_on_where_something_is_left(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await vault.plain(Sealer(OLD))
    killed = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "tests.races.resealing", vault.urls.owner, "3"], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    counts = await resealing.rows_by_key(vault.owner, metadata)
    moved = sum(keys.get(new_sealer().key_id, 0) for keys in counts.values())
    assert 0 < moved < DOCUMENTS
    assert await vault.plain(new_sealer()) == before
    monkeypatch.setattr(resealing, "ROWS_AT_ONCE", ROWS_AT_ONCE)
    done = await vault.reseal()
    assert (sum(done.rows.values()), done.left) == (DOCUMENTS + 1 - moved, 0)
    assert await vault.plain(Sealer(NEW)) == before


async def writes_amid_a_step(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Let somebody choose a new secret after a step has read the old one; tell whether they had to wait."""
    write, waited = resealing.put_in_place, False

    async def interrupted(
        session: AsyncSession, sealed: SealedTable, sealer: Sealer, fresh: Sequence[tuple[Any, ...]]
    ) -> None:
        nonlocal waited
        if sealed.table.name == "second_factors":
            try:
                await vault.enrol(Sealer(OLD), b"second")
            except DBAPIError:
                waited = True
        await write(session, sealed, sealer, fresh)

    monkeypatch.setattr(resealing, "put_in_place", interrupted)
    await vault.reseal()
    return waited


@pytest.fixture
async def hasty(new_database: Callable[[], provision.Urls], settings: Settings) -> AsyncIterator[Vault]:
    """Have a vault whose service waits for no lock."""
    urls = await asyncio.to_thread(new_database)
    built = await Vault.build(urls, settings.model_copy(update={"lock_timeout_ms": 50}))
    try:
        yield built
    finally:
        await built.close()


async def test_nobody_writes_between_reading_a_row_and_sealing_it_anew(
    hasty: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await writes_amid_a_step(hasty, monkeypatch)
    assert await hasty.secret() == b"first"


async def test_rows_read_without_a_lock_would_lose_what_was_written(
    hasty: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import Select

    def unlocked(statement: Select[Any], **_: bool) -> Select[Any]:
        return statement

    monkeypatch.setattr(Select, "with_for_update", unlocked)
    assert not await writes_amid_a_step(hasty, monkeypatch)
    assert await hasty.secret() == b"first"  # The second was answered, and is gone.


async def test_a_row_somebody_is_at_work_on_is_left_and_told(vault: Vault) -> None:
    async with vault.service.database.transaction() as session:
        await session.execute(select(SecondFactor).with_for_update())
        assert (await vault.reseal()).left == 1
    assert (await vault.reseal()).left == 0
    assert await vault.secret() == b"first"


async def test_what_is_written_meanwhile_with_either_key_is_kept(vault: Vault) -> None:
    last = b""

    async def write() -> None:
        nonlocal last
        for number in range(WRITES):
            last = f"secret {number}".encode()
            await vault.enrol(new_sealer() if number % 2 else Sealer(OLD), last)

    async def seal() -> None:
        while not writing.done():
            await vault.reseal()

    writing = asyncio.create_task(write())
    await asyncio.gather(writing, seal(), seal())
    assert (await vault.reseal()).left == 0
    assert await vault.secret() == last


async def test_a_large_value_goes_alone(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resealing, "BYTES_AT_ONCE", 1)
    assert (await vault.reseal()).left == 0
    async with vault.service.database.transaction(read_only=True) as session:
        told = await session.execute(
            text("SELECT detail FROM platform_audit_events WHERE deed = 'data_keys.reencrypt'")
        )
        assert [detail["rows"] for (detail,) in told.all()] == [1] * (DOCUMENTS + 1)


async def test_with_an_unknown_key_among_the_rows_nothing_is_begun(vault: Vault) -> None:
    with pytest.raises(DataKeyUnknown):
        await resealing.reseal(vault.owner, metadata, Sealer(NEW))
    with pytest.raises(InvalidTag):
        Sealer(OLD).open(bytes(64), key_id=Sealer(OLD).key_id, context="identity_documents")
    assert len(await vault.plain(Sealer(OLD))) == DOCUMENTS


def test_every_table_with_sealed_data_is_known() -> None:
    names = {it.table.name for it in sealed_tables(metadata)}
    assert names >= {"identity_documents", "result_batches", "second_factors", "webhook_secrets"}
