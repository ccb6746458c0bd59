"""State machines lead somewhere: every state can be reached, and somebody may do every deed."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from x_pilot_api.core.workflow import Workflow


def _reachable(workflow: Workflow) -> set[str]:
    reached = {workflow.initial}
    while True:
        more = {deed.target for deed in workflow.deeds.values() if deed.sources & reached} - reached
        if not more:
            return reached
        reached |= more


def violations(workflows: Iterable[Workflow], *, held: AbstractSet[str]) -> list[str]:
    """List the deeds nobody may do, and the states nothing leads to; `held` are the permissions somebody holds."""
    found: list[str] = []
    for workflow in workflows:
        for name, deed in workflow.deeds.items():
            place = f"{workflow.name}:{name}"
            if deed.permission not in held:
                found.append(f"{place} needs {deed.permission}, which nobody holds")
            if not deed.sources:
                found.append(f"{place} starts in no state")
        states = {workflow.initial}.union(*({*deed.sources, deed.target} for deed in workflow.deeds.values()))
        found += [f"{workflow.name}: nothing leads to {state}" for state in sorted(states - _reachable(workflow))]
    return found
