"""Tables of credit accounts, learning outcomes, simulations and conversions."""

from x_pilot_api.credits.models.accounts import (
    AccountState,
    ClosingStatement,
    CourseRefusal,
    CreditAccount,
    LearningOutcome,
    NextStep,
    OutcomeReason,
    OutcomeState,
    Simulation,
    SimulationCourse,
    SimulationRow,
)
from x_pilot_api.credits.models.conversions import (
    ChainStep,
    ComponentOffset,
    Conversion,
    ConversionCourse,
    ConversionDecision,
    ConversionPolicy,
    ConversionState,
    OnLoss,
)

__all__ = [
    "AccountState",
    "ChainStep",
    "ClosingStatement",
    "ComponentOffset",
    "Conversion",
    "ConversionCourse",
    "ConversionDecision",
    "ConversionPolicy",
    "ConversionState",
    "CourseRefusal",
    "CreditAccount",
    "LearningOutcome",
    "NextStep",
    "OnLoss",
    "OutcomeReason",
    "OutcomeState",
    "Simulation",
    "SimulationCourse",
    "SimulationRow",
]
