"""The tables of conversion rules, their notices, and the limits of policy."""

from x_pilot_api.mappings.models.limits import LimitCode, PolicyLimit
from x_pilot_api.mappings.models.mapping import Direction, Mapping, MappingCourse, MappingState
from x_pilot_api.mappings.models.notices import MappingNotice, MappingObjection, ObjectionState
from x_pilot_api.mappings.models.terms import MappingCoverage, MappingGrade, MappingOffset, MappingUnit

__all__ = [
    "Direction",
    "LimitCode",
    "Mapping",
    "MappingCourse",
    "MappingCoverage",
    "MappingGrade",
    "MappingNotice",
    "MappingObjection",
    "MappingOffset",
    "MappingState",
    "MappingUnit",
    "ObjectionState",
    "PolicyLimit",
]
