"""Tables of settlements, of forecasts of the guarantee, and of what was loaded for them."""

from x_pilot_api.settlements.models.forecasts import (
    ForecastReason,
    GraduationDay,
    GuaranteeForecast,
    GuaranteeForecastRow,
    Outlook,
)
from x_pilot_api.settlements.models.reconciliations import Difference, DifferenceKind, Reconciliation
from x_pilot_api.settlements.models.reports import FeeBudget
from x_pilot_api.settlements.models.settlements import (
    Presence,
    Settlement,
    SettlementRow,
    SettlementState,
)

__all__ = [
    "Difference",
    "DifferenceKind",
    "FeeBudget",
    "ForecastReason",
    "GraduationDay",
    "GuaranteeForecast",
    "GuaranteeForecastRow",
    "Outlook",
    "Presence",
    "Reconciliation",
    "Settlement",
    "SettlementRow",
    "SettlementState",
]
