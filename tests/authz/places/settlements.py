"""The bodies of settlements, graduation days and budgets."""

from tests.authz.places.place import Place
from x_pilot_api.settlements.schemas.forecasts import GraduationDayIn
from x_pilot_api.settlements.schemas.reports import FeeBudgetIn
from x_pilot_api.settlements.schemas.settlements import (
    SettlementAgreementIn,
    SettlementDisputeIn,
    SettlementPaymentIn,
)

PLACES = (
    Place("agree_settlement", "registrar", SettlementAgreementIn, "settlements"),
    Place("dispute_settlement", "registrar", SettlementDisputeIn, "settlements"),
    Place("settle_settlement", "registrar", SettlementPaymentIn, "settlements"),
    Place("load_graduation_day", "registrar", GraduationDayIn, "graduation_days"),
    Place("load_fee_budget", "registrar", FeeBudgetIn, "fee_budgets"),
)
