"""The state machines as a page to read, written from the same tables that the areas decide by."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import x_pilot_api
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import PERMISSIONS

_HEAD = """\
# Workflows

Written by `x-pilot workflows docs/workflows.md` from the tables of deeds in the areas' `rules.py`;
`tests/test_workflows.py` fails when this page and the tables differ. A table says from which states a deed may be done,
where it leads, and which permission it takes. What a deed needs beyond that, such as a second party's consent or a
figure within a limit, the area's rules and commands decide; each such refusal has a code of its own.
"""


def find() -> dict[str, Workflow]:
    """Find every state machine of the areas' rules, by the name of its module and its name there."""
    found: dict[str, Workflow] = {}
    for area in pkgutil.iter_modules(x_pilot_api.__path__, f"{x_pilot_api.__name__}."):
        if area.ispkg and importlib.util.find_spec(f"{area.name}.rules") is not None:
            module = importlib.import_module(f"{area.name}.rules")
            machines = {name: item for name, item in vars(module).items() if isinstance(item, Workflow)}
            found |= {f"{module.__name__}.{name}": machine for name, machine in sorted(machines.items())}
    return found


def page() -> str:
    """Write the whole page."""
    return "\n".join([_HEAD, *(section(machine, place=place) for place, machine in find().items())])


def section(machine: Workflow, *, place: str) -> str:
    """Write one state machine: what it is, its table of deeds, its diagram."""
    return "\n".join(
        [
            f"## {machine.name}",
            "",
            f"`{place}`; it begins as `{machine.initial}`.",
            "",
            "| deed | from | to | permission | held by |",
            "|---|---|---|---|---|",
            *(_row(machine, name, deed) for name, deed in machine.deeds.items()),
            "",
            "```mermaid",
            "stateDiagram-v2",
            *(f"    {arrow}" for arrow in _arrows(machine)),
            "```",
            "",
        ]
    )


def write(file: Path) -> None:
    """Write the page into a file."""
    file.write_text(page(), encoding="utf-8")


def _states(machine: Workflow) -> list[str]:
    """List the states in the order in which the table of deeds comes to them."""
    named = (machine.initial, *(deed.target for deed in machine.deeds.values()))
    others = sorted(frozenset[str]().union(*(deed.sources for deed in machine.deeds.values())))
    return list(dict.fromkeys(str(state) for state in (*named, *others)))


def _from(machine: Workflow, deed: Deed) -> list[str]:
    return [state for state in _states(machine) if state in deed.sources]


def _row(machine: Workflow, name: str, deed: Deed) -> str:
    sources = ", ".join(_from(machine, deed))
    roles = ", ".join(role for role, held in PERMISSIONS.items() if deed.permission in held)
    return f"| {name} | {sources} | {deed.target} | `{deed.permission}` | {roles} |"


def _arrows(machine: Workflow) -> Iterator[str]:
    """Draw each deed from each of its states; a state that none leaves is an end."""
    yield f"[*] --> {machine.initial}"
    left: set[str] = set()
    for name, deed in machine.deeds.items():
        for source in _from(machine, deed):
            yield f"{source} --> {deed.target}: {name}"
            left |= {source} - {str(deed.target)}
    yield from (f"{state} --> [*]" for state in _states(machine) if state not in left)
