"""Periodic reports."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.reports.routes import feed, reports, types

router = AreaRouter()
router.gather(types.router, reports.router, feed.router)
