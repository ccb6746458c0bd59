"""Refusals about exams."""

from x_pilot_api.exams.errors.notices import (
    NoticeWindowMissing,
    ObjectionOpen,
    ObjectionsNotOpen,
    ResultNoticeExists,
    ResultsAlreadyShown,
)
from x_pilot_api.exams.errors.plans import CertificateNotAdmitted, LevelsUnclear, PlanCodeTaken, SchemeMissing
from x_pilot_api.exams.errors.registrations import RegistrationClosed, RegistrationsRefused
from x_pilot_api.exams.errors.results import BatchRefused, BatchTooLarge, ExamNotHeld, ResultRefused
from x_pilot_api.exams.errors.reviews import OtherPersonNeeded, QuarantineOver, ReviewOpen

__all__ = [
    "BatchRefused",
    "BatchTooLarge",
    "CertificateNotAdmitted",
    "ExamNotHeld",
    "LevelsUnclear",
    "NoticeWindowMissing",
    "ObjectionOpen",
    "ObjectionsNotOpen",
    "OtherPersonNeeded",
    "PlanCodeTaken",
    "QuarantineOver",
    "RegistrationClosed",
    "RegistrationsRefused",
    "ResultNoticeExists",
    "ResultRefused",
    "ResultsAlreadyShown",
    "ReviewOpen",
    "SchemeMissing",
]
