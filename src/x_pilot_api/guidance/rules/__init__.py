"""What may be done in guidance, when it is late, and whether an answer fits its question."""

from x_pilot_api.guidance.rules.consultations import CONSULTATION, FOLLOW_UP
from x_pilot_api.guidance.rules.parties import DEMAND
from x_pilot_api.guidance.rules.problems import PROBLEM
from x_pilot_api.guidance.rules.surveys import SURVEY

__all__ = ["CONSULTATION", "DEMAND", "FOLLOW_UP", "PROBLEM", "SURVEY"]
