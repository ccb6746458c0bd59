"""Whatever is asked for is done: each kind of job, by a deed or by the clock, is a task of the worker."""

import ast
from collections.abc import Collection, Iterator

from tests.tidy.sources import Source, Sources, dotted, imported_names

_ENQUEUE = "x_pilot_api.core.jobs.enqueue"
_ASKED_BY_THE_CLOCK = "src/x_pilot_api/core/working.py"


def _asked(source: Source) -> Iterator[tuple[ast.Call, ast.expr | None]]:
    """Find the calls that enqueue, and what they say the kind is."""
    names = imported_names(source)
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        head, _, rest = dotted(node.func).partition(".")
        full = f"{names.get(head, head)}.{rest}" if rest else names.get(head, head)
        if full == _ENQUEUE:
            named = [keyword.value for keyword in node.keywords if keyword.arg == "kind"]
            yield node, node.args[1] if len(node.args) > 1 else named[0] if named else None


def violations(sources: Sources, tasks: Collection[str], schedules: Collection[str]) -> list[str]:
    """List the jobs that nobody would do."""
    found = [f"the clock asks for {kind}, which is no task of the worker" for kind in schedules if kind not in tasks]
    for source in sources.values():
        for call, kind in _asked(source):
            if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
                if kind.value not in tasks:
                    found.append(source.at(call, f"{kind.value} is no task of the worker: nobody would do it"))
            elif source.path != _ASKED_BY_THE_CLOCK:
                found.append(source.at(call, "the kind of a job is written out, so that it can be looked up"))
    return found
