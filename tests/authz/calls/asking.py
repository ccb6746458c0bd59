"""Asking: one request, and the ways to write one down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.authz.ground import Corner

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One request; `shown` are the owners whose marks the answer may hold whoever asks."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Json | None = None
    form: Mapping[str, str] | None = None
    shown: frozenset[str] = frozenset()
    media: str | None = None
    """What the body is said to be, where the operation is told from another by it."""

    @property
    def asked(self) -> str:
        """Write down everything that the request says."""
        return f"{self.path} {dict(self.query)} {self.body}"


def get(path: str, **query: object) -> Call:
    """Read, with a query."""
    return Call("GET", path, {name: str(value) for name, value in query.items()})


def post(path: str, **body: object) -> Call:
    """Post a body."""
    return Call("POST", path, body={name: _plain(value) for name, value in body.items()})


def deed(path: str) -> Call:
    """Do a deed that has no body."""
    return Call("POST", path)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value


def list_of(corner: Corner, path: str, **filters: object) -> Call:
    """List everything for one's own, and what one has no business with by its filters."""
    return get(path, page_size=100, **({} if corner.relation == "own" else filters))
