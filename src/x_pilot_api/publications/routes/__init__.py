"""The library of policies, typical cases, and bulletins."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.publications.routes import bulletins, cases, drafts, policies

router = AreaRouter(tags=["publications"])
for part in (policies, cases, bulletins, drafts):
    router.include_router(part.router)

__all__ = ["router"]
