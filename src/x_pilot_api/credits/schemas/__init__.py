"""What is asked and told of credits."""

from x_pilot_api.credits.schemas.accounts import AccountsOpenedOut, CohortIn, CreditAccountOut, EntryOut, OutcomeOut
from x_pilot_api.credits.schemas.simulations import (
    Effect,
    FiguresOut,
    LimitCutOut,
    ReasonCountOut,
    SimulatedCourseOut,
    SimulationIn,
    SimulationOut,
    SimulationRowOut,
    SimulationSummaryOut,
)

__all__ = [
    "AccountsOpenedOut",
    "CohortIn",
    "CreditAccountOut",
    "Effect",
    "EntryOut",
    "FiguresOut",
    "LimitCutOut",
    "OutcomeOut",
    "ReasonCountOut",
    "SimulatedCourseOut",
    "SimulationIn",
    "SimulationOut",
    "SimulationRowOut",
    "SimulationSummaryOut",
]
