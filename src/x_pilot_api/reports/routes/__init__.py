"""Periodic reports."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.reports.routes import feed, reports, types

router = AreaRouter(tags=["reports"])
router.include_router(types.router)
router.include_router(reports.router)
router.include_router(feed.router)
