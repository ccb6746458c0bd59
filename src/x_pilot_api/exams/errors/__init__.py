"""Refusals about exams."""

from x_pilot_api.exams.errors.plans import CertificateNotAdmitted, LevelsUnclear, PlanCodeTaken, SchemeMissing
from x_pilot_api.exams.errors.registrations import (
    OfferExpired,
    PlanNotOpen,
    RegistrationClosed,
    RegistrationsRefused,
    RegistrationStillOpen,
    RegistrationsTooMany,
    SeatsGone,
)
from x_pilot_api.exams.errors.results import BatchRefused, BatchTooLarge, ExamNotHeld

__all__ = [
    "BatchRefused",
    "BatchTooLarge",
    "CertificateNotAdmitted",
    "ExamNotHeld",
    "LevelsUnclear",
    "OfferExpired",
    "PlanCodeTaken",
    "PlanNotOpen",
    "RegistrationClosed",
    "RegistrationStillOpen",
    "RegistrationsRefused",
    "RegistrationsTooMany",
    "SchemeMissing",
    "SeatsGone",
]
