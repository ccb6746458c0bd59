"""What comes in forbids what it does not know; what goes out is always whole."""

from collections.abc import Iterable

from pydantic import BaseModel

from x_pilot_api.core.problems import FaultOut, ProblemOut

# RFC 9457 lets a problem leave out what it has nothing to say about, and clients are used to it.
_MAY_LEAVE_OUT: frozenset[type[BaseModel]] = frozenset({ProblemOut, FaultOut})


def violations(models: Iterable[type[BaseModel]]) -> list[str]:
    """List the `In` and `Change` schemas that let unknown fields pass, and the `Out` schemas with defaults."""
    found: list[str] = []
    for model in models:
        place = f"{model.__module__}.{model.__name__}"
        if model.__name__.endswith(("In", "Change")) and model.model_config.get("extra") != "forbid":
            found.append(f"{place} lets unknown fields pass")
        if model.__name__.endswith("Out") and model not in _MAY_LEAVE_OUT:
            found += [
                f"{place}.{name} has a default, so an answer may leave it out"
                for name, field in model.model_fields.items()
                if not field.is_required()
            ]
    return found
