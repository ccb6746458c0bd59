"""The data keys by hand: what is sealed with which, sealing it anew, and what is told when a key is missing."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import DATA_KEY, make_service
from tests.races.resealing import NEW
from tests.world import build_world
from x_pilot_api import key_command, serving
from x_pilot_api.core import provision, sealing
from x_pilot_api.core.db import Database
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.settings import Settings

OLD_FILE, NEW_FILE = "20000101T000000Z.key", "20200101T000000Z.key"
OLD_ID, NEW_ID = sealing.id_of(DATA_KEY), sealing.id_of(NEW)


async def _seed(urls: provision.Urls, settings: Settings) -> None:
    database = Database(urls.service, settings)
    try:
        service = make_service(database, settings)
        async with database.transaction() as session:
            await build_world(session, service.sealer)
    finally:
        await database.close()


@pytest.fixture
def urls(new_database: Callable[[], provision.Urls], settings: Settings) -> provision.Urls:
    made = new_database()
    asyncio.run(_seed(made, settings))
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "keys"
    folder.mkdir()
    for name, content in {
        "lookup.key": sealing.lookup_key_of(DATA_KEY),
        OLD_FILE: DATA_KEY,
        NEW_FILE: NEW,
    }.items():
        (folder / name).write_bytes(content)
    return Settings(data_key_file=folder, state_dir=tmp_path)


def words(lines: Sequence[str]) -> list[list[str]]:
    return [line.split("  ") for line in lines]


def test_status_and_reencrypt_say_how_a_rotation_stands(urls: provision.Urls, settings: Settings) -> None:
    assert words(list(key_command.status(settings, urls))) == [
        [OLD_ID, OLD_FILE, "opens only", "20 rows: identity_documents 20"],
        [NEW_ID, NEW_FILE, "seals", "0 rows"],
    ]
    assert f"identity_documents: 20 rows sealed with {NEW_ID}" in list(key_command.reencrypt(settings, urls))
    assert words(list(key_command.status(settings, urls))) == [
        [OLD_ID, OLD_FILE, "opens only", "0 rows"],
        [NEW_ID, NEW_FILE, "seals", "20 rows: identity_documents 20"],
    ]


def test_a_key_removed_too_early_is_named_and_nothing_starts(
    urls: provision.Urls, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "keys" / OLD_FILE).unlink()
    assert words(list(key_command.status(settings, urls))) == [
        [NEW_ID, NEW_FILE, "seals", "0 rows"],
        [OLD_ID, "MISSING", "20 rows: identity_documents 20"],
    ]
    with pytest.raises(AppError, match="data_key_unknown"):
        list(key_command.reencrypt(settings, urls))
    service = serving.build_service(settings, urls.service)
    with pytest.raises(NotReady, match=OLD_ID):
        provision.check_schema(urls.service, key_ids=service.sealer.key_ids)
    asyncio.run(service.database.close())
