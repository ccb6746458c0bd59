"""What a deed changed: the fields that differ, before and after, with personal ones shown only to have changed."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import inspect

from x_pilot_api.core.db import Base, JsonObject

MASK = "***"
"""Stands for a value that the audit must not hold."""

_NEVER = re.compile(r"password|secret|sealed|lookup_hash|document_number|identity_number|phone|email|holder_name")


@dataclass(frozen=True, slots=True)
class Personal:
    """A value that may be compared and never shown."""

    value: object

    def __repr__(self) -> str:
        """Show nothing of it."""
        return f"Personal({MASK})"


def fields_of(row: Base, *names: str, personal: Collection[str] = ()) -> dict[str, Any]:
    """Take some fields of a row as they are now, or all of them that are loaded."""
    state = inspect(row)
    chosen = names or [column.key for column in state.mapper.column_attrs if column.key not in state.unloaded]
    return {name: Personal(getattr(row, name)) if name in personal else getattr(row, name) for name in chosen}


def difference(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[JsonObject | None, JsonObject | None]:
    """Keep of two states what differs; one that is not given was not there, and the other is kept whole."""
    for name in (*(before or ()), *(after or ())):
        _refuse_personal(name, (before or {}).get(name), (after or {}).get(name))
    if before is None or after is None:
        return _plain(before), _plain(after)
    absent = object()
    names = [name for name in {**before, **after} if before.get(name, absent) != after.get(name, absent)]
    return (
        _plain({name: before[name] for name in names if name in before}),
        _plain({name: after[name] for name in names if name in after}),
    )


def _refuse_personal(name: str, *values: object) -> None:
    """Stop a deed that would write personal data into a record that nobody can take back."""
    if _NEVER.search(name) and any(value is not None and not isinstance(value, Personal) for value in values):
        raise ValueError(f"{name} is personal or secret: give it as Personal(…)")


def _plain(state: Mapping[str, Any] | None) -> JsonObject | None:
    return None if state is None else {name: _json(value) for name, value in state.items()}


def _json(value: object) -> object:
    """Write a value as JSON can hold it."""
    if isinstance(value, Personal):
        return MASK
    if isinstance(value, bytes):
        raise TypeError("bytes have no place in the audit")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return _plain(cast("Mapping[str, object]", value))
    if isinstance(value, list | tuple):
        return [_json(inner) for inner in cast("Sequence[object]", value)]
    return value
