"""What figures count, and how; they are computed from the tables of the areas below and keep none of their own."""

from enum import StrEnum


class FigureUnit(StrEnum):
    """What a figure counts; credits are hundredths."""

    STUDENTS = "students"
    REGISTRATIONS = "registrations"
    CERTIFICATES = "certificates"
    AWARDS = "awards"
    MAPPINGS = "mappings"
    FEEDBACK = "feedback"
    ATTEMPTS = "attempts"
    CREDIT_HUNDREDTHS = "credit_hundredths"


class FigureSide(StrEnum):
    """Above or below the line."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class FigureSpan(StrEnum):
    """Whether a figure counts what happened in a period, or what stood at the instant."""

    PERIOD = "period"
    STANDING = "standing"
