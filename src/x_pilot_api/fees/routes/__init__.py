"""Cost ceilings, cost sheets, and the fee standards under the ceilings."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.fees.routes import ceilings, cost_limits, cost_sheets, standards

router = AreaRouter(tags=["fees"])
for part in (ceilings, cost_sheets, cost_limits, standards):
    router.include_router(part.router)

__all__ = ["router"]
