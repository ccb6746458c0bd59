"""Settlements, forecasts of the guarantee, reconciliations, and reports on fees."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.settlements.routes import cost_reports, forecasts, reconciliations, reports, settlements

router = AreaRouter(tags=["settlements"])
router.include_router(cost_reports.router)
router.include_router(forecasts.router)
router.include_router(reconciliations.router)
router.include_router(reports.router)
router.include_router(settlements.router)
