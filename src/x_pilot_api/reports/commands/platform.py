"""The outside platform: what we need of it, and the adapter that drops files into a folder it takes them from."""

import asyncio
import os
from pathlib import Path
from typing import Protocol

_OWNER_ALONE = 0o600


class Platform(Protocol):
    """Whoever takes records; told the same file again, it has it once."""

    async def deliver(self, name: str, content: bytes) -> None:
        """Hand a file of records over."""
        ...


class FileDrop:
    """A folder that the platform's own program empties; a file is there whole or not at all, for its owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def deliver(self, name: str, content: bytes) -> None:
        """Write a file under another name first; written again, it takes the place of itself."""
        await asyncio.to_thread(self._write, name, content)

    def _write(self, name: str, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        waiting = self._folder / f".{name}.part"
        waiting.unlink(missing_ok=True)
        with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(self._folder / name)
