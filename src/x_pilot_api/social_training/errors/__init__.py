"""The refusals of social service."""

from x_pilot_api.social_training.errors.classes import (
    AttendanceRefused,
    ClassDaysUsed,
    ClassEmpty,
    ClassHoursUsed,
    ClassLevelUnknown,
    ClassNotBegun,
    ClassPlacesTaken,
    ClassTeachersUnknown,
    NobodyToRegister,
    ParticipantsRefused,
    ResultsMissing,
)
from x_pilot_api.social_training.errors.workload import (
    NotTheirClass,
    WorkloadDayLogged,
    WorkloadDayOutside,
    WorkloadOwn,
    WorkloadRatioMissing,
    WorkloadRatioOverlaps,
    WorkloadRatioUsed,
    WorkloadRefused,
)

__all__ = [
    "AttendanceRefused",
    "ClassDaysUsed",
    "ClassEmpty",
    "ClassHoursUsed",
    "ClassLevelUnknown",
    "ClassNotBegun",
    "ClassPlacesTaken",
    "ClassTeachersUnknown",
    "NobodyToRegister",
    "NotTheirClass",
    "ParticipantsRefused",
    "ResultsMissing",
    "WorkloadDayLogged",
    "WorkloadDayOutside",
    "WorkloadOwn",
    "WorkloadRatioMissing",
    "WorkloadRatioOverlaps",
    "WorkloadRatioUsed",
    "WorkloadRefused",
]
