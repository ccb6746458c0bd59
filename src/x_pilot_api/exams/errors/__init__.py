"""Refusals about exams."""

from x_pilot_api.exams.errors.plans import CertificateNotAdmitted, LevelsUnclear, PlanCodeTaken, SchemeMissing
from x_pilot_api.exams.errors.registrations import RegistrationClosed, RegistrationsRefused
from x_pilot_api.exams.errors.results import BatchRefused, BatchTooLarge, ExamNotHeld

__all__ = [
    "BatchRefused",
    "BatchTooLarge",
    "CertificateNotAdmitted",
    "ExamNotHeld",
    "LevelsUnclear",
    "PlanCodeTaken",
    "RegistrationClosed",
    "RegistrationsRefused",
    "SchemeMissing",
]
