"""How each operation is asked for: an area a file, one line an operation, its ids taken from a corner of the ground."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from uuid import uuid4

from tests.authz.calls.asking import Call, Json
from tests.authz.ground import Corner

__all__ = ["CALLS", "MIXTURES", "Call", "Json", "corner_of", "headers_of"]

_AREAS = sorted(file.stem for file in Path(__file__).parent.glob("*.py") if file.stem not in {"__init__", "asking"})

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    operation: call for area in _AREAS for operation, call in import_module(f"{__name__}.{area}").CALLS.items()
}

MIXTURES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "own_plan_foreign_student": ("own", "other_institution", ("spare_student_id",)),
    "own_plan_sibling_student": ("own", "sibling_college", ("spare_student_id",)),
    "own_plan_foreign_level": ("own", "other_organisation", ("level_id",)),
    "foreign_plan_own_student": ("other_institution", "own", ("spare_student_id",)),
    "own_plan_foreign_candidate": ("own", "other_organisation", ("admission_number", "document_number")),
    "own_programme_foreign_course": ("own", "other_institution", ("course_id",)),
    "own_programme_sibling_course": ("own", "sibling_college", ("course_id",)),
    "foreign_place_own_level": ("other_institution", "own", ("level_id", "spare_level_id")),
}
"""Requests half of whose ids are somebody else's: the first relation's corner with some ids of the second's."""


def corner_of(corners: Mapping[str, Corner], relation: str) -> Corner:
    """Find the corner of a relation, mixing two where the relation is a mixture."""
    if relation in corners:
        return corners[relation]
    base, other, names = MIXTURES[relation]
    return replace(corners[base], relation=relation, **{name: getattr(corners[other], name) for name in names})


def headers_of(call: Call) -> dict[str, str]:
    """Give each deed a key of its own, and let it change whatever copy there is; who needs neither ignores it."""
    if call.method == "GET":
        return {}
    media = {"Content-Type": call.media} if call.media else {}
    return media | {"Idempotency-Key": uuid4().hex, "If-Match": "*"}
