"""The refusals of conversion rules and of the limits of policy."""

from x_pilot_api.mappings.errors.limits import (
    CategoryNotAllowed,
    CourseAlreadyConverted,
    CourseAlreadyPassed,
    CourseReplacedTwice,
    GraduationCreditUnknown,
    LimitExceeded,
    LimitInEffect,
    LimitOverlaps,
    LimitStartsInPast,
)
from x_pilot_api.mappings.errors.mapping import (
    ContentChanged,
    CourseCreditExceeded,
    CoursesUnknown,
    FiledInFuture,
    MappingCertificateExited,
    NotAParty,
    RuleAlreadyInForce,
    RuleInForce,
    SecondPersonNeeded,
)

__all__ = [
    "CategoryNotAllowed",
    "ContentChanged",
    "CourseAlreadyConverted",
    "CourseAlreadyPassed",
    "CourseCreditExceeded",
    "CourseReplacedTwice",
    "CoursesUnknown",
    "FiledInFuture",
    "GraduationCreditUnknown",
    "LimitExceeded",
    "LimitInEffect",
    "LimitOverlaps",
    "LimitStartsInPast",
    "MappingCertificateExited",
    "NotAParty",
    "RuleAlreadyInForce",
    "RuleInForce",
    "SecondPersonNeeded",
]
