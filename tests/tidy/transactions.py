"""Only core/db.py ends or begins a transaction, so that a deed and its record stand or fall together."""

import ast
import re

from tests.tidy.sources import Sources, dotted, statements_of_sql

_HOME = "src/x_pilot_api/core/db.py"
_CALLS = {"begin", "begin_nested", "commit", "rollback"}
_STATEMENT = re.compile(r"\s*(BEGIN|START TRANSACTION|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b")


def violations(sources: Sources) -> list[str]:
    """List every place outside core/db.py that begins, commits or takes back."""
    found: list[str] = []
    for source in sources.values():
        if source.path == _HOME:
            continue
        found += [
            source.at(node, f"{dotted(node.func)}() belongs in core/db.py")
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS
        ]
        found += [
            source.at(node, "a transaction statement belongs in core/db.py")
            for node, text in statements_of_sql(source)
            if _STATEMENT.match(text)
        ]
    return found
