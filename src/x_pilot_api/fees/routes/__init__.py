"""Cost ceilings, cost sheets, and the fee standards under the ceilings."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.fees.routes import ceilings, cost_limits, cost_sheets, standards

router = AreaRouter()
router.gather(ceilings.router, cost_sheets.router, cost_limits.router, standards.router)

__all__ = ["router"]
