"""Where signed checkpoints go, out of the database's reach: a port, and the files that are its adapter."""

import fcntl
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol


class CheckpointStore(Protocol):
    """Keeps the checkpoints of each log in the order they were given, and never lets one go."""

    def last(self, log: str) -> str | None:
        """Read the newest checkpoint of a log."""
        ...

    def append(self, log: str, notes: Iterable[str]) -> None:
        """Keep more checkpoints; they are safe when this returns."""
        ...

    def read(self, log: str) -> Sequence[str]:
        """Read all checkpoints of a log."""
        ...


class CheckpointFiles:
    """One file a log, a line a checkpoint, only added to; the folder should be on another machine's disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _file(self, log: str) -> Path:
        return self.folder / f"{log}.jsonl"

    def last(self, log: str) -> str | None:
        """Read the newest checkpoint of a log."""
        notes = self.read(log)
        return notes[-1] if notes else None

    def append(self, log: str, notes: Iterable[str]) -> None:
        """Keep more checkpoints; they are on the disk when this returns.

        Two workers take turns, and what the other has written meanwhile is not written again.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._file(log), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        with os.fdopen(descriptor, "r+b") as file:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            content = file.read()
            kept = set(_notes(content))
            # A line torn by a crash is ended first, so that the next one begins on a line of its own.
            lines = [b"\n"] if content and not content.endswith(b"\n") else []
            lines += [_line(note) for note in notes if note not in kept]
            file.write(b"".join(lines))
            file.flush()
            os.fsync(descriptor)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def read(self, log: str) -> Sequence[str]:
        """Read all checkpoints of a log."""
        file = self._file(log)
        return _notes(file.read_bytes()) if file.exists() else ()


def _line(note: str) -> bytes:
    return json.dumps({"checkpoint": note}, ensure_ascii=False).encode() + b"\n"


def _notes(content: bytes) -> list[str]:
    """Read the notes of a file.

    What a crash tore off is left out: a beginning that the line after it repeats whole, or the unended last line. Any
    other line that cannot be read is given as it stands, for whoever verifies to refuse.
    """
    lines = content.decode(errors="replace").split("\n")[:-1]
    return [
        _note(line)
        for line, following in zip(lines, [*lines[1:], ""], strict=False)
        if line and not (line != following and following.startswith(line))
    ]


def _note(line: str) -> str:
    try:
        return str(json.loads(line)["checkpoint"])
    except (ValueError, KeyError, TypeError):
        return line
