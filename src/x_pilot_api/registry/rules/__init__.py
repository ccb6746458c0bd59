"""What is decided of the register without asking it."""

from x_pilot_api.registry.rules.tallied import STUDENTS
from x_pilot_api.registry.rules.workflows import STUDENT, TRAINING_PLAN

__all__ = ["STUDENT", "STUDENTS", "TRAINING_PLAN"]
