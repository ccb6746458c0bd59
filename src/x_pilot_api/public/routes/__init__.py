"""What everybody may see: whether a certificate is genuine, and by which rules an institution converts."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.public.routes import catalogue, mappings, publications, results, shares, verification
from x_pilot_api.public.routes.pages import router as pages

router = AreaRouter(tags=["public"])
for part in (catalogue, mappings, publications, results, verification, shares):
    router.include_router(part.router)

__all__ = ["pages", "router"]
