"""The tables of social service."""

from x_pilot_api.social_training.models.classes import (
    HOURS_TENTHS_MAX,
    PLACES_MAX,
    ClassState,
    ParticipantResult,
    ParticipantState,
    SocialClass,
    SocialClassTeacher,
    SocialGroup,
    SocialParticipant,
    SocialRegistration,
)
from x_pilot_api.social_training.models.workload import (
    DAY_TENTHS_MAX,
    RATIO_PART_MAX,
    WorkloadAccount,
    WorkloadRatio,
    WorkloadRecord,
    WorkloadState,
)

__all__ = [
    "DAY_TENTHS_MAX",
    "HOURS_TENTHS_MAX",
    "PLACES_MAX",
    "RATIO_PART_MAX",
    "ClassState",
    "ParticipantResult",
    "ParticipantState",
    "SocialClass",
    "SocialClassTeacher",
    "SocialGroup",
    "SocialParticipant",
    "SocialRegistration",
    "WorkloadAccount",
    "WorkloadRatio",
    "WorkloadRecord",
    "WorkloadState",
]
