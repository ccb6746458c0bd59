"""How a secret is kept in a file, and the key of the logs; signing keys are in `rotation`, data keys in `data_keys`."""

import base64
import os
from pathlib import Path

from x_pilot_api.core.notes import LogKey
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.settings import Settings


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can look into."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(path: Path, content: bytes) -> None:
    """Write a secret to a new file that only its owner can read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _read(named: Path | None, usual: Path, variable: str, *, fresh: bytes | None) -> bytes:
    """Read a key from where the settings say; without a setting one is made, but only where data may be made anew."""
    path = named or usual
    try:
        if not path.exists():
            if named is not None or fresh is None:
                raise NotReady(f"there is no key at {path}: set {variable} to the file that holds it")
            private_folder(path.parent)
            keep(path, fresh)
        return path.read_bytes()
    except OSError as error:
        raise NotReady(f"the key at {path} cannot be read ({error.strerror}): correct {variable}") from error


def _log_key_place(settings: Settings) -> Path:
    return settings.log_key_file or settings.state_dir / "log-key.pem"


def _retired_beside(place: Path) -> Path:
    return place.with_name(f"{place.name}.retired")


def _retired(place: Path) -> list[bytes]:
    """Read the public keys that signed before, oldest first."""
    file = _retired_beside(place)
    lines = file.read_text(encoding="ascii").split() if file.exists() else []
    return [base64.b64decode(line, validate=True) for line in lines]


def log_key(settings: Settings, *, may_make: bool) -> LogKey:
    """Read the key that signs the checkpoints of the logs, and the public halves of those that did before."""
    fresh = LogKey.generate().to_pem() if may_make else None
    place = _log_key_place(settings)
    try:
        pem = _read(settings.log_key_file, place, "XPILOT_LOG_KEY_FILE", fresh=fresh)
        key = LogKey.from_pem(pem)
        # A rotation that was cut short has noted the key that still signs.
        return LogKey.from_pem(pem, [public for public in _retired(place) if public != key.public])
    except ValueError as error:
        raise NotReady(f"the log key cannot be used: {error}") from error


def rotate_log_key(settings: Settings) -> LogKey:
    """Make the key that signs checkpoints from the next start on; of the one before, the public half alone is kept."""
    place = _log_key_place(settings)
    before, after = log_key(settings, may_make=False), LogKey.generate()
    noted = "".join(f"{base64.b64encode(public).decode()}\n" for public in before.publics)
    for file, content in ((_retired_beside(place), noted.encode()), (place, after.to_pem())):
        beside = file.with_name(f"{file.name}.new")
        beside.unlink(missing_ok=True)
        keep(beside, content)
        beside.replace(file)
    return LogKey.from_pem(after.to_pem(), before.publics)
