"""Data keys that take turns: what any of them sealed opens, what is found stays found, and a missing one is named."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.clocks import Clock
from x_pilot_api.core import clock, data_keys
from x_pilot_api.core.data_keys import DataKeys
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.sealing import DataKeyUnknown, Sealer
from x_pilot_api.core.settings import Settings

BEGINNING = datetime(2026, 11, 28, 3, tzinfo=UTC)
DAY = timedelta(hours=24)
FIRST, SECOND, LOOKUP = bytes(range(32)), bytes(range(1, 33)), bytes(range(2, 34))


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock(BEGINNING)
    monkeypatch.setattr(clock, "now", moved.now)
    return moved


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_key_file=tmp_path / "keys")


def sealed_by(sealer: Sealer) -> tuple[bytes, str]:
    return sealer.seal(b"plain", context="a table"), sealer.key_id


def opens(sealer: Sealer, sealed: tuple[bytes, str]) -> bool:
    value, key_id = sealed
    return sealer.open(value, key_id=key_id, context="a table") == b"plain"


def test_what_any_key_of_the_ring_sealed_opens_and_the_first_seals() -> None:
    old, new = Sealer(FIRST), Sealer(SECOND, (FIRST,), LOOKUP)
    assert opens(new, sealed_by(old))
    assert opens(new, sealed_by(new))
    assert sealed_by(new)[1] == new.key_ids[0] == Sealer(SECOND).key_id


def test_a_key_that_is_not_there_is_refused_by_its_name() -> None:
    with pytest.raises(DataKeyUnknown) as refusal:
        opens(Sealer(FIRST), sealed_by(Sealer(SECOND)))
    assert Sealer(SECOND).key_id in refusal.value.detail(chinese=False)
    assert refusal.value.status == 500


def test_neither_key_nor_plain_text_shows_in_a_repr() -> None:
    shown = repr(Sealer(FIRST, (SECOND,), LOOKUP))
    assert shown == f"Sealer(key_id='{Sealer(FIRST).key_id}')"


def test_what_data_are_found_by_stays_when_keys_take_turns(settings: Settings, time: Clock) -> None:
    data_keys.rotate(settings, published_for=DAY)
    before = data_keys.read(settings).at(time.at)
    data_keys.rotate(settings, published_for=DAY)
    time.pass_by(hours=25)
    after = data_keys.read(settings).at(time.at)
    assert before.key_id != after.key_id
    assert before.lookup_hash("card", "1") == after.lookup_hash("card", "1")
    assert before.keyed_hash("use", b"1") == after.keyed_hash("use", b"1") != after.keyed_hash("other", b"1")
    assert before.installation == after.installation


def test_a_new_key_seals_only_when_its_turn_has_come_and_is_known_before(settings: Settings, time: Clock) -> None:
    first = data_keys.rotate(settings, published_for=DAY).id
    running = DataKeys(settings, may_make=False)
    second = data_keys.rotate(settings, published_for=DAY).id
    seen: list[tuple[str, bool]] = []
    for hours in (0, 1, 24, 26):
        time.at = BEGINNING + timedelta(hours=hours)
        sealer = running.sealer()
        seen.append((sealer.key_id, second in sealer.key_ids))
    assert seen == [(first, False), (first, True), (second, True), (second, True)]


def test_a_running_service_keeps_its_keys_when_the_folder_is_gone(
    settings: Settings, time: Clock, tmp_path: Path
) -> None:
    data_keys.rotate(settings, published_for=DAY)
    running = DataKeys(settings, may_make=False)
    sealed = sealed_by(running.sealer())
    (tmp_path / "keys").rename(tmp_path / "elsewhere")
    time.pass_by(hours=1)
    assert opens(running.sealer(), sealed)


@pytest.mark.usefixtures("time")
def test_one_key_waits_at_a_time_and_none_seals_before_it_was_known(settings: Settings) -> None:
    data_keys.rotate(settings, published_for=DAY)
    with pytest.raises(NotReady, match="published"):
        data_keys.rotate(settings, published_for=timedelta(minutes=1))
    data_keys.rotate(settings, published_for=DAY)
    with pytest.raises(NotReady, match="there already"):
        data_keys.rotate(settings, published_for=DAY)


def test_a_single_key_becomes_a_folder_that_finds_and_opens_the_same(tmp_path: Path, time: Clock) -> None:
    file = tmp_path / "data-key"
    file.write_bytes(FIRST)
    single = Settings(data_key_file=file)
    before = data_keys.read(single).at(time.at)
    with pytest.raises(NotReady, match="--into"):
        data_keys.rotate(single, published_for=DAY)
    made = data_keys.rotate(single, published_for=DAY, into=tmp_path / "keys")
    folder = Settings(data_key_file=tmp_path / "keys")
    now, later = data_keys.read(folder).at(time.at), data_keys.read(folder).at(made.seals_from)
    assert (now.key_id, later.key_id) == (before.key_id, made.id)
    assert opens(later, sealed_by(before))
    assert opens(before, sealed_by(now))
    assert before.lookup_hash("card", "1") == later.lookup_hash("card", "1")
    assert before.keyed_hash("use", b"1") == later.keyed_hash("use", b"1")
    assert FIRST not in (tmp_path / "keys" / "lookup.key").read_bytes()
    with pytest.raises(NotReady, match="there already"):
        data_keys.rotate(single, published_for=DAY, into=tmp_path / "keys")


@pytest.mark.usefixtures("time")
def test_the_keys_in_the_state_folder_are_made_once_and_unfolded_in_place(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path / "state")
    assert data_keys.first(settings, may_make=True) == data_keys.first(settings, may_make=True)
    earlier = Settings(state_dir=tmp_path / "earlier")
    (tmp_path / "earlier").mkdir()
    (tmp_path / "earlier" / "data-key").write_bytes(FIRST)
    only = data_keys.first(earlier, may_make=True)
    data_keys.rotate(earlier, published_for=DAY)
    assert data_keys.read(earlier).keys[0].id == only.keys[0].id
    assert len(data_keys.read(earlier).keys) == 2


def test_what_is_no_key_is_told_with_its_name(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    folder.mkdir()
    with pytest.raises(NotReady, match="XPILOT_DATA_KEY_FILE"):
        data_keys.first(settings, may_make=True)
    (folder / "mine.key").write_bytes(FIRST)
    with pytest.raises(NotReady, match="must be named"):
        data_keys.read(settings)
    (folder / "mine.key").rename(folder / "20261128T030000Z.key")
    with pytest.raises(NotReady, match=r"lookup\.key cannot be read"):
        data_keys.read(settings)
    (folder / "lookup.key").write_bytes(b"short")
    with pytest.raises(NotReady, match="found by their number"):
        data_keys.read(settings)
    (folder / "lookup.key").write_bytes(LOOKUP)
    (folder / "20261129T030000Z.key").write_bytes(b"short")
    with pytest.raises(NotReady, match="cannot be used"):
        data_keys.read(settings)
