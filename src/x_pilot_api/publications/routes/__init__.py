"""The library of policies, typical cases, and bulletins."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.publications.routes import bulletins, cases, drafts, policies

router = AreaRouter()
router.gather(policies.router, cases.router, bulletins.router, drafts.router)

__all__ = ["router"]
