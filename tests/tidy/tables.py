"""What every table keeps to, so that one machine's schema is a distributed one's too (docs: scale-out)."""

from collections.abc import Iterator

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from x_pilot_api.core.db import Reach, TableFacts
from x_pilot_api.core.sealed import KEY_ID, is_sealed

_TENANT = "institution_id"
_PUBLIC_BYTES = ("hash", "leaf", "root", "signature")
"""How the names of columns end whose bytes tell nobody anything."""


def facts_of(table: Table) -> TableFacts:
    """Read what the model says; nothing if it says nothing."""
    return table.info.get("facts", TableFacts())


def _first(constraint: PrimaryKeyConstraint | UniqueConstraint | ExcludeConstraint | Index) -> str | None:
    """Name the first column of a key; an expression has no name."""
    if isinstance(constraint, Index):
        first = next(iter(constraint.expressions), None)
        return first.name if isinstance(first, Column) else None
    return next((column.name for column in constraint.columns), None)


def _keys(table: Table) -> Iterator[tuple[str, str | None]]:
    """Find everything that is unique in a table, with its first column."""
    yield "primary key", _first(table.primary_key)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint | ExcludeConstraint):
            yield str(constraint.name), _first(constraint)
    for index in table.indexes:
        if index.unique:
            yield str(index.name), _first(index)


def _reference(constraint: ForeignKeyConstraint, source: Reach | None) -> Iterator[str]:
    target = constraint.referred_table
    reach = facts_of(target).get("reach")
    own, other = constraint.elements[0].parent.name, constraint.elements[0].column.name
    if reach == Reach.LOCAL:
        yield f"refers to {target.name}, which is local"
    if reach == Reach.TENANT and source != Reach.TENANT:
        yield f"refers to {target.name}, which is a tenant's, and is {source} itself"
    if reach == source == Reach.TENANT and (own, other) != (_TENANT, _TENANT):
        yield f"refers to {target.name} without the institution first"


def _tenant(table: Table) -> Iterator[str]:
    yield from (f"{name} begins with {first}, not {_TENANT}" for name, first in _keys(table) if first != _TENANT)
    if not any(reference.column_keys[0] == _TENANT for reference in table.foreign_key_constraints):
        yield "is tied to no institution"


def _default(table: Table, column: str) -> str:
    """Write the default a column has in the database."""
    default: object = table.columns[column].server_default
    return "" if default is None else str(getattr(default, "arg", default))


def _facts(table: Table) -> Iterator[str]:
    facts = facts_of(table)
    for said in ("updates", "server_set"):
        for name in facts.get(said, ()):
            if name not in table.columns:
                yield f"says {said} of {name}, which it does not have"
            elif said == "server_set" and not _default(table, name):
                yield f"lets the server set {name}, which has no default"
    if "id" in table.columns and _default(table, "id") != "uuidv7()":
        yield "has an id that does not default to uuidv7()"


def _sealed(table: Table) -> Iterator[str]:
    """Find bytes that the keys' commands would not know of; a key that went would take them along."""
    for column in table.columns:
        if not isinstance(column.type, LargeBinary):
            continue
        if is_sealed(column):
            if KEY_ID not in table.columns or table.columns[KEY_ID].nullable:
                yield f"has the sealed column {column.name}, and no {KEY_ID} beside it"
        elif not column.name.endswith(_PUBLIC_BYTES):
            yield f"has bytes in {column.name} that are not said to be sealed, and no hash, leaf, root or signature"


def violations(metadata: MetaData) -> list[str]:
    """List what breaks the rules of scale-out, table by table."""
    found: list[str] = []
    for table in metadata.sorted_tables:
        reach = facts_of(table).get("reach")
        says = [] if reach in set(Reach) else ["does not say how far it reaches"]
        says += _facts(table)
        says += _sealed(table)
        says += [said for reference in table.foreign_key_constraints for said in _reference(reference, reach)]
        if reach == Reach.TENANT:
            says += _tenant(table)
        found += [f"{table.name} {said}" for said in says]
    return found
