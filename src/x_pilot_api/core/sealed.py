"""Which columns hold sealed data: the model says it, and everything that must know them all reads it there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, LargeBinary, MetaData, Table
from sqlalchemy.orm import MappedColumn, mapped_column

KEY_ID = "key_id"
"""The column beside sealed ones that names the data key; the context they were sealed in is the table's name."""


def sealed() -> MappedColumn[Any]:
    """Say that a column holds what `Sealer.seal` made under the table's name."""
    return mapped_column(LargeBinary, info={"sealed": True})


def is_sealed(column: Column[Any]) -> bool:
    """Tell whether a column holds sealed data."""
    return bool(column.info.get("sealed"))


@dataclass(frozen=True)
class SealedTable:
    """A table with sealed data, and the columns they are in."""

    table: Table
    columns: Sequence[Column[Any]]

    @property
    def key_id(self) -> Column[Any]:
        """Find the column that names the key of a row."""
        return self.table.columns[KEY_ID]

    @property
    def row(self) -> Sequence[Column[Any]]:
        """Find the columns that name a row."""
        return list(self.table.primary_key.columns)


def sealed_tables(metadata: MetaData) -> list[SealedTable]:
    """List every table with sealed data."""
    found = ((table, [column for column in table.columns if is_sealed(column)]) for table in metadata.sorted_tables)
    return [SealedTable(table, columns) for table, columns in found if columns]
