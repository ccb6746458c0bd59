"""The tables of conversion rules and of the limits of policy."""

from x_pilot_api.mappings.models.limits import LimitCode, PolicyLimit
from x_pilot_api.mappings.models.mapping import Direction, Mapping, MappingCourse, MappingState

__all__ = ["Direction", "LimitCode", "Mapping", "MappingCourse", "MappingState", "PolicyLimit"]
