"""How a secret is kept in a file, and the key of the logs; signing keys are in `rotation`, data keys in `data_keys`."""

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


def log_key(settings: Settings, *, may_make: bool) -> LogKey:
    """Read the key that signs the checkpoints of the logs; whoever replaces it begins to vouch anew."""
    fresh = LogKey.generate().to_pem() if may_make else None
    usual = settings.state_dir / "log-key.pem"
    try:
        return LogKey.from_pem(_read(settings.log_key_file, usual, "XPILOT_LOG_KEY_FILE", fresh=fresh))
    except ValueError as error:
        raise NotReady(f"the log key cannot be used: {error}") from error
