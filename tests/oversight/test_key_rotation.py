"""A log's key is changed: what the old one signed still holds, and what it signs later does not."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from tests.oversight import ground as grounds
from tests.oversight.ground import Ground
from tests.races.arena import opened
from x_pilot_api.core import audit, keys, notes, provision
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.notes import Checkpoint, LogKey, NoteError
from x_pilot_api.core.settings import Settings
from x_pilot_api.oversight import commands, queries


@pytest.fixture(scope="module")
def own_urls(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture(scope="module")
async def ground(
    own_urls: provision.Urls, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Ground, LogKey]]:
    """Lay a log that one key began and the next one goes on with; give the retired key too, as a thief has it."""
    folder = Path(tmp_path_factory.mktemp("keys"))
    placed = Settings(log_key_file=folder / "log-key.pem")
    retired = LogKey.generate()
    keys.keep(folder / "log-key.pem", retired.to_pem())
    async with opened(own_urls, settings) as arena:
        arena.service = replace(arena.service, log_key=keys.log_key(placed, may_make=False))
        laid = await grounds.lay(arena, Path(tmp_path_factory.mktemp("checkpoints")))
        keys.rotate_log_key(placed)
        arena.service = replace(arena.service, log_key=keys.log_key(placed, may_make=False))
        for _ in range(2):
            await note_something(laid)
            assert await laid.seal()
        yield laid, retired


async def note_something(ground: Ground) -> None:
    async with ground.arena.service.database.transaction() as session:
        await audit.record(
            session, SYSTEM, "count", institution_id=ground.institution_id, object_kind="number", object_id=uuid4()
        )


def said(report: queries.Report) -> str:
    return "\n".join(str(finding) for finding in report.findings)


async def test_a_log_that_two_keys_signed_is_as_it_was_sealed(ground: tuple[Ground, LogKey]) -> None:
    laid, retired = ground
    report = await laid.verify(laid.log)
    assert said(report) == ""
    key = laid.arena.service.log_key
    assert (key.retired, key.public != retired.public) == ((retired.public,), True)


async def test_without_the_retired_key_its_checkpoints_are_nobodys(ground: tuple[Ground, LogKey]) -> None:
    laid, _ = ground
    service = laid.arena.service
    report = await queries.verify_log(
        service.database,
        laid.log,
        issuer=service.settings.issuer,
        publics=[service.log_key.public],
        kept=laid.store.read(laid.log.name),
    )
    assert "not signed by the log's key" in said(report)


async def test_a_checkpoint_that_a_retired_key_signs_later_is_found(ground: tuple[Ground, LogKey]) -> None:
    laid, retired = ground
    service = laid.arena.service
    async with service.database.transaction(read_only=True) as session:
        seal = await queries.get_seal(session, laid.log)
    forged = retired.sign(Checkpoint(laid.log.origin(service.settings.issuer), seal.size, seal.root))
    report = await queries.verify_log(
        service.database,
        laid.log,
        issuer=service.settings.issuer,
        publics=service.log_key.publics,
        kept=[*laid.store.read(laid.log.name), forged],
    )
    assert "is signed by a key that was retired before" in said(report)


async def test_the_published_verifier_is_of_the_key_that_signed(ground: tuple[Ground, LogKey]) -> None:
    laid, retired = ground
    service = laid.arena.service
    origin = laid.log.origin(service.settings.issuer)
    first, *_, last = laid.store.read(laid.log.name)
    assert service.log_key.verifier(origin, first) == retired.verifier(origin, first)
    assert service.log_key.verifier(origin, last) != retired.verifier(origin, last)


async def test_a_failed_verification_is_a_warning_of_readiness_until_a_good_one(ground: tuple[Ground, LogKey]) -> None:
    laid, _ = ground
    service = laid.arena.service

    async def warnings() -> list[str]:
        answer = await laid.arena.client.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")
        return answer.json()["warnings"]

    assert await warnings() == []
    stranger = replace(service, log_key=LogKey.generate())
    for _ in range(2):
        assert any(report.findings for report in await commands.verify_logs(stranger, laid.store))
        assert await warnings() == [commands.VERIFICATION_FAILED]
    await commands.verify_logs(service, laid.store, only=laid.log.name)
    assert await warnings() == [commands.VERIFICATION_FAILED]
    assert not any(report.findings for report in await commands.verify_logs(service, laid.store))
    assert await warnings() == []


def test_a_rotation_keeps_no_private_half_of_the_key_before(tmp_path: Path) -> None:
    placed = Settings(state_dir=tmp_path)
    generations = [keys.log_key(placed, may_make=True), keys.rotate_log_key(placed), keys.rotate_log_key(placed)]
    current = keys.log_key(placed, may_make=False)
    assert current.publics == tuple(key.public for key in generations)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert [key.to_pem() in kept for key in generations] == [False, False, True]
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_a_rotation_cut_short_leaves_the_key_that_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    placed = Settings(state_dir=tmp_path)
    before = keys.log_key(placed, may_make=True)
    write, written = keys.keep, list[Path]()

    def dies(path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) > 1:
            raise KeyboardInterrupt
        write(path, content)

    monkeypatch.setattr(keys, "keep", dies)
    with pytest.raises(KeyboardInterrupt):
        keys.rotate_log_key(placed)
    assert keys.log_key(placed, may_make=False).publics == (before.public,)


def test_a_note_of_another_key_is_refused() -> None:
    note = LogKey.generate().sign(Checkpoint("x/log", 1, bytes(32)))
    with pytest.raises(NoteError):
        notes.read(note, origin="x/log", publics=[LogKey.generate().public])
