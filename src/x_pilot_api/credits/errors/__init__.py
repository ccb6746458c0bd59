"""Refusals about credit accounts, simulations and conversions."""

from x_pilot_api.credits.errors.accounts import (
    AccountNotSettled,
    CatchUpChanged,
    CohortEmpty,
    NothingToSimulate,
    SimulatedRuleChanged,
    SimulationNotFinished,
    SimulationTooLarge,
    StudentsUnknown,
)
from x_pilot_api.credits.errors.conversions import ConversionPolicyInPast, ConversionsRefused
from x_pilot_api.credits.errors.outcomes import NoRecognitionPolicy, OutcomesRefused, PolicyCoursesUnknown, PolicyInPast

__all__ = [
    "AccountNotSettled",
    "CatchUpChanged",
    "CohortEmpty",
    "ConversionPolicyInPast",
    "ConversionsRefused",
    "NoRecognitionPolicy",
    "NothingToSimulate",
    "OutcomesRefused",
    "PolicyCoursesUnknown",
    "PolicyInPast",
    "SimulatedRuleChanged",
    "SimulationNotFinished",
    "SimulationTooLarge",
    "StudentsUnknown",
]
