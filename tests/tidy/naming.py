"""Files have names with an edge, and a call across files says where it goes."""

import ast
from collections.abc import Iterator

from tests.tidy.sources import PACKAGE, Source, Sources, read_python

# Names without an edge: everything ends up in them.
_EDGELESS = {
    "common", "constants", "helper", "helpers", "manager", "misc", "repositories", "repository", "service", "services",
    "util", "utils",
}  # fmt: skip
# It is the record of what one running service is made of, and holds no deed.
_EXCEPTIONS = {f"src/{PACKAGE}/core/service.py"}
_CALLED_BY_MODULE = {"commands", "queries"}


def _imports_of_functions(source: Source, modules: set[str]) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        parts = node.module.split(".")
        if parts[0] != PACKAGE or len(parts) < 3 or parts[2] not in _CALLED_BY_MODULE:
            continue
        if source.path.endswith("/__init__.py") and f"{node.module}.".startswith(f"{source.module}."):
            # A package's own front says what there is to call.
            continue
        for alias in node.names:
            # A class is named by what it is; the functions are what a reader asks the way to.
            if f"{node.module}.{alias.name}" not in modules and not alias.name[0].isupper():
                yield source.at(node, f"import the module, not {alias.name}: a call says where it goes")


def violations(sources: Sources) -> list[str]:
    """List the files without an edge, and the functions imported by name out of commands and queries."""
    modules = {source.module for source in (*sources.values(), *read_python("src").values()) if source.parts}
    found: list[str] = []
    for source in sources.values():
        if source.path not in _EXCEPTIONS:
            found += [
                f"{source.path}: {part} is a name without an edge"
                for part in source.path.removesuffix(".py").split("/")
                if part in _EDGELESS
            ]
        found += _imports_of_functions(source, modules)
    return found
