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

__all__ = [
    "AccountNotSettled",
    "CatchUpChanged",
    "CohortEmpty",
    "ConversionPolicyInPast",
    "ConversionsRefused",
    "NothingToSimulate",
    "SimulatedRuleChanged",
    "SimulationNotFinished",
    "SimulationTooLarge",
    "StudentsUnknown",
]
