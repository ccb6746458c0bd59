"""The words of analytics; what they count stands in the tables of other areas."""

from enum import StrEnum


class Figure(StrEnum):
    """What is counted; credits are summed."""

    CANDIDATES = "candidates"
    ATTENDED = "attended"
    JUDGED = "judged"
    PASSED = "passed"
    STUDENT_CANDIDATES = "student_candidates"
    CERTIFICATES = "certificates"
    STUDENTS = "students"
    ACCOUNTS = "accounts"
    CREDITS_RECOGNISED = "credits_recognised"
    CREDITS_PENDING = "credits_pending"
    CREDITS_CONVERTED = "credits_converted"
    CONVERSIONS = "conversions"
    GUARANTEES = "guarantees"
    GUARANTEES_USED = "guarantees_used"


class AnalyticsBy(StrEnum):
    """What figures are told by."""

    COLLEGE = "college"
    PROGRAMME = "programme"
    CERTIFICATE = "certificate"
    LEVEL = "level"
    ORGANISATION = "organisation"
    YEAR = "year"
    MONTH = "month"
