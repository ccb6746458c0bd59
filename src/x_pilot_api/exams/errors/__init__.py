"""Refusals about exams."""

from x_pilot_api.exams.errors.plans import (
    CertificateNotAdmitted,
    LevelsUnclear,
    PlanCodeTaken,
    PlanDatesUnordered,
    PlanDayNotLater,
    PlanHasResults,
    PlanNotRunning,
    SchemeMissing,
    TaskNotTicked,
)
from x_pilot_api.exams.errors.registrations import RegistrationClosed, RegistrationsRefused
from x_pilot_api.exams.errors.results import BatchRefused, BatchTooLarge, ExamNotHeld
from x_pilot_api.exams.errors.sittings import (
    ExaminerTaken,
    LevelNotInPlan,
    RoomTaken,
    RoomUnfit,
    SeatsTaken,
    SiteFull,
    SiteNotApproved,
    SittingCodeTaken,
    SittingTimeUnfit,
)

__all__ = [
    "BatchRefused",
    "BatchTooLarge",
    "CertificateNotAdmitted",
    "ExamNotHeld",
    "ExaminerTaken",
    "LevelNotInPlan",
    "LevelsUnclear",
    "PlanCodeTaken",
    "PlanDatesUnordered",
    "PlanDayNotLater",
    "PlanHasResults",
    "PlanNotRunning",
    "RegistrationClosed",
    "RegistrationsRefused",
    "RoomTaken",
    "RoomUnfit",
    "SchemeMissing",
    "SeatsTaken",
    "SiteFull",
    "SiteNotApproved",
    "SittingCodeTaken",
    "SittingTimeUnfit",
    "TaskNotTicked",
]
