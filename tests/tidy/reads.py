"""Queries never write: what reads may be called from anywhere, as often as one likes."""

import ast
import re
from collections.abc import Iterator

from tests.tidy.sources import Source, Sources, dotted, imported_names, statements_of_sql

_WRITERS = {"insert", "update", "delete"}
_SESSION_WRITERS = {"add_all", "bulk_insert_mappings", "bulk_save_objects", "delete", "flush", "merge"}
# FOR UPDATE and FOR NO KEY UPDATE lock a row for the command that asked; they do not change it.
_WRITING_SQL = re.compile(r"(?<!FOR )(?<!KEY )\b(INSERT|UPDATE|DELETE|TRUNCATE|MERGE|COPY|nextval|setval)\b")


def _writing_calls(source: Source) -> Iterator[str]:
    names = imported_names(source)
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        target = dotted(node.func)
        head, _, last = target.rpartition(".")
        package, _, name = names.get(target, "").rpartition(".")
        makes_a_write = package.startswith("sqlalchemy") and name in _WRITERS
        if makes_a_write or last in _SESSION_WRITERS or (last == "add" and "session" in head):
            yield source.at(node, f"{target}() writes")


def violations(sources: Sources) -> list[str]:
    """List every write in a queries file."""
    found: list[str] = []
    for source in sources.values():
        if not source.is_kind("queries"):
            continue
        found += _writing_calls(source)
        for node, text in statements_of_sql(source):
            written = _WRITING_SQL.search(text)
            if written:
                found.append(source.at(node, f"SQL with {written[1]} writes"))
    return found
