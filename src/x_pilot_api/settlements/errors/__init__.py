"""Refusals about settlements, reconciliations, forecasts and reports, each with the figures it rests on."""

from x_pilot_api.settlements.errors.reports import (
    EntryYearAfterGraduation,
    NoForecast,
    ReconciliationTooLong,
    ReportTooLong,
)
from x_pilot_api.settlements.errors.settlements import (
    NotASettlingParty,
    NothingLocked,
    NothingToAdjust,
    PaidInFuture,
    SameSettler,
    SettlementChanged,
    SettlementOpen,
)

__all__ = [
    "EntryYearAfterGraduation",
    "NoForecast",
    "NotASettlingParty",
    "NothingLocked",
    "NothingToAdjust",
    "PaidInFuture",
    "ReconciliationTooLong",
    "ReportTooLong",
    "SameSettler",
    "SettlementChanged",
    "SettlementOpen",
]
