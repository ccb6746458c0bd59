"""Settlements, forecasts of the guarantee, reconciliations, and reports on fees."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.settlements.routes import cost_reports, forecasts, reconciliations, reports, settlements

router = AreaRouter()
router.gather(cost_reports.router, forecasts.router, reconciliations.router, reports.router, settlements.router)
