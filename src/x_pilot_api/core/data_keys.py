"""The keys that seal personal data: one seals, and what any of them has sealed can be opened while its file is there.

A folder holds `lookup.key`, by which data are found and which stays, and a key for each turn, such as
`20261128T030000Z.key`. A single file is the key for everything, and takes no turns.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from x_pilot_api.core import clock, keys, logs, sealing, turns
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.sealing import KEY_BYTES, Sealer
from x_pilot_api.core.settings import Settings

LOOK_EVERY: Final = timedelta(seconds=30)
_LOOKUP: Final = "lookup.key"
_SUFFIX: Final = ".key"
_ALWAYS: Final = datetime(2000, 1, 1, tzinfo=UTC)
_VARIABLE: Final = "XPILOT_DATA_KEY_FILE"


@dataclass(frozen=True)
class DataKey:
    """A key and when it begins to seal."""

    secret: bytes = field(repr=False)
    seals_from: datetime
    file: Path

    @property
    def id(self) -> str:
        """Name the key as the rows it sealed do."""
        return sealing.id_of(self.secret)


@dataclass(frozen=True)
class Ring:
    """The data keys in the order of their turns, and the key that data are found by."""

    keys: tuple[DataKey, ...]
    lookup_key: bytes = field(repr=False)

    @property
    def beginnings(self) -> Sequence[datetime]:
        """List when each key's turn begins."""
        return [key.seals_from for key in self.keys]

    def at(self, now: datetime) -> Sealer:
        """Give what seals with the key whose turn it is, and opens with all."""
        current = self.keys[turns.current(self.beginnings, now)]
        others = tuple(key.secret for key in self.keys if key is not current)
        return Sealer(current.secret, others, self.lookup_key)


def _place(settings: Settings) -> Path:
    """Find the keys; in the state folder a single file from before there were turns still counts."""
    folder, file = settings.state_dir / "data-keys", settings.state_dir / "data-key"
    return settings.data_key_file or (file if file.exists() and not folder.exists() else folder)


def _load(file: Path, seals_from: datetime) -> DataKey:
    key = DataKey(file.read_bytes(), seals_from, file)
    try:
        assert key.id  # noqa: S101 - a key that has no id is none
    except ValueError as error:
        raise NotReady(f"the data key at {file} cannot be used: {error}") from None
    return key


def read(settings: Settings) -> Ring:
    """Read the keys there are."""
    place = _place(settings)
    try:
        if place.is_file():
            only = _load(place, _ALWAYS)
            return Ring((only,), sealing.lookup_key_of(only.secret))
        files = sorted(file for file in place.glob(f"*{_SUFFIX}") if file.name != _LOOKUP)
        found = tuple(_load(file, turns.beginning_of(file)) for file in files)
        if not found:
            raise NotReady(f"there is no data key at {place}: run `x-pilot keys rotate-data`, or correct {_VARIABLE}")
        lookup_key = (place / _LOOKUP).read_bytes()
    except OSError as error:
        raise NotReady(f"{error.filename} cannot be read ({error.strerror}): correct {_VARIABLE}") from error
    if len(lookup_key) != KEY_BYTES:
        raise NotReady(f"{place / _LOOKUP} must be {KEY_BYTES} bytes: without it nobody is found by their number")
    return Ring(found, lookup_key)


def first(settings: Settings, *, may_make: bool) -> Ring:
    """Read the keys at the start; the first are made, but only where data may be made anew."""
    if may_make and settings.data_key_file is None and not _place(settings).exists():
        rotate(settings, published_for=turns.PUBLISHED_FOR)
    return read(settings)


def rotate(settings: Settings, *, published_for: timedelta, into: Path | None = None) -> DataKey:
    """Make the key that will seal next; a first one does at once, and a single file becomes a folder first."""
    place = _place(settings)
    if place.is_file():
        place = _unfold(place, into or (settings.state_dir / "data-keys" if settings.data_key_file is None else None))
        settings = settings.model_copy(update={"data_key_file": place})
    ring = read(settings) if any(place.glob(f"*{_SUFFIX}")) else None
    begins = turns.beginning_of_next(
        ring.beginnings if ring else (), clock.now().replace(microsecond=0), published_for=published_for
    )
    if settings.data_key_file is None:
        keys.private_folder(settings.state_dir)
    if ring is None:
        keys.keep(keys.private_folder(place) / _LOOKUP, os.urandom(KEY_BYTES))
    file = place / turns.name_of(begins, _SUFFIX)
    keys.keep(file, os.urandom(KEY_BYTES))
    return _load(file, begins)


def _unfold(file: Path, folder: Path | None) -> Path:
    """Put a single key into a folder, beside the lookup key derived from it."""
    if folder is None:
        raise NotReady(f"{file} is a single key: add `--into FOLDER`, and set {_VARIABLE} to that folder after it")
    if folder.exists():
        raise NotReady(f"{folder} is there already: name a folder that is not")
    only = _load(file, _ALWAYS)
    keys.private_folder(folder)
    keys.keep(folder / _LOOKUP, sealing.lookup_key_of(only.secret))
    keys.keep(folder / turns.name_of(_ALWAYS, _SUFFIX), only.secret)
    return folder


class DataKeys:
    """The keys of a running service, which looks for new ones from time to time."""

    def __init__(self, settings: Settings, *, may_make: bool) -> None:
        self._settings = settings
        self._ring = first(settings, may_make=may_make)
        self._looked_at = clock.now()
        self._sealer = self._ring.at(self._looked_at)

    def sealer(self) -> Sealer:
        """Give what seals and opens now; it stays as it is for whoever holds it."""
        now = clock.now()
        if now - self._looked_at >= LOOK_EVERY:
            self._looked_at = now
            try:
                self._ring = read(self._settings)
            except NotReady as error:
                # Its text names a file of this machine, which the log need not.
                logs.logger.error("data_keys_unreadable", kind=type(error).__name__)
            self._sealer = self._ring.at(now)
        return self._sealer
