"""Rules only decide: the same facts give the same decision, whenever and wherever it is made."""

import ast
from collections.abc import Iterator

from tests.tidy.sources import Source, Sources, dotted, imported_names

# import-linter knows packages as wholes: that SQLAlchemy's expressions are welcome and its sessions not is said here.
_CLOSED_IMPORTS = ("sqlalchemy.ext.asyncio", "sqlalchemy.engine", "sqlalchemy.orm.Session")
_CLOSED_CALLS = {"open", "input", "print", "uuid.uuid4", "uuid.uuid7"}
_CLOCKS = {"now", "utcnow", "today"}


def _impurities(source: Source) -> Iterator[str]:
    names = imported_names(source)
    for name, stands_for in names.items():
        if stands_for.startswith(_CLOSED_IMPORTS):
            yield source.at(source.tree, f"{name} is a session, and a rule knows none")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.AsyncFunctionDef | ast.Await):
            yield source.at(node, "a rule waits for nothing")
        elif isinstance(node, ast.Call):
            head, _, rest = dotted(node.func).partition(".")
            full = f"{names.get(head, head)}.{rest}".rstrip(".")
            # `func.now()` is SQL, and reads the clock where the transaction began.
            if full in _CLOSED_CALLS or (full.rpartition(".")[2] in _CLOCKS and not full.startswith("sqlalchemy.")):
                yield source.at(node, f"{full}() differs from call to call")


def violations(sources: Sources) -> list[str]:
    """List what in a rules file is more than deciding."""
    return [found for source in sources.values() if source.is_kind("rules") for found in _impurities(source)]
