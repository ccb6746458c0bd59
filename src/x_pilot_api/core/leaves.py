"""What a row is in the tamper-evident log: a hash over a fixed encoding of everything in it that must never change.

PostgreSQL computes it in the statement that inserts the row, as a generated column; whoever verifies computes it again
in Python from what the row says. Version 1 of the encoding: RFC 9162's 0x00, the version, the table's name, then each
column as 0x00 for NULL, or 0x01 and its value: uuid 16 bytes; integer 8 bytes; instant the microseconds and date the
days since 2000-01-01, 8 and 4 bytes; text and jsonb (as PostgreSQL writes it) 4 bytes of length and the UTF-8. All
numbers are signed and big-endian.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final, Literal, cast
from uuid import UUID

from sqlalchemy import Computed, LargeBinary, MetaData, Table
from sqlalchemy.orm import MappedColumn, mapped_column

Kind = Literal["uuid", "text", "json", "integer", "instant", "date"]

ENCODING_VERSION: Final = 1
COLUMN: Final = "leaf"

_INSTANT_ZERO = datetime(2000, 1, 1, tzinfo=UTC)
_DATE_ZERO = date(2000, 1, 1).toordinal()
_DAY_MICROSECONDS = 86_400_000_000

# Written as PostgreSQL itself writes them back, so that models and database can be compared. `convert_to` would read
# better than the cast of an escaped text, but PostgreSQL does not hold it for immutable.
_TEXT = r"int4send(octet_length({0})) || replace({0}, '\'::text, '\\'::text)::bytea"
_IN_SQL: dict[Kind, str] = {
    "uuid": "uuid_send({0})",
    "integer": "int8send({0})",
    "instant": "timestamptz_send({0})",
    "date": "date_send({0})",
    "text": _TEXT,
    "json": _TEXT.replace("{0}", "({0}::text)"),
}


def _text(value: str) -> bytes:
    content = value.encode()
    return len(content).to_bytes(4) + content


def _instant(value: datetime) -> bytes:
    since = value - _INSTANT_ZERO
    whole = since.days * _DAY_MICROSECONDS + since.seconds * 1_000_000 + since.microseconds
    return whole.to_bytes(8, signed=True)


def _uuid(value: UUID) -> bytes:
    return value.bytes


def _integer(value: int) -> bytes:
    return value.to_bytes(8, signed=True)


def _date(value: date) -> bytes:
    return (value.toordinal() - _DATE_ZERO).to_bytes(4, signed=True)


_IN_PYTHON: dict[Kind, Callable[[Any], bytes]] = {
    "uuid": _uuid,
    "integer": _integer,
    "instant": _instant,
    "date": _date,
    "text": _text,
    "json": _text,
}


@dataclass(frozen=True)
class Leaf:
    """What of a table's rows goes into its leaves, in this order for ever."""

    table: str
    fields: tuple[tuple[str, Kind], ...]

    @property
    def prefix(self) -> bytes:
        """Tell what every leaf of this table begins with, so that no row can pass for one of another table."""
        return bytes([0, ENCODING_VERSION]) + _text(self.table)

    @property
    def expression(self) -> str:
        """Write the leaf in SQL."""
        parts = [
            rf"COALESCE('\x01'::bytea || {_IN_SQL[kind].format(name)}, '\x00'::bytea)" for name, kind in self.fields
        ]
        return rf"sha256('\x{self.prefix.hex()}'::bytea || {' || '.join(parts)})"

    def hash(self, values: Iterable[object]) -> bytes:
        """Compute the leaf of one row from its values, which come in the order of the fields; jsonb comes as text."""
        encoded = [self.prefix]
        for value, (_, kind) in zip(values, self.fields, strict=True):
            encoded.append(b"\x00" if value is None else b"\x01" + _IN_PYTHON[kind](value))
        return sha256(b"".join(encoded)).digest()


def leaf_of(table: str, **fields: Kind) -> MappedColumn[bytes]:
    """Give a table the generated column that holds each row's leaf; the fields' order is part of the encoding."""
    leaf = Leaf(table, tuple(fields.items()))
    return mapped_column(
        LargeBinary, Computed(leaf.expression, persisted=True), deferred=True, sort_order=1000, info={"leaf": leaf}
    )


def logged_tables(metadata: MetaData) -> Sequence[tuple[Table, Leaf]]:
    """Find every table whose rows are in a log, by name."""
    return sorted(_logged(metadata), key=lambda found: found[0].name)


def _logged(metadata: MetaData) -> Iterator[tuple[Table, Leaf]]:
    for table in metadata.tables.values():
        if COLUMN in table.columns and "leaf" in table.columns[COLUMN].info:
            yield table, cast("Leaf", table.columns[COLUMN].info["leaf"])
