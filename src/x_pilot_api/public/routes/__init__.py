"""What everybody may see: whether a certificate is genuine, and by which rules an institution converts."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.public.routes import catalogue, mappings, publications, results, shares, verification
from x_pilot_api.public.routes.pages import router as pages

router = AreaRouter()
router.gather(
    catalogue.router, mappings.router, publications.router, results.router, verification.router, shares.router
)

__all__ = ["pages", "router"]
