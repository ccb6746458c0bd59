"""Conversion rules between certificates and courses, their notices, and the limits of policy they live under."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.mappings.routes import findings, limits, mapping, notices

router = AreaRouter()
router.gather(mapping.router, notices.router, limits.router, findings.router)

__all__ = ["router"]
