"""The keys that sign access tokens: one signs, the next is published before it does, a former one until its tokens end.

Each key is a file named by the instant from which it signs, such as `20261128T030000Z.pem`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

from x_pilot_api.core import clock, keys, turns
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tokens import SigningKey

KEPT_FOR: Final = timedelta(hours=2)
"""How long a former key's tokens are taken back: longer than the longest of them can live."""

_SUFFIX: Final = ".pem"
_ALWAYS: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class ScheduledKey:
    """A key and when it begins to sign."""

    key: SigningKey
    signs_from: datetime
    file: Path


def _place(settings: Settings) -> Path:
    return settings.signing_key_file or settings.state_dir / "signing-keys"


def _load(file: Path, signs_from: datetime) -> ScheduledKey:
    try:
        return ScheduledKey(SigningKey.from_pem(file.read_bytes()), signs_from, file)
    except OSError as error:
        message = f"the key at {file} cannot be read ({error.strerror}): correct XPILOT_SIGNING_KEY_FILE"
    except ValueError as error:
        message = f"the signing key {file} cannot be used: {error}"
    raise NotReady(message)


def scheduled(settings: Settings) -> list[ScheduledKey]:
    """Read the keys there are in the order in which they sign; a single file is a key that always does."""
    place = _place(settings)
    if place.is_file():
        return [_load(place, _ALWAYS)]
    try:
        files = sorted(place.glob(f"*{_SUFFIX}"))
    except OSError as error:
        raise NotReady(f"{place} cannot be read ({error.strerror}): correct XPILOT_SIGNING_KEY_FILE") from error
    return [_load(file, turns.beginning_of(file)) for file in files]


def in_use(found: Sequence[ScheduledKey], now: datetime) -> list[SigningKey]:
    """Choose the keys in use: the one that signs, those that will, and those whose tokens may still be about."""
    current = turns.current([known.signs_from for known in found], now)
    retired = [known for known, successor in pairwise(found[: current + 1]) if now < successor.signs_from + KEPT_FOR]
    return [known.key for known in (found[current], *found[current + 1 :], *retired)]


def keys_in_use(settings: Settings) -> list[SigningKey]:
    """Read the keys in use now, the one that signs first."""
    found = scheduled(settings)
    if not found:
        raise NotReady(
            f"there is no key at {_place(settings)}: run `x-pilot keys rotate-signing`, "
            "or set XPILOT_SIGNING_KEY_FILE to the file or folder that holds it"
        )
    return in_use(found, clock.now())


def first_keys(settings: Settings, *, may_make: bool) -> list[SigningKey]:
    """Read the keys at the start; the first is made, but only where data may be made anew."""
    if may_make and settings.signing_key_file is None and not scheduled(settings):
        rotate(settings, published_for=turns.PUBLISHED_FOR)
    return keys_in_use(settings)


def rotate(settings: Settings, *, published_for: timedelta) -> ScheduledKey:
    """Make the next key, and remove those that nobody needs any more; a first key signs at once."""
    place, now = _place(settings), clock.now().replace(microsecond=0)
    if place.is_file():
        raise NotReady(f"{place} is a single key: let XPILOT_SIGNING_KEY_FILE name a folder to rotate in")
    found = scheduled(settings)
    begins = turns.beginning_of_next([known.signs_from for known in found], now, published_for=published_for)
    made = SigningKey.generate()
    if settings.signing_key_file is None:
        keys.private_folder(settings.state_dir)
    file = keys.private_folder(place) / turns.name_of(begins, _SUFFIX)
    keys.keep(file, made.to_pem())
    for old, successor in pairwise(found):
        if successor.signs_from + KEPT_FOR < now:
            old.file.unlink()
    return ScheduledKey(made, begins, file)
