"""A student's own space: one call a screen, one feed for a device, and the deeds on what is one's own."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.student_space.routes import asking, registering, screens, sharing

router = AreaRouter()
router.gather(screens.router, registering.router, asking.router, sharing.router)

__all__ = ["router"]
