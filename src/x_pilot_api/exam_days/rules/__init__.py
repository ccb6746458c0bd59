"""What is decided of the exam day without asking the database."""

from x_pilot_api.exam_days.rules.incidents import INCIDENT
from x_pilot_api.exam_days.rules.seating import SEATING

__all__ = ["INCIDENT", "SEATING"]
