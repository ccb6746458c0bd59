"""Every deed is on record: each command that somebody gives leads to `audit.record`."""

import ast
from collections.abc import Iterator

from tests.tidy.sources import Source, Sources, dotted, imported_names

_RECORDS = {"x_pilot_api.core.audit.record", "x_pilot_api.core.audit.record_each"}
# An announcement tells an organisation of a deed that is on record itself.
_TELLS = {"x_pilot_api.outbox.commands.announce", "x_pilot_api.outbox.commands.announce_each"}
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(source: Source) -> Iterator[tuple[str, _Function]]:
    """Find the functions and methods of a module under the names others call them by."""
    for node in source.tree.body:
        if isinstance(node, _Function):
            yield f"{source.module}.{node.name}", node
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, _Function):
                    yield f"{source.module}.{node.name}.{method.name}", method


def _mentions(source: Source, name: str, function: _Function) -> set[str]:
    """Tell the full names of what a function calls or hands on."""
    names = imported_names(source)
    owner = name.removesuffix(f".{function.name}")
    found: set[str] = set()
    for node in ast.walk(function):
        if not isinstance(node, ast.Name | ast.Attribute):
            continue
        head, _, rest = dotted(node).partition(".")
        if head == "self":
            full = f"{owner}.{rest}"
        else:
            base = names.get(head, f"{source.module}.{head}")
            full = f"{base}.{rest}" if rest else base
        found.add(full)
    return found


def _recording(sources: Sources) -> set[str]:
    """Tell which functions of all command files record, themselves or through what they call."""
    calls: dict[str, set[str]] = {}
    for source in sources.values():
        if not source.is_kind("commands"):
            continue
        for name, function in _functions(source):
            calls[name] = _mentions(source, name, function)
            if name != f"{source.module}.{function.name}":
                # What is called on an object is not known here, so its class stands for all its methods.
                calls.setdefault(name.removesuffix(f".{function.name}"), set()).add(name)
        if source.path.endswith("/__init__.py"):
            # A package hands its files' functions on under its own name.
            for name, stands_for in imported_names(source).items():
                calls[f"{source.module}.{name}"] = {stands_for}
    recording = set(_RECORDS)
    while True:
        more = {name for name, called in calls.items() if name not in recording and called & recording}
        if not more:
            return recording
        recording |= more


def _only_tells(source: Source, name: str, function: _Function) -> bool:
    """Tell whether a function announces and touches nothing: the deed that calls it is on record."""
    mentions = _mentions(source, name, function)
    return bool(mentions & _TELLS) and not any(it.startswith(f"{source.module}.session.") for it in mentions)


def violations(sources: Sources) -> list[str]:
    """List the public commands given by an actor from which no record follows.

    Signing in has no actor yet, and so is not among them.
    """
    recording = _recording(sources)
    return [
        source.at(function, f"{function.name} records no audit event")
        for source in sources.values()
        if source.is_kind("commands")
        for name, function in _functions(source)
        if isinstance(function, ast.AsyncFunctionDef)
        and not function.name.startswith("_")
        and any(argument.arg == "actor" for argument in (*function.args.args, *function.args.kwonlyargs))
        and name not in recording | _TELLS
        and not _only_tells(source, name, function)
    ]
