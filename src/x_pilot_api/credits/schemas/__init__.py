"""What is asked and told of credits."""

from x_pilot_api.credits.schemas.accounts import AccountsOpenedOut, CohortIn, CreditAccountOut, EntryOut, OutcomeOut
from x_pilot_api.credits.schemas.explanations import (
    ExplainedCourseOut,
    ExplainedInputsOut,
    ExplainedLimitOut,
    ExplainedRuleOut,
    ExplanationOut,
    NextStepOut,
    StepOut,
)
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
    "ExplainedCourseOut",
    "ExplainedInputsOut",
    "ExplainedLimitOut",
    "ExplainedRuleOut",
    "ExplanationOut",
    "FiguresOut",
    "LimitCutOut",
    "NextStepOut",
    "OutcomeOut",
    "ReasonCountOut",
    "SimulatedCourseOut",
    "SimulationIn",
    "SimulationOut",
    "SimulationRowOut",
    "SimulationSummaryOut",
    "StepOut",
]
